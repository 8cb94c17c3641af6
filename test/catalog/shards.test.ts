import { expect, it } from 'vitest';
import { baseShards, belongs } from '../../src/catalog/download/shards.ts';

const shards = baseShards();

it.each([
  'ami-0123456789abcdef0',
  'ami-1234abcd',
  'ami-0',
  'ami-000001',
  'ami-ubuntu',
  'AMI-0123abcd',
  'emi-3F2A1B0C',
  '7f3e0a52-6c1d-4a0e-9b57-2d1f0c8e4b11',
])('asks for %s once', (id) => expect(shards.filter((shard) => belongs(shard, id))).toHaveLength(1));

it.each(['aki-919dcaf8', 'ari-0123abcd'])('does not ask for %s, from which nothing can be launched', (id) =>
  expect(shards.filter((shard) => belongs(shard, id))).toEqual([]),
);
