import type { DownloadProgress } from '../store/downloadProgress.ts';
import type { ListedShard } from '../store/records.ts';
import type { Shard } from '../store/shard.ts';
import { listedShare, progressOf, type ShardProgress } from './listedShare.ts';

/** A shard is divided when it has this many times the images that its ids let expect. Its images are listed again. */
const splitFactor = 3;

/** How much of a region is listed: its base shards, and their images. */
export class DownloadCounts {
  readonly #started = performance.now();
  readonly #shards = new Map<string, ShardProgress>();
  #startedWith = 0;

  /** Counts from what is stored already. */
  begin(shards: readonly ListedShard[]): void {
    this.#shards.clear();
    for (const shard of shards) {
      this.#shards.set(shard.key, progressOf(shard));
    }
    this.#startedWith = this.images;
  }

  get images(): number {
    return [...this.#shards.values()].reduce((sum, { images }) => sum + images, 0);
  }

  listed({ key }: Shard, images: number, isDone: boolean): void {
    const before = this.#shards.get(key);
    if (before) {
      this.#shards.set(key, { ...before, images: before.images + images, isDone });
    }
  }

  restarted(shard: Shard): void {
    this.#shards.set(shard.key, progressOf({ ...shard, images: 0, done: false }));
  }

  split({ key }: Shard, parts: readonly Shard[]): void {
    this.#shards.delete(key);
    for (const part of parts) {
      this.restarted(part);
    }
  }

  /** Whether a shard with so many images has far more of them than its ids let expect, after the shards that are done. */
  isFarAboveAverage(shard: Shard, images: number): boolean {
    const done = [...this.#shards.values()].filter(({ isDone }) => isDone);
    const idsOfDone = done.reduce((sum, { ids }) => sum + ids, 0);
    const imagesOfDone = done.reduce((sum, { images }) => sum + images, 0);
    const { ids } = progressOf({ ...shard, images, done: false });
    return done.length > 0 && images * idsOfDone > imagesOfDone * ids * splitFactor;
  }

  progress(): Pick<DownloadProgress, 'images' | 'share' | 'rate'> {
    const seconds = (performance.now() - this.#started) / 1_000;
    const { images } = this;
    return {
      images,
      share: listedShare([...this.#shards.values()]),
      rate: seconds > 0 ? (images - this.#startedWith) / seconds : 0,
    };
  }
}
