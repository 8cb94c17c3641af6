import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import { contains, shifted, type TextSpan } from '../textSpan.ts';
import { isRegionKey } from './keyClues.ts';
import { type FoundRegion, regionsIn } from './regionNames.ts';

/** How much of a text on either side of an id is looked at. */
const reach = 400;

/**
 * What the words around an id say: the ARN or URL that it is in, a region beside it as in `us-east-1: ami-…` and
 * `ami-… (us-east-1)`, and `region=us-east-1` or `--region us-east-1` among the same words.
 *
 * @param within the line, or the text that the id is a part of
 */
export function nearClues(text: string, within: TextSpan, id: TextSpan): readonly RegionClue[] {
  const regions = regionsNear(text, within, id);
  return [...besideIn(text, regions, { within, id }), ...underKey(text, regions)];
}

/** The ARN or URL that an id is in, and a region beside it. */
export function besideClues(text: string, within: TextSpan, id: TextSpan): readonly RegionClue[] {
  return besideIn(text, regionsNear(text, within, id), { within, id });
}

function besideIn(
  text: string,
  regions: readonly FoundRegion[],
  { within, id }: { readonly within: TextSpan; readonly id: TextSpan },
): readonly RegionClue[] {
  if (regions.length === 0) return [];
  const start = Math.max(within.start, id.start - reach);
  return [...inSameWord(text, regions, id), ...beside(text, { regions, start }, id)];
}

function regionsNear(text: string, within: TextSpan, id: TextSpan): readonly FoundRegion[] {
  const start = Math.max(within.start, id.start - reach);
  const words = text.slice(start, Math.min(within.end, id.end + reach));
  return regionsIn(words)
    .map((found) => ({ ...found, span: shifted(found.span, start) }))
    .filter(({ span }) => !isInName(text, span));
}

/** A part of a variable's name is a hint alone: `AMI_US_EAST_1`. */
function isInName(text: string, { start, end }: TextSpan): boolean {
  return /\w_$/.test(text.slice(Math.max(0, start - 2), start)) || /^_\w/.test(text.slice(end, end + 2));
}

/** `arn:aws:ec2:us-east-1::image/ami-…`, `https://…?region=us-east-1#…ami-…` */
function inSameWord(text: string, regions: readonly FoundRegion[], id: TextSpan): readonly RegionClue[] {
  const ends = /[\s"'`<>,;|()[\]]/;
  const word = { start: id.start, end: id.end };
  while (word.start > 0 && id.start - word.start < reach && !ends.test(text.charAt(word.start - 1))) word.start -= 1;
  while (word.end < text.length && word.end - id.end < reach && !ends.test(text.charAt(word.end))) word.end += 1;
  const found = regions.filter(({ span, isZone }) => contains(word, span) && !isZone);
  const [first] = found;
  if (!first || found.some(({ region }) => region !== first.region)) return [];
  return [stated(first, /:\/\/|^arn:/.test(text.slice(word.start, word.end)) ? 'url' : 'mapKey')];
}

const separator = /^["'`\])]{0,3}\s{0,20}(?:=>|->|[:=,;|/–—-]{0,2})\s{0,20}["'`[({]{0,3}$/;

/** The region right before the id, or, where ids stand first in their line, right behind it. */
function beside(
  text: string,
  { regions, start }: { regions: readonly FoundRegion[]; start: number },
  id: TextSpan,
): readonly RegionClue[] {
  const before = regions.findLast(({ span }) => span.end <= id.start);
  const after = regions.find(({ span }) => span.start >= id.end);
  const isBefore = before && !before.isZone && separator.test(text.slice(before.span.end, id.start));
  const isAfter = after && !after.isZone && separator.test(text.slice(id.end, after.span.start));
  // In a row of pairs, the first one tells on which side the regions stand.
  const isIdFirst = /ami-[0-9a-f]{8}/i.test(text.slice(start, regions[0]?.span.start));
  if (isBefore && isAfter && isIdFirst) return [stated(after, 'mapKey')];
  if (isBefore) return [stated(before, 'mapKey')];
  return isAfter ? [stated(after, 'mapKey')] : [];
}

/** `region=us-east-1`, `--region us-east-1`, `AWS_REGION: us-east-1` */
function underKey(text: string, regions: readonly FoundRegion[]): readonly RegionClue[] {
  const found = regions.filter(({ span, isZone }) => {
    const key = isZone ? undefined : keyBefore(text, span.start);
    return key !== undefined && isRegionKey(key.replace(/^-+/, ''));
  });
  const [first] = found;
  return first && found.every(({ region }) => region === first.region) ? [stated(first, 'option')] : [];
}

/** How far before a region its key begins. */
const keyReach = 60;

/** The last word before a region, behind which a sign or blanks stand. Thousands of rows are looked at. */
function keyBefore(text: string, start: number): string | undefined {
  const least = Math.max(0, start - keyReach);
  const isAt = (at: number, chars: RegExp) => at > least && chars.test(text.charAt(at - 1));
  let at = isAt(start, /["']/) ? start - 1 : start;
  const behindSign = at;
  while (isAt(at, /\s/)) at -= 1;
  if (isAt(at, />/) && text.charAt(at - 2) === '=') at -= 2;
  else if (isAt(at, /[=:]/)) at -= 1;
  else if (at === behindSign) return undefined;
  while (isAt(at, /\s/)) at -= 1;
  if (isAt(at, /["']/)) at -= 1;
  const end = at;
  while (isAt(at, /[\w-]/)) at -= 1;
  return at === end ? undefined : text.slice(at, end);
}

function stated({ region, span }: FoundRegion, from: RegionSource): RegionClue {
  return { kind: 'stated', regions: [region], from, span };
}
