import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import { AmiError } from '../core/errors.ts';
import type { Publisher } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import { foreignEndpoint } from '../ec2/endpoint.ts';
import type { Connection, Credentials, EndpointAccess } from '../ec2/port.ts';
import type { CatalogRow } from '../protocol/catalog.ts';
import { Downloads } from './downloads.ts';
import { toCatalogFailure } from './failure.ts';
import { Idle } from './idle.ts';
import type { CatalogFailure, CatalogListing, CatalogPort, CatalogQuestion, RegionCatalog, UnderWay } from './port.ts';
import { Reader } from './reader.ts';
import type { ListedPart } from './search/regionSearch.ts';
import type {
  DownloadNotifications,
  DownloadOutcome,
  DownloadQuestions,
  DownloadRequests,
  Place,
  SearchNotifications,
  SearchRequests,
} from './threads/contracts.ts';
import { quietly, startThread, type Thread } from './threads/startThread.ts';

export interface CatalogOptions {
  /** The folder of the stores; made when it is needed. */
  readonly folder: string;
  /** The files of the threads. */
  readonly threads: { readonly search: string | URL; readonly download: string | URL };
  /** The connection in force; rejects where there is none. */
  readonly connection: () => Promise<Connection>;
  /** Whether the catalogs have deprecated images, too. */
  readonly includeDeprecated: () => boolean;
  /** Bytes that a store may take. */
  readonly maxSize: () => number;
  /** How long (ms) the threads stay when nobody looks at a catalog, or downloads. */
  readonly searchIdle?: number;
  readonly downloadIdle?: number;
}

/** What it makes is either large and stays or gone at once: more room for it would only be kept and not used. */
const searchLimits: ResourceLimits = { maxYoungGenerationSizeMb: 6 };

/** More room would be taken at once, and make nothing faster. */
export const downloadLimits: ResourceLimits = { maxYoungGenerationSizeMb: 48 };

/** Who closes a panel may open it again; 250,000 images take some 80 MB, and a quarter of a second to be there again. */
const usualSearchIdle = 5 * 60_000;

/** What a download has taken goes back to the system with its thread only: hundreds of MB. */
const usualDownloadIdle = 5_000;

/** The public catalogs, as the extension host sees them: all that takes time is done in threads, which start when needed. */
export class Catalog implements CatalogPort {
  readonly #options: CatalogOptions;
  /** Names this window in the stores. */
  readonly #owner = randomUUID();
  readonly #readers = new Map<number, Reader>();
  readonly #listers = new Map<string, Lister>();
  readonly #downloads: Downloads;
  /** With which each download has begun. */
  readonly #connections = new Map<string, Connection>();
  #search: Thread<SearchRequests> | undefined;
  #download: Thread<DownloadRequests> | undefined;
  readonly #searchIdle: Idle;
  readonly #downloadIdle: Idle;
  #lastReader = 0;
  #lastListing = 0;
  #openings = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#searchIdle = new Idle(options.searchIdle ?? usualSearchIdle, () => this.#endSearch());
    this.#downloadIdle = new Idle(options.downloadIdle ?? usualDownloadIdle, () => this.#endDownload());
    this.#downloads = new Downloads({
      run: (place, whole, isCancelled) => this.#runDownload(place, whole, isCancelled),
      cancel: (place) => quietly(this.#download?.requests.send('cancel', place)),
      isLookedAt: (place) => [...this.#readers.values()].some((reader) => !reader.isLister && reader.isOf(place)),
      failed: (place, failure, retrying) => this.#fail(place, failure, retrying),
      ended: (place) => quietly(this.#search?.requests.send('changed', place)),
    });
  }

  get underWay(): readonly UnderWay[] {
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
      search: () => this.#searchThread(),
      nextOpening: () => {
        this.#openings += 1;
        return this.#openings;
      },
      publishers,
      owner: this.#owner,
      isLister,
      download: (place, whole) => this.#downloads.start(place, whole),
      cancel: (place) => this.#downloads.cancel(place),
      closed: (place) => {
        if (this.#readers.delete(id)) {
          this.#searchIdle.end();
        }
        if (place) {
          this.#downloads.left(place);
        }
      },
    });
    this.#readers.set(id, reader);
    this.#searchIdle.begin();
    void reader.start();
    return reader;
  }

  async list(region: string, question: CatalogQuestion): Promise<CatalogListing | undefined> {
    const includesDeprecated = this.#options.includeDeprecated();
    const place = await this.#place(region);
    if (!existsSync(place.file) || !(await this.#ask(place, async (reader) => reader.isWhole))) {
      return undefined;
    }
    this.#lastListing += 1;
    const listing = this.#lastListing;
    const part = (start: number) => this.#ask(place, (reader) => reader.list(listing, question, start));
    return { pages: pagesOf(part), includesDeprecated };
  }

  async byIds(region: string, ids: readonly string[]): Promise<readonly CatalogRow[]> {
    const place = await this.#place(region);
    return existsSync(place.file) ? this.#ask(place, (reader) => reader.byIds(ids)) : [];
  }

  /** A question that no panel asks. */
  #ask<T>(place: Place, question: (reader: Reader) => Promise<T>): Promise<T> {
    const { reader, idle } = this.#lister(place);
    return idle.during(async () => {
      await reader.opened();
      return question(reader);
    });
  }

  /** One reader for all questions that no panel asks; it stays a while for the next ones. */
  #lister(place: Place): Lister {
    const key = keyOf(place);
    let lister = this.#listers.get(key);
    if (!lister) {
      const reader = this.#open(place.region, async () => place, [], true);
      const idle = new Idle(this.#options.searchIdle ?? usualSearchIdle, () => {
        this.#listers.delete(key);
        reader.close();
      });
      lister = { reader, idle };
      this.#listers.set(key, lister);
    }
    return lister;
  }

  async clear(): Promise<void> {
    const names = await readdir(this.#options.folder).catch(() => []);
    const stores = new Set(names.flatMap((name) => /^.*\.sqlite(?=(?:\.damaged(?:-.*)?)?$)/.exec(name)?.[0] ?? []));
    const files = [...stores].map((name) => join(this.#options.folder, name));
    await this.#searchIdle.during(() => this.#searchThread().requests.send('clear', { files }));
    for (const reader of this.#readers.values()) {
      reader.broke(undefined);
    }
  }

  /** The editor's own calls come before the download's. */
  setBusy(busy: boolean): void {
    quietly(this.#download?.requests.send('busy', { busy }));
  }

  async dispose(): Promise<void> {
    this.#searchIdle.dispose();
    this.#downloadIdle.dispose();
    for (const { idle } of this.#listers.values()) {
      idle.dispose();
    }
    this.#readers.clear();
    await Promise.all([this.#search?.worker.terminate(), this.#download?.worker.terminate()]);
  }

  /**
   * A partition's images are the same for every account, but not at every endpoint. What was downloaded without deprecated
   * images is not all with them: the two have stores of their own.
   */
  async #place(region: string): Promise<Place> {
    return this.#placeIn(await this.#options.connection(), region);
  }

  #placeIn(connection: Connection, region: string): Place {
    const deprecated = this.#options.includeDeprecated() ? '-with-deprecated' : '';
    const name = `${scopeOf(connection.access(region))}${partitionOf(region)}${deprecated}.sqlite`;
    return { file: join(this.#options.folder, name), region };
  }

  async #runDownload(place: Place, whole: boolean, isCancelled: () => boolean): Promise<DownloadOutcome> {
    const { maxSize } = this.#options;
    const connection = await this.#options.connection();
    // Nothing of one endpoint gets into the store of another, whatever the user has turned to meanwhile.
    if (isCancelled() || this.#placeIn(connection, place.region).file !== place.file) {
      return { kind: 'cancelled' };
    }
    const includeDeprecated = this.#options.includeDeprecated();
    this.#connections.set(keyOf(place), connection);
    const network = await connection.network(place.region);
    const outcome = await this.#downloadIdle.during(() =>
      this.#downloadThread().requests.send('download', {
        ...place,
        access: connection.access(place.region),
        owner: this.#owner,
        whole,
        includeDeprecated,
        maxSize: maxSize(),
        network,
      }),
    );
    return explained(outcome, connection);
  }

  /** Those of the connection with which a download has begun: they are not for any other endpoint. */
  async #credentials(place: Place, refused?: string): Promise<Credentials | { readonly failure: CatalogFailure }> {
    try {
      const connection = this.#connections.get(keyOf(place)) ?? (await this.#options.connection());
      return await connection.credentials(refused);
    } catch (error) {
      return { failure: toCatalogFailure(error) };
    }
  }

  #fail(place: Place, failure: CatalogFailure | undefined, retrying: boolean): void {
    for (const reader of this.#readers.values()) {
      if (reader.isOf(place)) {
        reader.broke(failure, retrying);
      }
    }
  }

  #searchThread(): Thread<SearchRequests> {
    this.#search ??= this.#startSearch();
    return this.#search;
  }

  #startSearch(): Thread<SearchRequests> {
    const thread = startThread<SearchRequests, SearchNotifications, Record<never, never>>(
      this.#options.threads.search,
      searchLimits,
      {
        status: ({ reader, status }) => this.#readers.get(reader)?.receive(status),
        failed: ({ reader, failure }) => this.#readers.get(reader)?.broke(failure),
      },
      {},
      (message, hadAnswered) => {
        if (this.#search === thread) {
          this.#search = undefined;
          for (const reader of this.#readers.values()) {
            reader.lost(message);
            if (hadAnswered) {
              quietly(reader.reopen());
            }
          }
        }
      },
    );
    return thread;
  }

  #endSearch(): void {
    const thread = this.#search;
    this.#search = undefined;
    void thread?.worker.terminate();
  }

  #downloadThread(): Thread<DownloadRequests> {
    this.#download ??= this.#startDownload();
    return this.#download;
  }

  #startDownload(): Thread<DownloadRequests> {
    const thread = startThread<DownloadRequests, DownloadNotifications, DownloadQuestions>(
      this.#options.threads.download,
      downloadLimits,
      {
        progress: ({ progress, ...place }) => {
          this.#downloads.receive(place, progress);
          quietly(this.#search?.requests.send('changed', place));
        },
      },
      { credentials: ({ refused, ...place }) => this.#credentials(place, refused) },
      () => {
        if (this.#download === thread) {
          this.#download = undefined;
        }
      },
    );
    return thread;
  }

  #endDownload(): void {
    const thread = this.#download;
    this.#download = undefined;
    void thread?.worker.terminate();
  }
}

interface Lister {
  readonly reader: Reader;
  readonly idle: Idle;
}

async function* pagesOf(part: (start: number) => Promise<ListedPart>): AsyncIterable<readonly CatalogRow[]> {
  for (let start: number | undefined = 0; start !== undefined; ) {
    const { rows, next }: ListedPart = await part(start);
    yield rows;
    start = next;
  }
}

/** The thread knows no other regions that could tell why this one refuses. */
async function explained(outcome: DownloadOutcome, { ec2 }: Connection): Promise<DownloadOutcome> {
  if (outcome.kind !== 'failed' || outcome.failure.kind !== 'ami') {
    return outcome;
  }
  const { message, ...details } = outcome.failure.error;
  return { kind: 'failed', failure: toCatalogFailure(await ec2.explain(new AmiError(message, details))) };
}

function keyOf({ file, region }: Place): string {
  return `${file}\0${region}`;
}

/** AWS's own endpoints, a VPC's among them, have the same images. */
function scopeOf(access: EndpointAccess): string {
  if (access.kind === 'sample') {
    return 'sample-';
  }
  const foreign = foreignEndpoint(access.endpoint);
  return foreign ? `endpoint-${createHash('sha256').update(foreign).digest('hex').slice(0, 12)}-` : '';
}
