import type { EmbeddedText, Reading, RegionClue, StatedClue } from './reading.ts';
import { shifted, type TextSpan } from './textSpan.ts';

/**
 * What was read of a part of a text, as of the whole text.
 *
 * @param start where the part begins
 * @param outerClues of what stands around it, behind those of the part
 */
export function movedReading<R extends Omit<Reading, 'embedded'> & { readonly embedded?: readonly EmbeddedText[] }>(
  reading: R,
  start: number,
  outerClues: readonly RegionClue[],
): R {
  if (start === 0 && outerClues.length === 0) return reading;
  const stated = (inner: StatedClue): StatedClue => ({ ...inner, span: shifted(inner.span, start) });
  const clue = (inner: RegionClue): RegionClue => {
    if (inner.kind === 'stated') return stated(inner);
    return inner.kind === 'named' && inner.preset?.kind === 'stated'
      ? { ...inner, preset: stated(inner.preset) }
      : inner;
  };
  const clues = (inner: readonly RegionClue[]) => {
    const moved = start > 0 && inner.some(({ kind }) => kind !== 'untold') ? inner.map(clue) : inner;
    return outerClues.length === 0 ? moved : [...moved, ...outerClues];
  };
  const literal = <T extends { readonly span: TextSpan }>(part: T): T => ({ ...part, span: shifted(part.span, start) });
  return {
    ...reading,
    ids: reading.ids.map((id) => ({
      found: literal(id.found),
      clues: clues(id.clues),
      instanceType: id.instanceType && literal(id.instanceType),
    })),
    lookups: reading.lookups.map((lookup) => ({
      ...literal(lookup),
      whole: shifted(lookup.whole, start),
      filters: lookup.filters.map(literal),
      ownerInsertion: lookup.ownerInsertion && {
        ...lookup.ownerInsertion,
        offset: lookup.ownerInsertion.offset + start,
      },
      clues: clues(lookup.clues),
    })),
    parameters: reading.parameters.map((parameter) => ({
      ...literal(parameter),
      instanceType: parameter.instanceType && literal(parameter.instanceType),
      clues: clues(parameter.clues),
    })),
    statements: reading.statements.map(literal),
    ...(reading.embedded && {
      embedded: reading.embedded.map((embedded) => ({ ...literal(embedded), clues: clues(embedded.clues) })),
    }),
  };
}
