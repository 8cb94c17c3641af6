import type { ListedShard } from '../store/records.ts';
import { idValuesOf } from '../store/shard.ts';
import { idShare } from './idRanges.ts';

/** A shard as far as it is listed. */
export interface ShardProgress {
  /** The share of today's ids that it lists, from 0 to 1. */
  readonly ids: number;
  readonly images: number;
  readonly isDone: boolean;
}

/** While a shard is listed, its share does not get beyond this one: it may have more images than expected. */
const nearlyDone = 0.98;

/**
 * The share of a region that is listed, from 0 to 1. How many images the other shards have is estimated from those that
 * are done.
 */
export function listedShare(shards: readonly ShardProgress[]): number {
  const done = shards.filter(({ isDone }) => isDone);
  if (done.length === shards.length) {
    return 1;
  }
  const ids = sum(done.map(({ ids }) => ids));
  const images = sum(done.map(({ images }) => images));
  const begun = shards.map((shard) => {
    const expected = ids > 0 ? (images / ids) * shard.ids : 0;
    return shard.isDone || expected === 0 ? 0 : shard.ids * Math.min(nearlyDone, shard.images / expected);
  });
  return Math.min(nearlyDone, ids + sum(begun));
}

export function progressOf({ filters, images, done }: Pick<ListedShard, 'filters' | 'images' | 'done'>): ShardProgress {
  return { ids: idShare(idValuesOf({ filters })), images, isDone: done };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
