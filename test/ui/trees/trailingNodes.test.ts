import { expect, it } from 'vitest';
import { type ListProgress, type ShownRows, trailingNodes } from '../../../src/ui/trees/trailingNodes.ts';

const parent = { id: 'us-east-1/owned' };
const error = new Error('It broke.');
const whole: ListProgress = { complete: true, loading: false, error: undefined };
const some: ShownRows = { nodes: ['row'] };
const none: ShownRows = { nodes: [] };

it.each<[string, ListProgress, ShownRows, readonly object[]]>([
  ['nothing below a whole list', whole, some, []],
  ['that there is nothing', whole, none, [{ kind: 'note', note: 'empty' }]],
  ['that nothing matches', whole, { ...none, because: 'filtered' }, [{ kind: 'note', note: 'filtered' }]],
  ['how many are not shown', whole, { ...some, hidden: 3 }, [{ kind: 'more', hidden: 3 }]],
  ['that EC2 has more', { ...whole, complete: false }, some, [{ kind: 'more', hidden: undefined }]],
  ['that EC2 may have what matches', { ...whole, complete: false }, none, [{ kind: 'more', hidden: undefined }]],
  ['one way to more', { ...whole, complete: false }, { ...some, hidden: 3 }, [{ kind: 'more', hidden: 3 }]],
  ['what is coming', { ...whole, complete: false, loading: true }, some, [{ kind: 'note', note: 'loading' }]],
  ['what failed', { ...whole, complete: false, error }, none, [{ kind: 'error', error }]],
  [
    'what failed, and what is there all the same',
    { ...whole, complete: false, error },
    { ...some, hidden: 3 },
    [
      { kind: 'more', hidden: 3 },
      { kind: 'error', error },
    ],
  ],
])('says %s', (_, progress, rows, expected) => {
  const nodes = trailingNodes(parent, progress, rows);
  expect(nodes).toMatchObject(expected);
  expect(nodes).toHaveLength(expected.length);
  expect(nodes.every((node) => node.parent === parent && node.id.startsWith(`${parent.id}/`))).toBe(true);
});
