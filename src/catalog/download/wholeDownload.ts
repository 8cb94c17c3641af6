import { PageGuard } from '../../ec2/calls/pageGuard.ts';
import { decodeSegment, linesOf, readLine } from '../segment.ts';
import type { SegmentBuilder } from '../segmentBuilder.ts';
import { type DownloadProgress, nothingYet } from '../store/downloadProgress.ts';
import { isDamage } from '../store/openStore.ts';
import type { Shard } from '../store/shard.ts';
import type { Claim, ListedShard } from '../store/store.ts';
import { isAboutTheQuestion, isUnreadable, refusesToken } from './answers.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { withHeartbeat } from './heartbeat.ts';
import { PacedRequests } from './pacedRequests.ts';
import { baseShards, belongs, newerShard, previewShards, splitShard, wholeRegion } from './plan.ts';

/** The preview ends with the first shard that has this many images on its page. */
const enoughForPreview = 50;

/** The replacement of a complete catalog begins anew when it was interrupted for longer than this (ms). */
const maxInterruption = 86_400_000;

/** How often one shard is listed from its beginning again because its token is refused. */
const maxRestarts = 3;

/** How many images of a page show whether the endpoint applies the filters. */
const filterSample = 32;

/** A token older than this (ms) is not used: EC2 does not document a lifetime, and a refused token costs a request. */
const tokenLifetime = 10 * 60_000;

/** A shard is divided when it has this many times the images of an average shard. Its images are then listed again. */
const splitFactor = 3;

/** Why the region may have to be listed without filters. */
type Doubt = 'filters refused' | 'filters ignored' | 'no answer' | 'nothing found';

/** Downloads all of a region: lists the shards of a generation side by side. */
export class WholeDownload {
  readonly #parts: DownloadParts;
  readonly #claim: Claim;
  readonly #requests: PacedRequests;
  readonly #refreshing: boolean;
  readonly #queue: ListedShard[] = [];
  readonly #previewIds = new Set<string>();
  readonly #stop: AbortController;
  #generation = 1;
  #active = 0;
  #shards = 0;
  #done = 0;
  #doneImages = 0;
  #images = 0;
  #started = 0;
  #startedWith = 0;
  #wholeRegion = false;
  #replacing: Promise<boolean> | undefined;
  #preview: readonly ListedShard[] = [];
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
    let progress: () => DownloadProgress = () => ({ ...nothingYet, refreshing });
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
    this.#started = performance.now();
    await this.#list();
    if (this.#listingError !== undefined) {
      throw this.#listingError;
    }
    if (!this.#wholeRegion && this.#images === 0) {
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
    const { store, region } = this.#parts;
    const base = shards.filter(({ kind }) => kind === 'base');
    this.#shards = base.length;
    this.#done = base.filter(({ done }) => done).length;
    this.#images = store.images(region, this.#generation);
    this.#doneImages = this.#images;
    this.#startedWith = this.#images;
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
    const preview = this.#listPreview().catch(fail);
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

  /**
   * Stores a page of the newest images, and one of a narrower shard if there are more pages. When a request is refused
   * or its answer unreadable, there is no preview.
   */
  async #listPreview(): Promise<void> {
    const { signal, store, now } = this.#parts;
    const pending: Shard[] = [...this.#preview];
    for (let shard = pending.shift(); shard; shard = pending.shift()) {
      try {
        const { images, nextToken } = await this.#requests.page(shard, undefined);
        if (images.count >= enoughForPreview) {
          pending.length = 0;
        }
        const newer = nextToken === undefined ? undefined : newerShard(shard, images.newest, now());
        images.dropSeen(this.#previewIds);
        this.#store(shard, images, { token: undefined, done: true });
        if (newer) {
          store.addShard(this.#claim, this.#generation, newer);
          pending.push(newer);
        }
      } catch (error) {
        if (signal.aborted || !(isAboutTheQuestion(error) || isUnreadable(error))) {
          throw error;
        }
        return;
      }
    }
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
        if (token !== undefined && restarts < maxRestarts && refusesToken(error)) {
          restarts += 1;
          ({ token, seen } = this.#restart(shard));
          guard = this.#guard();
          continue;
        }
        const doubt: Doubt | undefined = token === undefined && !wasDoubted ? this.#doubt(error) : undefined;
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
      if (next !== undefined && this.#isTooBig(seen.size) && this.#split(shard, seen)) {
        return;
      }
      if (next === undefined) {
        this.#done += 1;
        this.#doneImages += seen.size;
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
    const { token, asked } = shard;
    if (token !== undefined && asked !== undefined && this.#parts.now() - asked <= tokenLifetime) {
      try {
        return { token, seen: this.#idsOf(shard.key) };
      } catch (error) {
        if (!isDamage(error)) {
          throw error;
        }
      }
    }
    return asked === undefined ? { token: undefined, seen: new Set() } : this.#restart(shard);
  }

  /**
   * Why the filters may be the cause of an error; undefined if they are not. After filters have found images, only an
   * error about the request itself counts.
   */
  #doubt(error: unknown): Doubt | undefined {
    if (this.#wholeRegion) {
      return undefined;
    }
    if (isAboutTheQuestion(error)) {
      return 'filters refused';
    }
    return isUnreadable(error) && this.#images === 0 ? 'no answer' : undefined;
  }

  /** Whether lanes are idle and this shard has far more images than the others, whose ids are spread more evenly. */
  #isTooBig(images: number): boolean {
    const idle = this.#queue.length === 0 && this.#active <= this.#requests.pace.width / 2;
    return idle && !this.#wholeRegion && this.#done > 0 && images > (this.#doneImages / this.#done) * splitFactor;
  }

  #split(shard: ListedShard, ids: Iterable<string>): boolean {
    const { store, region } = this.#parts;
    const parts = splitShard(shard, ids);
    if (parts.length === 0) {
      return false;
    }
    store.replaceShards(this.#claim, this.#generation, shard.key, parts);
    this.#images = store.images(region, this.#generation);
    this.#shards += parts.length - 1;
    this.#queue.push(...parts.map((part) => ({ ...part, done: false, token: undefined, asked: undefined })));
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
    const first = await this.#requests.page(whole, undefined);
    if (doubt === 'nothing found' && first.images.count === 0 && first.nextToken === undefined) {
      return false;
    }
    if (doubt === 'no answer' && doubted && (await this.#isAnswered(doubted))) {
      return false;
    }
    this.#wholeRegion = true;
    this.#listingError = undefined;
    this.#queue.length = 0;
    store.replaceShards(this.#claim, this.#generation, undefined, [whole]);
    this.#images = 0;
    this.#shards = 1;
    this.#done = 0;
    this.#doneImages = 0;
    await this.#listShard({ ...whole, done: false, token: undefined, asked: undefined }, first);
    return true;
  }

  async #isAnswered(shard: Shard): Promise<boolean> {
    try {
      await this.#requests.page(shard, undefined);
      return true;
    } catch (error) {
      if (this.#parts.signal.aborted || !isUnreadable(error)) {
        throw error;
      }
      return false;
    }
  }

  #isReplaced(shard: Shard): boolean {
    return this.#wholeRegion && shard.key !== 'all';
  }

  #restart(shard: Shard): ListingState {
    const { store, region } = this.#parts;
    store.restartShard(this.#claim, this.#generation, shard.key);
    this.#images = store.images(region, this.#generation);
    return { token: undefined, seen: new Set() };
  }

  #idsOf(key: string): Set<string> {
    const { store, region } = this.#parts;
    const ids = new Set<string>();
    for (const { data, checksum } of store.shardSegments(region, this.#generation, key)) {
      for (const line of linesOf(decodeSegment(data, checksum))) {
        ids.add(readLine(line).id);
      }
    }
    return ids;
  }

  #store(shard: Shard, images: SegmentBuilder, state: Pick<ListedShard, 'token' | 'done'>): void {
    const { store, now, onProgress, signal } = this.#parts;
    signal.throwIfAborted();
    if (shard.kind === 'base') {
      this.#images += images.count;
    }
    const progress = this.#progress();
    const page = { images: images.count, segment: images.encode(), ...state, now: now() };
    store.addPage(this.#claim, this.#generation, shard, page, progress);
    onProgress(progress);
    this.#onAnswer();
  }

  #progress(): DownloadProgress {
    const seconds = (performance.now() - this.#started) / 1_000;
    return {
      images: this.#images,
      share: this.#shards === 0 ? 0 : this.#done / this.#shards,
      rate: seconds > 0 ? (this.#images - this.#startedWith) / seconds : 0,
      throttled: this.#requests.pace.throttled(performance.now()),
      refreshing: this.#refreshing,
    };
  }
}

/** Whether most images of a page do not match its filters. */
function ignoresFilters(ids: readonly string[], matches: (id: string) => boolean): boolean {
  const sample = ids.slice(0, filterSample);
  return sample.filter((id) => !matches(id)).length > sample.length / 2;
}

interface ListingState {
  readonly token: string | undefined;
  readonly seen: Set<string>;
}
