import { afterEach, expect, it } from 'vitest';
import { InstanceBranches } from '../../../src/ui/trees/instanceBranches.ts';
import type { InstancesNode } from '../../../src/ui/trees/nodes.ts';
import { PageSizes } from '../../../src/ui/trees/pageSizes.ts';
import { localEndpoint, type OpenSample, openSample } from '../../ec2/openSample.ts';

let sample: OpenSample | undefined;
afterEach(async () => {
  await sample?.close();
  sample = undefined;
});

async function open(pageSize = 50) {
  sample = await openSample(localEndpoint);
  const pageSizes = new PageSizes(() => pageSize);
  const events = { changed: () => {}, loadingChanged: () => {} };
  const branches = new InstanceBranches(await sample.open(), pageSizes, events);
  const [region] = branches.roots(['us-east-1']);
  if (!region) {
    throw new Error('There is no region.');
  }
  const below = async (): Promise<readonly InstancesNode[]> => {
    const nodes = await branches.children(region);
    return nodes.some((node) => node.kind === 'note' && node.note === 'loading') ? below() : nodes;
  };
  return { branches, pageSizes, region, below, faults: sample.server.faults };
}

const names = (nodes: readonly InstancesNode[]) =>
  nodes.flatMap((node) => (node.kind === 'instance' ? [node.instance.name || node.instance.id] : []));

it('lists the instances of a region by name, a page at a time', async () => {
  const { branches, pageSizes, region, below } = await open(3);
  const first = await below();
  expect(first.map(({ kind }) => kind)).toEqual(['instance', 'instance', 'instance', 'more']);
  expect(branches.lists(region).every(({ complete }) => complete)).toBe(true);
  pageSizes.addPage(region);
  const shown = names(await below());
  expect(shown).toHaveLength(6);
  expect(shown).toEqual([...shown].sort(new Intl.Collator('en', { numeric: true }).compare));
});

it('says what failed, and tries it again', async () => {
  const { branches, region, below, faults } = await open();
  faults.add({ kind: 'access-denied', action: 'DescribeInstances' });
  const [error] = await below();
  expect(error).toMatchObject({ kind: 'error', parent: region });
  faults.clear();
  for (const list of error ? branches.lists(error) : []) {
    list.retry();
  }
  expect(names(await below())).toContain('data-node-1');
});

it('answers nothing of an account that has gone', async () => {
  const { branches, region, faults } = await open();
  faults.add({ kind: 'delay', milliseconds: 200 });
  const asked = branches.children(region);
  branches.close();
  expect(await asked).toEqual([]);
  expect(await branches.children(region)).toEqual([]);
});
