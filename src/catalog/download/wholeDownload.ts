import { PageGuard } from '../../ec2/calls/pageGuard.ts';
import { day } from '../day.ts';
import type { SegmentBuilder } from '../segmentBuilder.ts';
import { type DownloadProgress, noProgress } from '../store/downloadProgress.ts';
import type { Claim, ListedShard } from '../store/records.ts';
import type { Shard } from '../store/shard.ts';
import { DownloadCounts } from './downloadCounts.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { type Doubt, doubtOf, ignoresFilters, pageWithoutFilters } from './filterDoubts.ts';
import { withHeartbeat } from './heartbeat.ts';
import { PacedRequests } from './pacedRequests.ts';
import { listPreview } from './preview.ts';
import { isTokenRefused } from './requestErrors.ts';
import { resumableIds } from './resumableIds.ts';
import { baseShards, belongs, previewShards, splitShard, wholeRegion } from './shards.ts';

/** The replacement of a complete catalog begins anew when it was interrupted for longer than this (ms). */
const maxInterruption = day;

/** How often one shard is listed from its beginning again because its token is refused. */
const maxRestarts = 3;

/** Downloads all of a region: lists the shards of a generation side by side. */
export class WholeDownload {
  readonly #parts: DownloadParts;
  readonly #claim: Claim;
  readonly #requests: PacedRequests;
  readonly #refreshing: boolean;
  readonly #queue: ListedShard[] = [];
  readonly #stop: AbortController;
  readonly #counts = new DownloadCounts();
  #generation = 1;
  #active = 0;
  #wholeRegion = false;
  #replacing: Promise<boolean> | undefined;
  #preview: readonly Shard[] = [];
  /** Why a shard was not listed to its end. The other shards still are. */
  #listingError: unknown;
  #onAnswer: () => void = () => {};

  private constructor(parts: DownloadParts, stop: AbortController, refreshing: boolean) {
    this.#parts = parts;
    this.#claim = { region: parts.region, owner: parts.owner };
    this.#stop = stop;
    this.#requests = new PacedRequests(parts);
    this.#refreshing = refreshing;
  }

  static async run(parts: DownloadParts, refreshing: boolean): Promise<void> {
    let progress: () => DownloadProgress = () => ({ ...noProgress, refreshing });
    await withHeartbeat(
      parts,
      () => progress(),
      async (stop, stoppable) => {
        const download = new WholeDownload(stoppable, stop, refreshing);
        progress = () => download.#progress();
        await download.#run();
      },
    );
  }

  async #run(): Promise<void> {
    const { store, region, now } = this.#parts;
    this.#enqueue(this.#begin());
    await this.#list();
    if (this.#listingError !== undefined) {
      throw this.#listingError;
    }
    if (!this.#wholeRegion && this.#counts.images === 0) {
      // The region is empty, or the endpoint accepts the filters but finds nothing by them.
      await this.#listWholeRegion('nothing found');
    }
    if (this.#listingError !== undefined) {
      throw this.#listingError;
    }
    if (store.shards(region, this.#generation).some(({ kind, done }) => kind === 'base' && !done)) {
      throw new Error('A part of the region was not listed.');
    }
    store.complete(this.#claim, this.#generation, now());
  }

  #begin(): readonly ListedShard[] {
    const { store, region, now } = this.#parts;
    const record = store.region(region);
    const live = record?.live ?? 1;
    this.#generation = record?.staged ?? (record?.completed === undefined ? live : live + 1);
    let shards = store.shards(region, this.#generation);
    const wasInterrupted = shards.some(({ asked }) => asked !== undefined && Math.abs(now() - asked) > maxInterruption);
    if (shards.length === 0 || (this.#refreshing && wasInterrupted)) {
      const preview = this.#refreshing ? [] : previewShards(now());
      store.begin(this.#claim, this.#generation, [...preview, ...baseShards()]);
      shards = store.shards(region, this.#generation);
    }
    return shards;
  }

  #enqueue(shards: readonly ListedShard[]): void {
    const base = shards.filter(({ kind }) => kind === 'base');
    this.#counts.begin(base);
    this.#wholeRegion = base.length === 1;
    const left = shards.filter(({ done }) => !done);
    this.#queue.push(...left.filter(({ kind }) => kind === 'base'));
    this.#preview = left.filter(({ kind }) => kind === 'preview');
  }

  async #list(): Promise<void> {
    const failures: unknown[] = [];
    const fail = (error: unknown) => {
      failures.push(error);
      this.#stop.abort(error);
    };
    const preview = listPreview(this.#preview, this.#requests, {
      store: (shard, images) => this.#store(shard, images, { token: undefined, done: true }),
      add: (shard) => this.#parts.store.addShard(this.#claim, this.#generation, shard),
    }).catch(fail);
    const lanes = new Set<Promise<void>>();
    while (failures.length === 0 && (this.#queue.length > 0 || lanes.size > 0)) {
      while (this.#queue.length > 0 && this.#active < this.#requests.pace.width) {
        const shard = this.#queue.shift();
        if (shard) {
          this.#active += 1;
          const lane: Promise<void> = this.#listShard(shard)
            .catch(fail)
            .finally(() => {
              this.#active -= 1;
              lanes.delete(lane);
            });
          lanes.add(lane);
        }
      }
      // Every answer may widen the pace.
      await Promise.race([...lanes, this.#answered()]);
    }
    await Promise.all([...lanes, preview]);
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  #answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswer = resolve;
    });
  }

  /** @param first the shard's first page, if it has been answered already */
  async #listShard(shard: ListedShard, first?: CatalogPage): Promise<void> {
    const { store, region } = this.#parts;
    let { token, seen } = this.#resume(shard);
    let restarts = 0;
    let wasDoubted = false;
    let page = first;
    let guard = this.#guard();
    for (;;) {
      try {
        page ??= await this.#requests.page(shard, token);
      } catch (error) {
        if (this.#isReplaced(shard)) {
          return;
        }
        if (this.#parts.signal.aborted) {
          throw error;
        }
        if (token !== undefined && restarts < maxRestarts && isTokenRefused(error)) {
          restarts += 1;
          ({ token, seen } = this.#restart(shard));
          guard = this.#guard();
          continue;
        }
        const doubt: Doubt | undefined =
          this.#wholeRegion || token !== undefined || wasDoubted ? undefined : doubtOf(error, this.#counts.images > 0);
        if (!doubt) {
          throw error;
        }
        wasDoubted = doubt === 'no answer';
        if (await this.#listWholeRegion(doubt, shard)) {
          return;
        }
        continue;
      }
      if (this.#isReplaced(shard)) {
        return;
      }
      const { images, nextToken } = page;
      page = undefined;
      const isOfShard = (id: string) => belongs(shard, id);
      if (ignoresFilters(images.ids(), isOfShard)) {
        // False comes only from another shard's check, which this one has waited for: it checks again.
        if (await this.#listWholeRegion('filters ignored')) {
          return;
        }
        continue;
      }
      const [before, count] = [seen.size, images.count];
      images.dropSeen(seen, isOfShard);
      let next: string | undefined;
      try {
        next = guard.next(nextToken, seen.size - before, count);
      } catch (error) {
        // The next download of the region lists the shard from its beginning.
        this.#listingError = error;
        this.#store(shard, images, { token: undefined, done: false });
        return;
      }
      if (next !== undefined && this.#isToBeSplit(shard, seen.size) && this.#split(shard, seen)) {
        return;
      }
      this.#store(shard, images, { token: next, done: next === undefined });
      if (next === undefined) {
        return;
      }
      token = next;
      if (store.region(region) === undefined) {
        return;
      }
    }
  }

  #guard(): PageGuard {
    return new PageGuard({ operation: 'DescribeImages', region: this.#parts.region });
  }

  /** Where the listing of a shard is resumed, and the ids that it has brought. */
  #resume(shard: ListedShard): ListingState {
    const seen = resumableIds(this.#parts, this.#generation, shard);
    if (seen) {
      return { token: shard.token, seen };
    }
    return shard.asked === undefined ? { token: undefined, seen: new Set() } : this.#restart(shard);
  }

  /** Whether lanes are idle and this shard has far more images than the others. */
  #isToBeSplit(shard: Shard, images: number): boolean {
    const idle = this.#queue.length === 0 && this.#active <= this.#requests.pace.width / 2;
    return idle && !this.#wholeRegion && this.#counts.isFarAboveAverage(shard, images);
  }

  #split(shard: ListedShard, ids: Iterable<string>): boolean {
    const parts = splitShard(shard, ids);
    if (parts.length === 0) {
      return false;
    }
    this.#parts.store.replaceShards(this.#claim, this.#generation, shard.key, parts);
    this.#counts.split(shard, parts);
    this.#queue.push(...parts.map(unlisted));
    return true;
  }

  /** Lists the region page by page, without filters; resolves with false if the filters turn out to work. */
  #listWholeRegion(doubt: Doubt, shard?: Shard): Promise<boolean> {
    this.#replacing ??= this.#replaceByWholeRegion(doubt, shard).finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  async #replaceByWholeRegion(doubt: Doubt, doubted: Shard | undefined): Promise<boolean> {
    const { store } = this.#parts;
    const [whole] = wholeRegion();
    // Nothing is deleted before this is answered: the endpoint may just be failing.
    const first = await pageWithoutFilters(this.#requests, whole, doubt, doubted);
    if (!first) {
      return false;
    }
    this.#wholeRegion = true;
    this.#listingError = undefined;
    this.#queue.length = 0;
    store.replaceShards(this.#claim, this.#generation, undefined, [whole]);
    this.#counts.begin([unlisted(whole)]);
    await this.#listShard(unlisted(whole), first);
    return true;
  }

  #isReplaced(shard: Shard): boolean {
    return this.#wholeRegion && shard.key !== 'all';
  }

  #restart(shard: Shard): ListingState {
    this.#parts.store.restartShard(this.#claim, this.#generation, shard.key);
    this.#counts.restarted(shard);
    return { token: undefined, seen: new Set() };
  }

  #store(shard: Shard, images: SegmentBuilder, state: Pick<ListedShard, 'token' | 'done'>): void {
    const { store, now, onProgress, signal } = this.#parts;
    signal.throwIfAborted();
    this.#counts.listed(shard, images.count, state.done);
    const progress = this.#progress();
    const page = { images: images.count, segment: images.encode(), ...state, now: now() };
    store.addPage(this.#claim, this.#generation, shard, page, progress);
    onProgress(progress);
    this.#onAnswer();
  }

  #progress(): DownloadProgress {
    return {
      ...this.#counts.progress(),
      throttled: this.#requests.pace.throttled(performance.now()),
      refreshing: this.#refreshing,
    };
  }
}

function unlisted(shard: Shard): ListedShard {
  return { ...shard, done: false, token: undefined, asked: undefined, images: 0 };
}

interface ListingState {
  readonly token: string | undefined;
  readonly seen: Set<string>;
}
