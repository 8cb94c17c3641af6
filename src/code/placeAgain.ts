import { findImageIds } from './imageIds.ts';
import type { TextSpan } from './textSpan.ts';

/** Where an id stood in an earlier text. */
export interface IdPlace {
  /** In lower case. */
  readonly id: string;
  readonly span: TextSpan;
  /** The how-manieth place of this id it was, from 0, of how many. */
  readonly index: number;
  readonly count: number;
}

/**
 * Where the id stands now: at the same place among as many of the same id, else right there. Undefined where it was changed,
 * or cannot be told from others of its kind.
 */
export function placeAgain(text: string, { id, span, index, count }: IdPlace): TextSpan | undefined {
  const places = findImageIds(text).filter(({ value }) => value === id);
  const place = places.length === count ? places[index] : places.find((each) => each.span.start === span.start);
  return place?.span;
}
