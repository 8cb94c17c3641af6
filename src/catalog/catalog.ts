import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import { AmiError } from '../core/errors.ts';
import type { Publisher } from '../core/publishers.ts';
import type { Connection, Credentials } from '../ec2/port.ts';
import type { CatalogRow } from '../protocol/catalog.ts';
import { ignoreRejection, startThread, type Thread, type ThreadEnded } from '../threads/startThread.ts';
import { ThreadOnDemand } from '../threads/threadOnDemand.ts';
import { Downloads } from './downloads.ts';
import { toCatalogFailure } from './failure.ts';
import { Listers } from './listers.ts';
import { placeKey, placeOf } from './places.ts';
import {
  type CatalogFailure,
  type CatalogListing,
  type CatalogPort,
  type CatalogQuestion,
  type DownloadUnderWay,
  type RegionCatalog,
  staleAfter,
} from './port.ts';
import { Reader } from './reader.ts';
import type {
  DownloadNotifications,
  DownloadOutcome,
  DownloadQuestions,
  DownloadRequests,
  Place,
  SearchNotifications,
  SearchRequests,
} from './threads/contracts.ts';

export interface CatalogOptions {
  /** The folder of the stores, which is created when needed. */
  readonly folder: string;
  /** The scripts of the threads. */
  readonly threads: { readonly search: string | URL; readonly download: string | URL };
  /** The current connection; rejects if there is none. */
  readonly connection: () => Promise<Connection>;
  /** The same, for what is read of the disk in the background: it asks the user for nothing. */
  readonly quietConnection: () => Promise<Connection>;
  /** Whether the catalogs include deprecated images. */
  readonly includeDeprecated: () => boolean;
  /** The most bytes that a store may take. */
  readonly maxSize: () => number;
  /** How long (ms) the threads stay when no catalog is open, and no download under way. */
  readonly searchIdle?: number;
  readonly downloadIdle?: number;
}

/** Objects of a search are either short-lived or large and kept: a larger young generation would only take memory. */
const searchLimits: ResourceLimits = { maxYoungGenerationSizeMb: 3 };

/** A larger young generation would take its memory at once, and make no download faster. */
export const downloadLimits: ResourceLimits = { maxYoungGenerationSizeMb: 48 };

/** A closed panel may be opened again. 250,000 images take some 80 MB, and a moment to be read again. */
const usualSearchIdle = 5 * 60_000;

/** A download takes hundreds of MB, which are freed only when its thread ends. */
const usualDownloadIdle = 5_000;

/** The public catalogs in the extension host. Threads, which start when needed, do all that takes time. */
export class Catalog implements CatalogPort {
  readonly #options: CatalogOptions;
  /** Identifies this window in the stores. */
  readonly #owner = randomUUID();
  readonly #readers = new Map<number, Reader>();
  readonly #listers: Listers;
  readonly #downloads: Downloads;
  /** The connection with which each download has begun, by place. */
  readonly #connections = new Map<string, Connection>();
  readonly #search: ThreadOnDemand<SearchRequests>;
  readonly #download: ThreadOnDemand<DownloadRequests>;
  #lastReader = 0;
  #openings = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
    const searchIdle = options.searchIdle ?? usualSearchIdle;
    this.#search = new ThreadOnDemand({
      start: (ended) => this.#startSearch(ended),
      died: (message, hadAnswered) => this.#searchDied(message, hadAnswered),
      idleTime: searchIdle,
    });
    this.#download = new ThreadOnDemand({
      start: (ended) => this.#startDownload(ended),
      died: () => {},
      idleTime: options.downloadIdle ?? usualDownloadIdle,
    });
    this.#listers = new Listers({
      open: (place) => this.#open(place.region, async () => place, [], true),
      idleTime: searchIdle,
    });
    this.#downloads = new Downloads({
      run: (place, whole, isCancelled) => this.#runDownload(place, whole, isCancelled),
      cancel: (place) => ignoreRejection(this.#download.runningRequests?.send('cancel', place)),
      isLookedAt: (place) => [...this.#readers.values()].some((reader) => !reader.isLister && reader.isOf(place)),
      failed: (place, failure, retrying) => this.#fail(place, failure, retrying),
      ended: (place) => ignoreRejection(this.#search.runningRequests?.send('changed', { ...place, isEnd: true })),
    });
  }

  get underWay(): readonly DownloadUnderWay[] {
    return this.#downloads.underWay;
  }

  onDidChangeUnderWay(listener: () => void): { dispose(): void } {
    return this.#downloads.onDidChange(listener);
  }

  open(region: string, publishers: readonly Publisher[]): RegionCatalog {
    return this.#open(region, () => this.#place(region), publishers, false);
  }

  #open(region: string, place: () => Promise<Place>, publishers: readonly Publisher[], isLister: boolean): Reader {
    this.#lastReader += 1;
    const id = this.#lastReader;
    const reader = new Reader({
      id,
      region,
      place,
      search: () => this.#search.requests,
      nextOpening: () => {
        this.#openings += 1;
        return this.#openings;
      },
      publishers,
      owner: this.#owner,
      isLister,
      opening: (place, opened) => {
        if (!isLister) {
          void this.#prepareDownload(place, opened);
        }
      },
      download: (place, whole) => this.#downloads.start(place, whole),
      cancel: (place) => this.#downloads.cancel(place),
      closed: (place) => {
        if (this.#readers.delete(id)) {
          this.#search.idle.end();
        }
        if (place) {
          this.#downloads.readerLeft(place);
        }
      },
    });
    this.#readers.set(id, reader);
    this.#search.idle.begin();
    void reader.start();
    return reader;
  }

  async list(region: string, question: CatalogQuestion): Promise<CatalogListing | undefined> {
    const includesDeprecated = this.#options.includeDeprecated();
    const pages = await this.#listers.list(await this.#quietPlace(region), question);
    return pages && { pages, includesDeprecated };
  }

  async byIds(region: string, ids: readonly string[]): Promise<readonly CatalogRow[]> {
    return this.#listers.byIds(await this.#quietPlace(region), ids);
  }

  async clear(): Promise<void> {
    const names = await readdir(this.#options.folder).catch(() => []);
    const stores = new Set(names.flatMap((name) => /^.*\.sqlite(?=(?:\.damaged(?:-.*)?)?$)/.exec(name)?.[0] ?? []));
    const files = [...stores].map((name) => join(this.#options.folder, name));
    await this.#search.idle.during(() => this.#search.requests.send('clear', { files }));
    for (const reader of this.#readers.values()) {
      reader.fail(undefined);
    }
  }

  /** Whether the editor waits for a call of its own, which comes before the download's. */
  setBusy(busy: boolean): void {
    ignoreRejection(this.#download.runningRequests?.send('busy', { busy }));
  }

  async dispose(): Promise<void> {
    this.#listers.dispose();
    this.#readers.clear();
    await Promise.all([this.#search.dispose(), this.#download.dispose()]);
  }

  async #place(region: string): Promise<Place> {
    return this.#placeIn(await this.#options.connection(), region);
  }

  /** Starts the thread where a download is likely to come: it takes as long to start as the store takes to be read. */
  #prepareDownload({ file }: Place, opened: Promise<unknown>): Promise<void> {
    return this.#download.idle.during(async () => {
      const changed = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined,
      );
      if (changed === undefined || Date.now() - changed > staleAfter) {
        this.#download.start();
        await opened.catch(() => undefined);
      }
    });
  }

  async #quietPlace(region: string): Promise<Place> {
    return this.#placeIn(await this.#options.quietConnection(), region);
  }

  #placeIn(connection: Connection, region: string): Place {
    const { folder, includeDeprecated } = this.#options;
    return placeOf(folder, connection.access(region), region, includeDeprecated());
  }

  async #runDownload(place: Place, whole: boolean, isCancelled: () => boolean): Promise<DownloadOutcome> {
    const { maxSize } = this.#options;
    const connection = await this.#options.connection();
    // The user may have switched the connection: images of one endpoint never get into the store of another.
    if (isCancelled() || this.#placeIn(connection, place.region).file !== place.file) {
      return { kind: 'cancelled' };
    }
    const includeDeprecated = this.#options.includeDeprecated();
    this.#connections.set(placeKey(place), connection);
    const network = await connection.network(place.region);
    const outcome = await this.#download.idle.during(() =>
      this.#download.requests.send('download', {
        ...place,
        access: connection.access(place.region),
        owner: this.#owner,
        whole,
        includeDeprecated,
        maxSize: maxSize(),
        network,
      }),
    );
    return explain(outcome, connection);
  }

  /** Credentials of the connection with which a download has begun, since others are not meant for its endpoint. */
  async #credentials(place: Place, refused?: string): Promise<Credentials | { readonly failure: CatalogFailure }> {
    try {
      const connection = this.#connections.get(placeKey(place)) ?? (await this.#options.connection());
      return await connection.credentials(refused);
    } catch (error) {
      return { failure: toCatalogFailure(error) };
    }
  }

  #fail(place: Place, failure: CatalogFailure | undefined, retrying: boolean): void {
    for (const reader of this.#readers.values()) {
      if (reader.isOf(place)) {
        reader.fail(failure, retrying);
      }
    }
  }

  #startSearch(ended: ThreadEnded): Thread<SearchRequests> {
    return startThread<SearchRequests, SearchNotifications, Record<never, never>>(
      this.#options.threads.search,
      searchLimits,
      {
        status: ({ reader, status }) => this.#readers.get(reader)?.receive(status),
        failed: ({ reader, failure }) => this.#readers.get(reader)?.fail(failure),
      },
      {},
      ended,
    );
  }

  #searchDied(message: string, hadAnswered: boolean): void {
    for (const reader of this.#readers.values()) {
      reader.threadEnded(message);
      if (hadAnswered) {
        ignoreRejection(reader.reopen());
      }
    }
  }

  #startDownload(ended: ThreadEnded): Thread<DownloadRequests> {
    return startThread<DownloadRequests, DownloadNotifications, DownloadQuestions>(
      this.#options.threads.download,
      downloadLimits,
      {
        progress: ({ progress, ...place }) => {
          this.#downloads.receive(place, progress);
          ignoreRejection(this.#search.runningRequests?.send('changed', { ...place, isEnd: false }));
        },
      },
      { credentials: ({ refused, ...place }) => this.#credentials(place, refused) },
      ended,
    );
  }
}

/** Explains an error by asking other regions, which the thread does not know. */
async function explain(outcome: DownloadOutcome, { ec2 }: Connection): Promise<DownloadOutcome> {
  if (outcome.kind !== 'failed' || outcome.failure.kind !== 'ami') {
    return outcome;
  }
  const { said, ...details } = outcome.failure.error;
  return { kind: 'failed', failure: toCatalogFailure(await ec2.explain(new AmiError(said, details))) };
}
