import type { Table } from '../table.ts';
import type { HostCost } from './probe.ts';

export interface Step {
  readonly name: string;
  /** Counts by action and region, in the order of the first request. */
  readonly calls: ReadonlyMap<string, number>;
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

export function callsByStep(steps: readonly Step[]): Table {
  return {
    title: 'Calls of a fixed tour, step by step',
    columns: ['', 'calls', ''],
    rows: [
      ...steps.map(({ name, calls }) => [
        name,
        String(sum(calls.values())),
        [...calls].map(([call, count]) => `${call} ${count}`).join(', '),
      ]),
      ['all in all', String(sum(steps.flatMap(({ calls }) => [...calls.values()]))), ''],
    ],
  };
}

export function callsByAction(steps: readonly Step[], regions: readonly string[]): Table {
  const counts = new Map<string, Map<string, number>>();
  for (const [call, count] of steps.flatMap(({ calls }) => [...calls])) {
    const [action = '', region = ''] = call.split(' ');
    const byRegion = counts.get(action) ?? new Map<string, number>();
    byRegion.set(region, (byRegion.get(region) ?? 0) + count);
    counts.set(action, byRegion);
  }
  return {
    title: 'The same, by action and region',
    columns: ['', 'calls', ...regions],
    rows: [...counts].map(([action, byRegion]) => [
      action,
      String(sum(byRegion.values())),
      ...regions.map((region) => String(byRegion.get(region) ?? 0)),
    ]),
  };
}

export function hostCosts(costs: readonly (readonly [string, HostCost])[]): Table {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return {
    title: 'The extension host on that tour, after a garbage collection',
    columns: ['', 'heap, MB', 'resident, MB', 'longest block since the row above, ms'],
    rows: costs.map(([name, { heapUsed, rss, longestBlock }]) => [
      name,
      megabytes(heapUsed),
      megabytes(rss),
      longestBlock.toFixed(0),
    ]),
  };
}
