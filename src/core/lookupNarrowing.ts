import { familyOf } from './family.ts';
import type { ImageSummary } from './image.ts';
import { newestAmong } from './imageAge.ts';
import { nameExpressionOf, nameShapeOf } from './namePattern.ts';
import type { Narrowing } from './snippets/input.ts';
import { matchesEach, wildcardTest } from './wildcard.ts';

/** Limits for values that are enumerated: digits of a build number, and values of one filter. */
const maxNumberLength = 4;
const maxValues = 12;

/** Limits for comparing names, newest first, since the editor waits for it: images, and builds of the family. */
const maxFound = 2_000;
const maxMembers = 100;

/**
 * What excludes the owner's other images from a lookup by name patterns; undefined where the patterns find none of
 * them.
 *
 * @param known images of the owner
 */
export function narrowingOf(
  image: ImageSummary,
  patterns: readonly string[],
  known: readonly ImageSummary[],
): Narrowing | undefined {
  const { key } = familyOf(image);
  const tests = patterns.map(wildcardTest);
  const matching = known.filter(({ name }) => tests.some((matches) => matches(name)));
  const members = new Set([image.name]);
  const others = new Set<string>();
  for (const found of newestAmong(matching, maxFound)) {
    if (familyOf(found).key !== key) others.add(found.name);
    else if (members.size < maxMembers) members.add(found.name);
  }
  const [example] = others;
  if (example === undefined) return undefined;
  return {
    example,
    expression: expressionFor(image, [...members], [...others]),
    values: valuesFor(image, [...members], [...others]),
  };
}

/** Forms of builds: numbers, dates and versions, after `v` or a short prefix, and commits. */
const anyBuild = '(?:v|rc|beta|build|[a-f]+)?[0-9][0-9A-Za-z]*(?:[-_. :](?:v|rc|beta|build|[a-f]+)?[0-9][0-9A-Za-z]*)*';

function expressionFor(image: ImageSummary, members: readonly string[], others: readonly string[]): string | undefined {
  const exact = nameExpressionOf(image.name, image);
  const loose = nameExpressionOf(image.name, image, anyBuild);
  return [exact, loose].find((expression) => {
    const matches = new RegExp(expression, 'u');
    return members.every((name) => matches.test(name)) && !others.some((name) => matches.test(name));
  });
}

/**
 * Values of the filter `name` that find every known build, later builds of the same form, and none of the others. EC2's
 * documentation says both that `?` stands for one character and that it may stand for none: each length gets a value,
 * and excluded names match by neither reading.
 */
function valuesFor(
  image: ImageSummary,
  members: readonly string[],
  others: readonly string[],
): readonly string[] | undefined {
  const candidates = [
    [...new Set(members.map((name) => nameShapeOf(name, image, false)))],
    lengthsOf(new Set(members.map((name) => nameShapeOf(name, image, true)))),
  ];
  return candidates.find(
    (values) =>
      values.length > 0 &&
      values.length <= maxValues &&
      members.every((name) => values.some((value) => matchesEach(value, name))) &&
      !values.map(wildcardTest).some((finds) => others.some(finds)),
  );
}

/** A value for each length that short numbers may have; none where that gives too many values. */
function lengthsOf(shapes: ReadonlySet<string>): readonly string[] {
  const values = new Set<string>();
  for (const shape of shapes) {
    const numbers = [...shape.matchAll(/(?<!\?)\?{1,4}(?!\?)/g)];
    const longest = Math.max(0, ...numbers.map(([number]) => number.length));
    const lengths = Math.min(maxNumberLength, Math.floor(maxValues ** (1 / Math.max(1, numbers.length))));
    if (longest > lengths) return [];
    for (const value of withLengths(shape, numbers, lengths)) values.add(value);
  }
  return [...values].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function withLengths(shape: string, numbers: readonly RegExpExecArray[], lengths: number): readonly string[] {
  const [number, ...rest] = numbers.toReversed();
  if (number === undefined) return [shape];
  const [before, after] = [shape.slice(0, number.index), shape.slice(number.index + number[0].length)];
  return withLengths(before, rest.toReversed(), lengths).flatMap((beginning) =>
    Array.from({ length: lengths }, (_, index) => beginning + '?'.repeat(index + 1) + after),
  );
}
