import { findImageIds } from './imageIds.ts';
import type { TextSpan } from './textSpan.ts';

/** Where an id stood in an earlier text. */
export interface EarlierPlace {
  /** In lower case. */
  readonly id: string;
  readonly span: TextSpan;
  /** The how-manieth place of this id it was, from 0, of how many. */
  readonly index: number;
  readonly count: number;
}

/**
 * Where ids of one text stand now, in their order: at the same place among as many of the same id, else right there. Undefined
 * where one was changed, or cannot be told from others of its kind.
 */
export function placesAgain(text: string, places: readonly EarlierPlace[]): readonly (TextSpan | undefined)[] {
  const spans = new Map<string, TextSpan[]>();
  for (const { value, span } of findImageIds(text)) {
    const ofId = spans.get(value) ?? [];
    ofId.push(span);
    spans.set(value, ofId);
  }
  return places.map(({ id, span, index, count }) => {
    const ofId = spans.get(id) ?? [];
    return ofId.length === count ? ofId[index] : ofId.find(({ start }) => start === span.start);
  });
}
