import { describe, expect, it } from 'vitest';
import { idParts, idShare, rangeValues } from '../../src/catalog/download/idRanges.ts';
import { baseShards, belongs, recentShards } from '../../src/catalog/download/shards.ts';
import { daysOf } from '../../src/catalog/store/shard.ts';
import { maxFilterValues } from '../../src/core/search.ts';

const shards = baseShards();

describe('the shards of a region', () => {
  it.each([
    'ami-0123456789abcdef0',
    'ami-1234abcd',
    'ami-0',
    'ami-0a',
    'ami-0ab',
    'ami-000001',
    'ami-0fffffff',
    'ami-ubuntu',
    'AMI-0123abcd',
    'emi-3F2A1B0C',
    '7f3e0a52-6c1d-4a0e-9b57-2d1f0c8e4b11',
  ])('ask for %s once', (id) => expect(shards.filter((shard) => belongs(shard, id))).toHaveLength(1));

  it.each(['aki-919dcaf8', 'ari-0123abcd'])('do not ask for %s, from which nothing can be launched', (id) =>
    expect(shards.filter((shard) => belongs(shard, id))).toEqual([]),
  );

  it('ask for every id of today once', () => {
    for (let part = 0; part < idParts; part += 1) {
      const id = `ami-0${part.toString(16).padStart(3, '0')}23456789abcde`;
      expect(shards.filter((shard) => belongs(shard, id))).toHaveLength(1);
    }
  });

  it('have no more filter values than EC2 takes, and keys of their own', () => {
    for (const { filters } of shards) {
      expect(filters.flatMap(({ values }) => values).length).toBeLessThanOrEqual(maxFilterValues);
    }
    expect(new Set(shards.map(({ key }) => key)).size).toBe(shards.length);
  });

  it('are equal but for the first, which is small', () => {
    const [first = 0, ...others] = shards.map(({ filters }) => idShare(filters[0]?.values ?? []));
    expect(first).toBe(1 / 256);
    expect(Math.max(...others) - Math.min(...others)).toBeLessThan(2 / idParts);
    expect(others.reduce((sum, share) => sum + share, first)).toBeCloseTo(1, 10);
  });
});

it.each([
  [0, 16, ['ami-000*']],
  [0, idParts, ['ami-0*']],
  [0x0fe, 0x112, ['ami-00fe*', 'ami-00ff*', 'ami-010*', 'ami-0110*', 'ami-0111*']],
  [5, 6, ['ami-0005*']],
])('the ids from part %i to %i have few filter values', (from, to, values) =>
  expect(rangeValues(from, to)).toEqual(values),
);

describe('the shards of a refresh', () => {
  const now = Date.UTC(2026, 10, 27, 12);
  const hour = 3_600_000;

  it('are one, an hour after a download', () => {
    const [shard, ...others] = recentShards(now, now - hour);
    expect(others).toEqual([]);
    expect(shard && daysOf(shard)).toEqual(['2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25']);
    expect(shard?.filters).toEqual([
      { name: 'creation-date', values: ['2026-11-28*', '2026-11-27*', '2026-11-26*', '2026-11-25*'] },
    ]);
  });

  it('have each day since the day before the download once', () => {
    const days = recentShards(now, now - 6 * 24 * hour).flatMap(daysOf);
    expect(days).toContain('2026-11-20');
    expect(new Set(days).size).toBe(days.length);
    expect(days.length).toBeLessThanOrEqual(15);
  });
});
