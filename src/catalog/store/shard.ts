import type { ImageFilter } from '../../ec2/port.ts';

/**
 * `base`: one of the parts into which a region is divided. `preview`: the newest images, shown until all base shards
 * are there. `recent`: a day that a refresh has listed again.
 */
export type ShardKind = 'preview' | 'base' | 'recent';

/** A part of a region's images, which is listed by its filters. */
export interface Shard {
  /** Unique in its generation: a prefix of ids, or a day. */
  readonly key: string;
  readonly kind: ShardKind;
  readonly filters: readonly ImageFilter[];
}

/** The values of the filter that finds the images of a shard by their ids; empty where it is listed by others. */
export function idValuesOf({ filters }: Pick<Shard, 'filters'>): readonly string[] {
  return filters.find(({ name }) => name === 'image-id')?.values ?? [];
}

/** The days of a shard of a refresh, `2026-11-23`. */
export function daysOf({ key }: Pick<Shard, 'key'>): readonly string[] {
  return key.split(' ');
}
