import type { ImageFilter } from '../../ec2/port.ts';

/**
 * `preview`: the newest images, shown until the shards that hold them are there. `base`: one of the parts that a region is
 * divided into. `recent`: a day that was listed again since.
 */
export type ShardKind = 'preview' | 'base' | 'recent';

export interface Shard {
  /** Unique in its generation: the beginning that its ids have in common, or the day. */
  readonly key: string;
  readonly kind: ShardKind;
  readonly filters: readonly ImageFilter[];
}
