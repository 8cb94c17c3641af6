import { AmiError } from '../../core/errors.ts';
import { decodeSegment, linesOf, readLine } from '../segment.ts';
import type { SegmentBuilder } from '../segmentBuilder.ts';
import type { DownloadProgress, ListedShard, Shard } from '../store/store.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { PacedRequests } from './pacedRequests.ts';
import { baseShards, belongs, newerShard, previewShards, splitShard, wholeRegion } from './plan.ts';

/** The preview ends with the plan that finds so many images. */
const enoughForPreview = 50;

/** Whether an endpoint keeps to the filters shows in so many images of a page: by chance none is in its place. */
const enoughToTell = 32;

/** A token older than this (ms) is not tried: EC2's life is not documented, and a refused one costs a request. */
const tokenLife = 10 * 60_000;

/** A shard is divided when it has so many times more images than those that are done: its own are asked for again. */
const tooManyTimes = 3;

/** How long (ms) a download that is under way may be silent: the others take its window for dead after a while. */
const beatInterval = 4_000;

/** Lists all shards of a generation side by side. */
export class WholeDownload {
  readonly #parts: DownloadParts;
  readonly #requests: PacedRequests;
  readonly #refreshing: boolean;
  readonly #queue: ListedShard[] = [];
  readonly #previewIds = new Set<string>();
  readonly #stop = new AbortController();
  #generation = 1;
  #active = 0;
  #shards = 0;
  #done = 0;
  #doneImages = 0;
  #images = 0;
  /** Images that shards have brought in this run, without the preview's. */
  #brought = 0;
  #started = 0;
  #startedWith = 0;
  #wholeRegion = false;
  #replaced: Promise<void> | undefined;
  #preview: readonly ListedShard[] = [];
  #onAnswer: () => void = () => {};

  constructor(parts: DownloadParts, refreshing: boolean) {
    this.#parts = { ...parts, signal: AbortSignal.any([parts.signal, this.#stop.signal]) };
    this.#requests = new PacedRequests(this.#parts);
    this.#refreshing = refreshing;
  }

  async run(): Promise<void> {
    const { store, region, owner, now } = this.#parts;
    const shards = this.#begin();
    this.#started = performance.now();
    const beating = setInterval(() => {
      try {
        store.beat(region, owner, now(), this.#progress());
      } catch (error) {
        this.#stop.abort(error);
      }
    }, beatInterval);
    try {
      this.#adopt(shards);
      await this.#list();
      if (!this.#wholeRegion && this.#previewIsMissing()) {
        // The endpoint takes the filter and finds nothing by it.
        await this.#listWholeRegion();
      }
      store.complete(region, this.#generation, now());
    } catch (error) {
      throw this.#stop.signal.aborted ? this.#stop.signal.reason : error;
    } finally {
      clearInterval(beating);
      this.#stop.abort();
    }
  }

  #begin(): readonly ListedShard[] {
    const { store, region, now } = this.#parts;
    const record = store.region(region);
    const live = record?.live ?? 1;
    this.#generation = record?.staged ?? (record?.completed === undefined ? live : live + 1);
    let shards = store.shards(region, this.#generation);
    if (shards.length === 0) {
      const preview = this.#refreshing ? [] : previewShards(now());
      store.begin(region, this.#generation, [...preview, ...baseShards()]);
      shards = store.shards(region, this.#generation);
    }
    return shards;
  }

  #adopt(shards: readonly ListedShard[]): void {
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
    // The newest first.
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
      // More may be asked for at once after every answer.
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
   * A page of the newest images, and where there are more than one holds, of the newest of those. A failure is no more than
   * that: there is no preview then.
   */
  async #listPreview(): Promise<void> {
    const { signal, store, region, now } = this.#parts;
    const plans: Shard[] = [...this.#preview];
    for (let shard = plans.shift(); shard; shard = plans.shift()) {
      try {
        const { images, nextToken } = await this.#requests.page(shard, undefined);
        if (images.count >= enoughForPreview) {
          plans.length = 0;
        }
        const newer = nextToken === undefined ? undefined : newerShard(shard, images.newest, now());
        images.dropSeen(this.#previewIds);
        this.#store(shard, images, undefined);
        if (newer) {
          store.addShard(region, this.#generation, newer);
          plans.push(newer);
        }
      } catch (error) {
        if (signal.aborted || !(isAboutTheQuestion(error) || isUnreadable(error))) {
          throw error;
        }
        return;
      }
    }
  }

  async #listShard(shard: ListedShard): Promise<void> {
    const { store, region, now } = this.#parts;
    let { token } = shard;
    const seen = token === undefined ? new Set<string>() : this.#idsOf(shard.key);
    if (token !== undefined && now() - (shard.asked ?? 0) > tokenLife) {
      token = this.#restart(shard, seen);
    } else if (token === undefined && shard.asked !== undefined) {
      this.#restart(shard, seen);
    }
    for (;;) {
      let page: CatalogPage;
      try {
        page = await this.#requests.page(shard, token);
      } catch (error) {
        if (this.#wholeRegionBegan(shard)) {
          return;
        }
        if (
          this.#parts.signal.aborted ||
          !(isAboutTheQuestion(error) || (isUnreadable(error) && this.#brought === 0))
        ) {
          throw error;
        }
        if (token !== undefined) {
          // The token is no longer known, or belongs to another account.
          token = this.#restart(shard, seen);
          continue;
        }
        if (this.#wholeRegion) {
          throw error;
        }
        return this.#listWholeRegion();
      }
      if (this.#wholeRegionBegan(shard)) {
        return;
      }
      const { images } = page;
      if (
        images
          .ids()
          .slice(0, enoughToTell)
          .some((id) => !belongs(shard, id))
      ) {
        return this.#listWholeRegion();
      }
      // A token that comes back unchanged would never end: some endpoints ignore paging.
      const next = page.nextToken === token ? undefined : page.nextToken;
      images.dropSeen(seen);
      if (next !== undefined && this.#isTooBig(seen.size) && this.#split(shard, seen)) {
        return;
      }
      if (next === undefined) {
        this.#done += 1;
        this.#doneImages += seen.size;
      }
      this.#store(shard, images, next);
      if (next === undefined) {
        return;
      }
      token = next;
      if (store.region(region) === undefined) {
        return;
      }
    }
  }

  /** Lanes are idle while this shard goes on and on: its ids are not spread as evenly as the others'. */
  #isTooBig(images: number): boolean {
    const idle = this.#queue.length === 0 && this.#active <= this.#requests.pace.width / 2;
    return idle && !this.#wholeRegion && this.#done > 0 && images > (this.#doneImages / this.#done) * tooManyTimes;
  }

  #split(shard: ListedShard, ids: Iterable<string>): boolean {
    const { store, region } = this.#parts;
    const parts = splitShard(shard, ids);
    if (parts.length === 0) {
      return false;
    }
    store.replaceShards(region, this.#generation, shard.key, parts);
    this.#images = store.images(region, this.#generation);
    this.#shards += parts.length - 1;
    this.#queue.push(...parts.map((part) => ({ ...part, done: false, token: undefined, asked: undefined })));
    return true;
  }

  /** The endpoint does not know the filters: its images come one page after the other. */
  async #listWholeRegion(): Promise<void> {
    this.#replaced ??= this.#replaceByWholeRegion();
    return this.#replaced;
  }

  async #replaceByWholeRegion(): Promise<void> {
    const { store, region } = this.#parts;
    this.#wholeRegion = true;
    this.#queue.length = 0;
    store.replaceShards(region, this.#generation, undefined, wholeRegion());
    this.#images = 0;
    this.#shards = 1;
    this.#done = 0;
    for (const shard of wholeRegion()) {
      await this.#listShard({ ...shard, done: false, token: undefined, asked: undefined });
    }
  }

  #wholeRegionBegan(shard: Shard): boolean {
    return this.#wholeRegion && shard.key !== 'all';
  }

  #previewIsMissing(): boolean {
    if (this.#previewIds.size === 0) {
      return false;
    }
    return this.#brought === 0 && this.#startedWith === 0;
  }

  #restart(shard: Shard, seen: Set<string>): undefined {
    const { store, region } = this.#parts;
    store.restartShard(region, this.#generation, shard.key);
    this.#images = store.images(region, this.#generation);
    seen.clear();
    return undefined;
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

  #store(shard: Shard, images: SegmentBuilder, token: string | undefined): void {
    const { store, region, owner, now, onProgress, signal } = this.#parts;
    signal.throwIfAborted();
    if (shard.kind === 'base') {
      this.#images += images.count;
      this.#brought += images.count;
    }
    const progress = this.#progress();
    store.addPage(
      region,
      this.#generation,
      shard,
      { images: images.count, segment: images.encode(), token, now: now() },
      { owner, progress },
    );
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

/** The endpoint does not take the question, where another would be answered. */
function isAboutTheQuestion(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'invalid-parameter' || error.kind === 'unsupported');
}

/** Some endpoints answer what they do not know in their own way: a page of HTML, an error of no kind. */
function isUnreadable(error: unknown): boolean {
  return error instanceof AmiError && ['bad-answer', 'unavailable', 'unknown'].includes(error.kind);
}
