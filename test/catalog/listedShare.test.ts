import { describe, expect, it } from 'vitest';
import { listedShare } from '../../src/catalog/download/listedShare.ts';

describe('the share of a region that is listed', () => {
  it('is estimated from the images of the shards that are done', () => {
    const shards = [
      { ids: 0.1, images: 1_000, isDone: true },
      { ids: 0.5, images: 2_500, isDone: false },
      { ids: 0.4, images: 0, isDone: false },
    ];
    expect(listedShare(shards)).toBeCloseTo(0.1 + 0.25, 10);
  });

  it('is whole only when all shards are done', () => {
    const shards = [
      { ids: 0.5, images: 1_000, isDone: true },
      { ids: 0.5, images: 5_000, isDone: false },
    ];
    expect(listedShare(shards)).toBeLessThan(1);
    expect(listedShare(shards.map((shard) => ({ ...shard, isDone: true })))).toBe(1);
    expect(listedShare([])).toBe(1);
  });

  it('is nothing as long as no shard is done, or where the region is listed as one', () => {
    expect(listedShare([{ ids: 1, images: 1_000, isDone: false }])).toBe(0);
    expect(listedShare([{ ids: 0, images: 1_000, isDone: false }])).toBe(0);
  });

  it('does not count shards without images as begun', () => {
    expect(
      listedShare([
        { ids: 0.2, images: 0, isDone: true },
        { ids: 0.8, images: 0, isDone: false },
      ]),
    ).toBeCloseTo(0.2, 10);
  });
});
