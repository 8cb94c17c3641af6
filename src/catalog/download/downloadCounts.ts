import type { DownloadProgress } from '../store/downloadProgress.ts';

/** A shard is divided when it has this many times the images of an average shard. Its images are then listed again. */
const splitFactor = 3;

/** How much of a region is listed: its base shards, and their images. */
export class DownloadCounts {
  images = 0;
  readonly #started = performance.now();
  #startedWith = 0;
  #shards = 0;
  #done = 0;
  #doneImages = 0;

  /** Counts from what is stored already. */
  begin({ shards, done, images }: { readonly shards: number; readonly done: number; readonly images: number }): void {
    this.#shards = shards;
    this.#done = done;
    this.images = images;
    this.#doneImages = images;
    this.#startedWith = images;
  }

  shardDone(images: number): void {
    this.#done += 1;
    this.#doneImages += images;
  }

  shardSplit(parts: number): void {
    this.#shards += parts - 1;
  }

  /** Whether a shard with so many images has far more of them than the shards that are done. */
  isFarAboveAverage(images: number): boolean {
    return this.#done > 0 && images > (this.#doneImages / this.#done) * splitFactor;
  }

  progress(): Pick<DownloadProgress, 'images' | 'share' | 'rate'> {
    const seconds = (performance.now() - this.#started) / 1_000;
    return {
      images: this.images,
      share: this.#shards === 0 ? 0 : this.#done / this.#shards,
      rate: seconds > 0 ? (this.images - this.#startedWith) / seconds : 0,
    };
  }
}
