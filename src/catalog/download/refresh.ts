import { PageGuard } from '../../ec2/calls/pageGuard.ts';
import { dayOf } from '../day.ts';
import { decodeSegment } from '../segment.ts';
import { type DownloadProgress, noProgress } from '../store/downloadProgress.ts';
import type { Claim, StoredPage } from '../store/records.ts';
import { daysOf, type Shard } from '../store/shard.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { withHeartbeat } from './heartbeat.ts';
import { PacedRequests } from './pacedRequests.ts';
import { isRequestRefused } from './requestErrors.ts';
import { recentShards } from './shards.ts';

/** The endpoint cannot list images by date: only a download of the whole region can refresh the catalog. */
export class DaysNotListedError extends Error {}

/** Refreshes a catalog: lists the images of the recent days again. */
export class Refresh {
  readonly #parts: DownloadParts;
  readonly #claim: Claim;
  readonly #requests: PacedRequests;
  readonly #generation: number;
  readonly #shards: readonly Shard[];
  readonly #images: number;
  #done = 0;
  #found = 0;

  private constructor(parts: DownloadParts, completed: number, generation: number) {
    const { store, region, owner, now } = parts;
    this.#parts = parts;
    this.#claim = { region, owner };
    this.#requests = new PacedRequests(parts);
    this.#generation = generation;
    this.#shards = recentShards(now(), completed);
    this.#images = store.images(region, generation);
  }

  /** @throws DaysNotListedError, and as `downloadRegion`; the catalog is unchanged then. */
  static async run(parts: DownloadParts, completed: number, generation: number): Promise<void> {
    let progress: () => DownloadProgress = () => ({ ...noProgress, refreshing: true });
    await withHeartbeat(
      parts,
      () => progress(),
      async (stop, stoppable) => {
        const refresh = new Refresh(stoppable, completed, generation);
        progress = () => refresh.#progress();
        await refresh.#run(stop);
      },
    );
  }

  async #run(stop: AbortController): Promise<void> {
    const { store, now } = this.#parts;
    const lanes = this.#shards.map((shard) =>
      this.#listDays(shard).catch((error: unknown) => {
        stop.abort(error);
      }),
    );
    // All lanes have to end: none may send a request after the download has ended.
    const listed = await Promise.all(lanes);
    this.#parts.signal.throwIfAborted();
    if (this.#found === 0 && this.#hasImagesOfTheDays()) {
      throw new DaysNotListedError('No image was found by its date.');
    }
    store.replaceRecent(
      this.#claim,
      this.#generation,
      this.#shards.map((shard, place) => ({ shard, pages: listed[place] ?? [] })),
      now(),
    );
    store.refreshed(this.#claim, now());
  }

  async #listDays(shard: Shard): Promise<readonly StoredPage[]> {
    const { now, onProgress, region } = this.#parts;
    const guard = new PageGuard({ operation: 'DescribeImages', region });
    const pages: StoredPage[] = [];
    const days = new Set(daysOf(shard));
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const { images, nextToken } = await this.#page(shard, token);
      if (images.hasOthersThan(days)) {
        throw new DaysNotListedError('Images of other days were answered.');
      }
      const { count } = images;
      images.dropSeen(seen);
      this.#found += images.count;
      pages.push({ images: images.count, segment: images.encode(), now: now() });
      token = guard.next(nextToken, images.count, count);
    } while (token !== undefined);
    this.#done += 1;
    onProgress(this.#progress());
    return pages;
  }

  async #page(shard: Shard, token: string | undefined): Promise<CatalogPage> {
    try {
      return await this.#requests.page(shard, token);
    } catch (error) {
      throw token === undefined && isRequestRefused(error)
        ? new DaysNotListedError('Images cannot be asked for by their date.', { cause: error })
        : error;
    }
  }

  /** Whether the catalog has images of the listed days. Slow: it decodes segments until one has such an image. */
  #hasImagesOfTheDays(): boolean {
    const { store, region } = this.#parts;
    const days = new Set(this.#shards.flatMap(daysOf));
    for (const id of store.segmentIds(region)) {
      const segment = store.segment(id);
      if (
        segment &&
        decodeSegment(segment.data, segment.checksum).created.some((time) => days.has(dayOf(time) ?? ''))
      ) {
        return true;
      }
    }
    return false;
  }

  #progress(): DownloadProgress {
    return {
      images: this.#images,
      share: this.#done / this.#shards.length,
      rate: 0,
      throttled: this.#requests.pace.throttled(performance.now()),
      refreshing: true,
    };
  }
}
