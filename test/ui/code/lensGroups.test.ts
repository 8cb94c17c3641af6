import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/hints/finding.ts';
import { lensGroups } from '../../../src/ui/code/findings/lensGroups.ts';
import { anImage } from '../../core/anImage.ts';
import { idReference } from '../../hints/references.ts';

type Kind = 'not-found' | 'newer-image' | 'wrong-architecture' | 'information';

/** One line each. */
function finding(kind: Kind, line: number, reference = idReference('ami-0123456789abcdef1')): Finding {
  const base = { reference, span: { start: line, end: line }, severity: 'warning', fixes: [] } as const;
  const image = anImage();
  switch (kind) {
    case 'not-found':
      return { ...base, rule: kind, regions: ['us-east-1'], elsewhere: [] };
    case 'information':
      return { ...base, rule: 'not-found', regions: ['us-east-1'], elsewhere: [], severity: 'information' };
    case 'newer-image':
      return { ...base, rule: kind, image, newer: image, severity: 'information' };
    case 'wrong-architecture':
      return { ...base, rule: kind, image, instanceType: 't4g.micro' };
  }
}

const sizes = (findings: readonly Finding[]) =>
  lensGroups(findings, ({ span }) => span.start).map(({ length }) => length);
const each = (kind: Kind, ...lines: readonly number[]) => lines.map((line) => finding(kind, line));

describe('lines above the code', () => {
  it.each<[string, readonly Finding[], readonly number[]]>([
    ['a few stand each above its own', each('not-found', 1, 2, 3, 4), [1, 1, 1, 1]],
    ['many close to each other have one', each('not-found', 1, 3, 7, 11, 12), [5]],
    ['of any rule', [...each('not-found', 1, 2, 3), ...each('newer-image', 4, 5)], [5]],
    ['those far from each other do not', each('not-found', 1, 6, 11, 16, 21), [1, 1, 1, 1, 1]],
    ['two maps have one each', each('not-found', 1, 2, 3, 4, 5, 20, 21, 22, 23, 24), [5, 5]],
    [
      'what is special has its own',
      [...each('not-found', 1, 2, 3, 4, 5), finding('wrong-architecture', 6), ...each('not-found', 7, 8)],
      [5, 1, 1, 1],
    ],
    ['information alone has none', each('information', 1, 2, 3, 4, 5), []],
  ])('%s', (_, findings, expected) => {
    expect(sizes(findings)).toEqual(expected);
  });

  it('have the first finding of a reference alone', () => {
    const reference = idReference('ami-0123456789abcdef1');
    expect(sizes([finding('wrong-architecture', 1, reference), finding('newer-image', 1, reference)])).toEqual([1]);
  });
});
