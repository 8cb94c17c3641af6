import { afterEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../../src/core/emitter.ts';
import type { Connection } from '../../../src/ec2/port.ts';
import { Session } from '../../../src/ui/session/session.ts';
import { AccountTree } from '../../../src/ui/trees/accountTree.ts';
import type { BranchEvents } from '../../../src/ui/trees/branches.ts';
import { InstanceBranches } from '../../../src/ui/trees/instanceBranches.ts';
import type { InstancesNode } from '../../../src/ui/trees/nodes.ts';
import { localEndpoint, openSample } from '../../ec2/openSample.ts';

class Tree extends AccountTree<InstancesNode, InstanceBranches> {
  protected override open(connection: Connection, events: BranchEvents<InstancesNode>): InstanceBranches {
    return new InstanceBranches(connection, this.pageSizes, events);
  }

  override getTreeItem(): never {
    throw new Error('Nobody draws here.');
  }
}

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) {
    await end();
  }
});

/** A view of the instances of a session on the sample account, with the changes that it has fired. */
async function start() {
  const sample = await openSample(localEndpoint);
  const regions = ['us-east-1'];
  const session = new Session(sample.connections, {
    choice: () => ({ kind: 'aws', profile: undefined, endpointUrl: undefined }),
    regions: () => regions,
  });
  let pageSize = 3;
  const settingsChanged = new Emitter();
  const tree = new Tree(session, { pageSize: () => pageSize, onDidChange: settingsChanged.event });
  const told: (InstancesNode | undefined)[] = [];
  tree.onDidChangeTreeData((node) => told.push(node));
  ends.push(
    () => sample.close(),
    () => session.dispose(),
    () => tree.dispose(),
  );
  await session.settled();
  const region = async () => {
    const [first] = await tree.getChildren();
    if (first?.kind !== 'region') {
      throw new Error('There is no region.');
    }
    return first;
  };
  const below = async (node: InstancesNode): Promise<readonly InstancesNode[]> => {
    const nodes = await tree.getChildren(node);
    return nodes.some((child) => child.kind === 'note' && child.note === 'loading') ? below(node) : nodes;
  };
  const setPageSize = (size: number) => {
    pageSize = size;
    settingsChanged.fire();
  };
  return { sample, session, regions, tree, told, region, below, setPageSize };
}

const kinds = (nodes: readonly InstancesNode[]) => nodes.map(({ kind }) => kind);

describe('a view of the account in force', () => {
  it('shows a page, and another one when it is asked for more, until the settings change', async () => {
    const { tree, region, below, setPageSize, told } = await start();
    const here = await region();
    const first = await below(here);
    expect(kinds(first)).toEqual(['instance', 'instance', 'instance', 'more']);
    const [more] = first.slice(-1);
    told.length = 0;
    tree.showMore(more ?? here);
    await vi.waitUntil(() => told.includes(here));
    expect(kinds(await below(here)).filter((kind) => kind === 'instance')).toHaveLength(6);
    told.length = 0;
    setPageSize(2);
    await vi.waitUntil(() => told.includes(undefined));
    expect(kinds(await below(here))).toEqual(['instance', 'instance', 'more']);
  });

  it('asks again for what is refreshed, be it a row, and tries again what failed', async () => {
    const { sample, tree, region, below } = await start();
    const here = await region();
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeInstances' });
    const [error] = await below(here);
    expect(error?.kind).toBe('error');
    sample.server.faults.clear();
    tree.retry(error ?? here);
    const [row] = await below(here);
    expect(row?.kind).toBe('instance');
    const asked = () => sample.calls.filter(({ operation }) => operation === 'DescribeInstances').length;
    const before = asked();
    await below(here);
    expect(asked()).toBe(before);
    tree.refresh(row);
    await below(here);
    expect(asked()).toBe(before + 1);
  });

  it('begins anew on the same connection where other regions are shown', async () => {
    const { session, regions, tree, region } = await start();
    await region();
    regions.splice(0, 1, 'eu-west-1');
    session.regionsChanged();
    expect((await region()).region).toBe('eu-west-1');
    expect(tree.account.hasOldRows).toBe(false);
  });

  it('answers with nothing of an account that has gone, empties the view first, and then shows the next one', async () => {
    const { sample, session, tree, told, region, below } = await start();
    const here = await region();
    const { shown } = tree.account;
    expect(shown).toBeDefined();
    sample.server.faults.add({ kind: 'delay', milliseconds: 300, action: 'DescribeInstances', count: 1 });
    const answer = tree.getChildren(here);
    await vi.waitUntil(() => sample.server.requests.some(({ action }) => action === 'DescribeInstances'));
    session.reopen();
    expect(tree.account.shown).toBeUndefined();
    expect(tree.account.hasOldRows).toBe(true);
    expect(await answer).toEqual([]);
    await session.settled();
    expect(await tree.getChildren()).toEqual([]);
    expect(tree.account.hasOldRows).toBe(false);
    told.length = 0;
    await vi.waitUntil(() => told.includes(undefined));
    expect(kinds(await below(await region()))).toContain('instance');
    expect(tree.account.shown).not.toBe(shown);
  });

  it('tells when something is being loaded, and when nothing is any more', async () => {
    const { tree, region, below } = await start();
    const loading: boolean[] = [];
    tree.onDidChangeLoading((value) => loading.push(value));
    await below(await region());
    await below(await region());
    await vi.waitUntil(() => loading.at(-1) === false);
    expect(loading).toEqual([true, false]);
  });

  it('comes to an end where who hears of it reads the rows', async () => {
    const { tree, region } = await start();
    let readings = 0;
    tree.onDidChangeLoading(() => {
      readings += 1;
      // A reading that begins another would never let the event loop go on.
      if (readings < 50) {
        void region().then((node) => tree.getChildren(node));
      }
    });
    await tree.getChildren(await region());
    await vi.waitUntil(() => readings >= 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readings).toBe(2);
  });
});
