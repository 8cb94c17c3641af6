import { oncePer } from '../oncePer.ts';
import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { onlyText, valuesIn } from '../tree/besideNodes.ts';
import { type CodeNode, countParts, lastNameOf } from '../tree/codeTree.ts';
import { onlyRegionIn, regionsIn } from './regionNames.ts';

/** The zones beside a reference, in the maps around it from the closest. */
export function zoneClues(around: readonly CodeNode[]): readonly RegionClue[] {
  return around.toReversed().flatMap(zonesIn);
}

const zonesIn = oncePer((node: CodeNode): readonly RegionClue[] => {
  const values = valuesIn(node).filter(({ key }) => isZoneKey(lastNameOf(key)));
  const zones = values.flatMap(({ value }) => {
    const texts = value.kind === 'list' ? value.items : [onlyText(value)];
    return texts.flatMap((text) =>
      text?.kind !== 'text' ? [] : regionsIn(text.value).map(({ region }) => ({ region, span: text.span })),
    );
  });
  const [first] = zones;
  return first && zones.every(({ region }) => region === first.region) ? [hint(first.region, 'zone', first.span)] : [];
}, countParts);

function isZoneKey(key: string): boolean {
  return /zones?(?:[-_]?(?:name|id))?s?$|^azs?$/i.test(key);
}

/** A region in a name: of a variable (`ami_us_west_2`), an output, a resource. */
export function nameClue(name: string, span: TextSpan): readonly RegionClue[] {
  const regions = new Set(regionsIn(name).map(({ region }) => region));
  const [region] = regions;
  return region !== undefined && regions.size === 1 ? [hint(region, 'name', span)] : [];
}

const comment = /(?:^|\s)(?:#|\/\/|\/\*|--|<!--|;)\s?.*$/;

/**
 * The region in the comment at the end of a reference's line. A comment with an id of its own speaks of that.
 *
 * @param reference in the text, on one line
 */
export function trailingCommentClues(text: string, reference: TextSpan): readonly RegionClue[] {
  const [line = ''] = text.slice(reference.end, reference.end + maxLine).split(/[\r\n]/, 1);
  const end = reference.end + line.length;
  const found = comment.exec(line);
  if (!found || /ami-[0-9a-f]{8}/i.test(found[0])) return [];
  const region = onlyRegionIn(found[0]);
  return region === undefined ? [] : [hint(region, 'comment', { start: reference.end + found.index, end })];
}

const maxLine = 1_000;

/** How many lines above a reference a comment speaks of it. */
const linesAbove = 4;
const commentLine = /^\s*(?:#|\/\/|\/\*|\*|--|<!--|;)/;

/**
 * The region in the comment above a reference. A comment with an id speaks of that.
 *
 * @param isInComment whether the reference itself is in a comment, whose lines may have no signs of their own
 */
export function commentAboveClues(text: string, reference: TextSpan, isInComment: boolean): readonly RegionClue[] {
  let end = lineBreakBefore(text, reference.start);
  for (let count = 0; count < linesAbove && end > 0; count += 1) {
    const start = lineBreakBefore(text, end - 1) + 1;
    if (end - start >= maxLine) return [];
    const line = text.slice(start, end);
    const isComment = isInComment ? line.trim() === '' || !/[{}]\s*$/.test(line) : commentLine.test(line);
    if (!isComment || /ami-[0-9a-f]{8}/i.test(line)) return [];
    const region = onlyRegionIn(line);
    if (region !== undefined) return [hint(region, 'comment', { start, end })];
    end = start - 1;
  }
  return [];
}

/** No farther than a line of which comments are read; -1 without one. */
function lineBreakBefore(text: string, offset: number): number {
  const from = Math.max(0, offset - maxLine);
  const found = text.slice(from, offset + 1).lastIndexOf('\n');
  return found === -1 ? -1 : from + found;
}

function hint(region: string, from: RegionSource, span: TextSpan): RegionClue {
  return { kind: 'stated', regions: [region], from, span, isHint: true };
}
