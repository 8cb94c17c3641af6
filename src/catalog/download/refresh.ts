import type { EncodedSegment } from '../segment.ts';
import type { DownloadParts } from './downloadParts.ts';
import { PacedRequests } from './pacedRequests.ts';
import { recentShards } from './plan.ts';

/** Lists the recent days again: what has come since, and what has gone. */
export class Refresh {
  readonly #parts: DownloadParts;
  readonly #completed: number;
  readonly #generation: number;

  constructor(parts: DownloadParts, completed: number, generation: number) {
    this.#parts = parts;
    this.#completed = completed;
    this.#generation = generation;
  }

  async run(): Promise<void> {
    const { store, region, owner, now, onProgress } = this.#parts;
    const shards = recentShards(now(), this.#completed);
    const requests = new PacedRequests(this.#parts);
    const images = store.images(region, this.#generation);
    let done = 0;
    await Promise.all(
      shards.map(async (shard) => {
        const pages: { images: number; segment: EncodedSegment; now: number }[] = [];
        const seen = new Set<string>();
        let token: string | undefined;
        do {
          const { images, nextToken } = await requests.page(shard, token);
          images.dropSeen(seen);
          pages.push({ images: images.count, segment: images.encode(), now: now() });
          token = nextToken === token ? undefined : nextToken;
        } while (token !== undefined);
        done += 1;
        const progress = { images, share: done / shards.length, rate: 0, throttled: false, refreshing: true };
        store.beat(region, owner, now(), progress);
        store.replaceShard(region, this.#generation, shard, pages, now());
        onProgress(progress);
      }),
    );
    store.refreshed(region, now());
  }
}
