import { expect, it } from 'vitest';
import type { Reference } from '../../../src/code/reference.ts';
import type { Finding } from '../../../src/hints/finding.ts';
import { placesIn, type WorkspaceFile } from '../../../src/ui/workspace/workspacePlaces.ts';
import {
  placeNodesOf,
  problemsIn,
  type WorkspaceKnowledge,
  workspaceRows,
} from '../../../src/ui/workspace/workspaceRows.ts';
import { anImage } from '../../core/anImage.ts';
import { idReference, lookupReference, parameterReference } from '../../hints/references.ts';

const [web, db, gone] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728', 'ami-0c1d2e3f405162738'];
const region = 'us-east-1';

function file(path: string, ...references: readonly Reference[]): WorkspaceFile {
  const start = { line: 0, character: 0 };
  return {
    uri: `file:///w/${path}`,
    file: `/w/${path}`,
    realPath: `/w/${path}`,
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
    elsewhereErrors: [],
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

it('has a row for each image, those with problems first, and the places of each', async () => {
  const rows = workspaceRows(
    await placesIn([
      file(
        'a.tf',
        idReference(web, [region]),
        idReference(db),
        idReference('ami-12345678', [], { isPlaceholder: true }),
      ),
      file('b.tf', idReference(web), idReference(gone, ['eu-west-1'])),
    ]),
    knowledge,
  );
  expect(rows.map((row) => (row.kind === 'image' ? row.image : row.group))).toEqual([
    { id: gone, region: 'eu-west-1', state: undefined },
    { id: db, region, state: 'disabled' },
    { id: web, region, state: 'available' },
  ]);
  expect(rows.map((row) => placeNodesOf(row).map(({ place }) => place.file.path))).toEqual([
    ['b.tf'],
    ['a.tf'],
    ['a.tf', 'b.tf'],
  ]);
  expect(problemsIn(rows)).toBe(1);
});

it('has what is malformed before what EC2 can be asked for', async () => {
  const malformed = 'ami-0a1b2c3d4e5f6071';
  const places = await placesIn([file('a.tf', idReference(web), idReference(malformed, [], { isMalformed: true }))]);
  expect([...places.images.keys()]).toEqual([malformed, web]);
});

it('has lookups and parameters in groups of their own', async () => {
  const rows = workspaceRows(
    await placesIn([file('a.tf', lookupReference([]), parameterReference('/aws/service/x'), lookupReference([]))]),
    knowledge,
  );
  expect(rows.map((row) => [row.id, row.places.length])).toEqual([
    ['lookup', 2],
    ['parameter', 1],
  ]);
  expect(new Set(rows.flatMap((row) => placeNodesOf(row).map(({ id }) => id))).size).toBe(3);
});

it('has lookups with problems before images without any', async () => {
  const unsafe = lookupReference([]);
  const finding: Finding = {
    rule: 'unsafe-lookup',
    by: [],
    reference: unsafe,
    span: unsafe.span,
    severity: 'warning',
    fixes: [],
  };
  const rows = workspaceRows(
    await placesIn([file('a.tf', idReference(web), idReference(gone), unsafe, parameterReference('/aws/service/x'))]),
    { ...knowledge, findings: (each) => (each === unsafe ? [finding] : knowledge.findings(each)) },
  );
  expect(rows.map(({ id }) => id)).toEqual([gone, 'lookup', web, 'parameter']);
  expect(problemsIn(rows)).toBe(2);
});

it('calls images by the last part of their names where the publisher is known, by all of it where not, in that order', async () => {
  const amazon = { ownerId: '137112412989', ownerAlias: 'amazon' };
  const named = [
    ['ubuntu/images/hvm-ssd/ubuntu-noble-24.04', {}],
    ['x/al2023-ami-2023.9', { ownerId: '341275689012' }],
    ['al2023-ami-2023.8', amazon],
    ['aws/z/amzn2-ami-2.0', amazon],
    ['seller/al2023-ami', { ownerId: '679593333241', ownerAlias: 'aws-marketplace' }],
    ['amazon/', amazon],
    ['', {}],
  ] as const;
  const byId = new Map(
    named.map(([name, owner], index) => {
      const id = `ami-0a1b2c3d4e5f6000${index}`;
      return [id, anImage({ id, name, region, ...owner })];
    }),
  );
  const references = [...byId.keys()].map((id) => idReference(id, [region]));
  const rows = workspaceRows(await placesIn([file('a.tf', ...references)]), {
    resolved: (reference) => ({
      reference,
      images: [{ region, image: byId.get(reference.value), error: undefined }],
      elsewhere: [],
      elsewhereErrors: [],
      was: undefined,
    }),
    findings: () => [],
  });
  expect(rows.map((row) => (row.kind === 'image' ? row.name : ''))).toEqual([
    'al2023-ami-2023.8',
    'amazon/',
    'ami-0a1b2c3d4e5f60006',
    'amzn2-ami-2.0',
    'seller/al2023-ami',
    'ubuntu-noble-24.04',
    'x/al2023-ami-2023.9',
  ]);
});
