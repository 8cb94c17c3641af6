import { expect, it } from 'vitest';
import type { Reference } from '../../../src/code/reference.ts';
import type { Finding } from '../../../src/hints/finding.ts';
import type { WorkspaceFile } from '../../../src/ui/workspace/workspaceNodes.ts';
import { childrenOf, type WorkspaceKnowledge, workspaceRows } from '../../../src/ui/workspace/workspaceRows.ts';
import { anImage } from '../../core/anImage.ts';
import { idReference, lookupReference, parameterReference } from '../../hints/references.ts';

const [web, db, gone] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728', 'ami-0c1d2e3f405162738'];
const region = 'us-east-1';

function file(path: string, ...references: readonly Reference[]): WorkspaceFile {
  const start = { line: 0, character: 0 };
  return {
    uri: `file:///w/${path}`,
    file: `/w/${path}`,
    path,
    references: references.map((reference) => ({ reference, start, end: start, line: '' })),
  };
}

const images = new Map([
  [web, anImage({ id: web, name: 'web', region, state: 'available' })],
  [db, anImage({ id: db, name: 'db', region, state: 'disabled' })],
]);

/** EC2 has the first two in us-east-1, and not the third. */
const knowledge: WorkspaceKnowledge = {
  resolved: (reference) => ({
    reference,
    images: [{ region, image: images.get(reference.value), error: undefined }],
    elsewhere: [],
    was: undefined,
  }),
  findings: (reference): readonly Finding[] =>
    reference.value === gone
      ? [
          {
            rule: 'not-found',
            regions: [region],
            elsewhere: [],
            reference,
            span: reference.span,
            severity: 'error',
            fixes: [],
          },
        ]
      : [],
};

it('has a row for each image, those with problems first, and the places of each', () => {
  const rows = workspaceRows(
    [
      file(
        'a.tf',
        idReference(web, [region]),
        idReference(db),
        idReference('ami-12345678', [], { isPlaceholder: true }),
      ),
      file('b.tf', idReference(web), idReference(gone, ['eu-west-1'])),
    ],
    knowledge,
  );
  expect(rows.map((row) => (row.kind === 'image' ? row.image : row.group))).toEqual([
    { id: gone, region: 'eu-west-1', state: undefined },
    { id: db, region, state: 'disabled' },
    { id: web, region, state: 'available' },
  ]);
  expect(rows.map((row) => childrenOf(row).map(({ place }) => place.file.path))).toEqual([
    ['b.tf'],
    ['a.tf'],
    ['a.tf', 'b.tf'],
  ]);
});

it('has lookups and parameters in groups of their own', () => {
  const rows = workspaceRows(
    [file('a.tf', lookupReference([]), parameterReference('/aws/service/x'), lookupReference([]))],
    knowledge,
  );
  expect(rows.map((row) => [row.id, row.places.length])).toEqual([
    ['lookup', 2],
    ['parameter', 1],
  ]);
  expect(new Set(rows.flatMap((row) => childrenOf(row).map(({ id }) => id))).size).toBe(3);
});
