import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { Publisher } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import type { Connection, EndpointAccess } from '../ec2/port.ts';
import type { CatalogQuery, CatalogRow } from '../protocol/catalog.ts';
import { type Contract, type Handlers, listen, Requests, serve } from '../protocol/rpc.ts';
import { Downloads } from './downloads.ts';
import { toCatalogFailure } from './failure.ts';
import type {
  CatalogFailure,
  CatalogPort,
  CatalogQuestion,
  RegionCatalog,
  RegionStatus,
  SearchAnswer,
  UnderWay,
} from './port.ts';
import type { SearchSuggestions } from './search/regionSearch.ts';
import type {
  DownloadNotifications,
  DownloadOutcome,
  DownloadQuestions,
  DownloadRequests,
  Place,
  SearchNotifications,
  SearchRequests,
  StoredStatus,
} from './threads/contracts.ts';

export interface CatalogOptions {
  /** The folder of the stores; made when it is needed. */
  readonly folder: string;
  /** The files of the threads. */
  readonly threads: { readonly search: string | URL; readonly download: string | URL };
  /** The connection in force; rejects where there is none. */
  readonly connection: () => Promise<Connection>;
  /** Bytes that a store may take. */
  readonly maxSize: () => number;
  readonly proxyEnv: () => Readonly<Record<string, string>>;
}

/** The public catalogs, as the extension host sees them: all that takes time is done in threads, which start when needed. */
export class Catalog implements CatalogPort {
  readonly #options: CatalogOptions;
  /** Names this window in the stores. */
  readonly #owner = randomUUID();
  readonly #readers = new Map<number, Reader>();
  readonly #listers = new Map<string, Reader>();
  readonly #downloads: Downloads;
  #search: Thread<SearchRequests> | undefined;
  #download: Thread<DownloadRequests> | undefined;
  #lastReader = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#downloads = new Downloads({
      run: (place, whole) => this.#runDownload(place, whole),
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
      publishers,
      owner: this.#owner,
      isLister,
      download: (place, whole) => this.#downloads.start(place, whole),
      cancel: (place) => this.#downloads.cancel(place),
      closed: (place) => {
        this.#readers.delete(id);
        if (place) {
          this.#downloads.left(place);
        }
      },
    });
    this.#readers.set(id, reader);
    void reader.start();
    return reader;
  }

  async list(region: string, question: CatalogQuestion): Promise<AsyncIterable<readonly CatalogRow[]> | undefined> {
    const place = await this.#place(region);
    if (!existsSync(place.file)) {
      return undefined;
    }
    const reader = this.#lister(place);
    return (await reader.isWhole()) ? reader.list(question) : undefined;
  }

  /** One reader for all questions that no panel asks; it stays for the next ones. */
  #lister(place: Place): Reader {
    const key = `${place.file}\0${place.region}`;
    let reader = this.#listers.get(key);
    if (!reader) {
      reader = this.#open(place.region, async () => place, [], true);
      this.#listers.set(key, reader);
    }
    return reader;
  }

  async clear(): Promise<void> {
    const names = await readdir(this.#options.folder).catch(() => []);
    const files = names.filter((name) => name.endsWith('.sqlite')).map((name) => join(this.#options.folder, name));
    await this.#searchThread().requests.send('clear', { files });
    for (const reader of this.#readers.values()) {
      reader.broke(undefined);
    }
  }

  /** The editor's own calls come before the download's. */
  setBusy(busy: boolean): void {
    quietly(this.#download?.requests.send('busy', { busy }));
  }

  async dispose(): Promise<void> {
    this.#readers.clear();
    await Promise.all([this.#search?.worker.terminate(), this.#download?.worker.terminate()]);
  }

  /** A partition's images are the same for every account, but not at every endpoint. */
  async #place(region: string): Promise<Place> {
    const { access } = await this.#options.connection();
    return { file: join(this.#options.folder, `${scopeOf(access)}${partitionOf(region)}.sqlite`), region };
  }

  async #runDownload(place: Place, whole: boolean): Promise<DownloadOutcome> {
    const { maxSize, proxyEnv, connection } = this.#options;
    const { access } = await connection();
    return this.#downloadThread().requests.send('download', {
      ...place,
      access,
      owner: this.#owner,
      whole,
      maxSize: maxSize(),
      proxyEnv: proxyEnv(),
    });
  }

  #fail(place: Place, failure: CatalogFailure | undefined, retrying: boolean): void {
    for (const reader of this.#readers.values()) {
      if (reader.isOf(place)) {
        reader.broke(failure, retrying);
      }
    }
  }

  #searchThread(): Thread<SearchRequests> {
    this.#search ??= startThread<SearchRequests, SearchNotifications, Record<never, never>>(
      this.#options.threads.search,
      // What it makes is either large and stays or gone at once: more room for it would only be kept and not used.
      { maxYoungGenerationSizeMb: 6 },
      {
        status: ({ reader, status }) => this.#readers.get(reader)?.receive(status),
        failed: ({ reader, message }) => this.#readers.get(reader)?.broke({ kind: 'other', message }),
      },
      {},
      (message) => {
        this.#search = undefined;
        for (const reader of this.#readers.values()) {
          reader.broke({ kind: 'other', message });
          void reader.start();
        }
      },
    );
    return this.#search;
  }

  #downloadThread(): Thread<DownloadRequests> {
    this.#download ??= startThread<DownloadRequests, DownloadNotifications, DownloadQuestions>(
      this.#options.threads.download,
      {},
      {
        progress: ({ progress, ...place }) => {
          this.#downloads.receive(place, progress);
          quietly(this.#search?.requests.send('changed', place));
        },
      },
      { credentials: async ({ fresh }) => (await this.#options.connection()).credentials(fresh) },
      () => {
        this.#download = undefined;
      },
    );
    return this.#download;
  }
}

function scopeOf(access: EndpointAccess): string {
  if (access.kind === 'sample') {
    return 'sample-';
  }
  return access.endpoint === undefined
    ? ''
    : `endpoint-${createHash('sha256').update(access.endpoint).digest('hex').slice(0, 12)}-`;
}

/** For what nobody waits for: that the thread has ended is told by its end. */
function quietly(promise: Promise<unknown> | undefined): void {
  promise?.catch(() => undefined);
}

interface Thread<R extends Contract<R>> {
  readonly worker: Worker;
  readonly requests: Requests<R>;
}

/** Every question to a thread that dies is answered: by its end. */
function startThread<R extends Contract<R>, N extends Contract<N>, Q extends Contract<Q>>(
  file: string | URL,
  resourceLimits: ResourceLimits,
  notifications: Handlers<N>,
  questions: Handlers<Q>,
  ended: (message: string) => void,
): Thread<R> {
  const worker = new Worker(file, { stdout: false, stderr: false, resourceLimits });
  // The editor may end whatever its threads do: all that they write is written at once or not at all.
  worker.unref();
  const post = (message: unknown) => worker.postMessage(message);
  const requests = new Requests<R>(post);
  const notified = listen<N>(notifications);
  const asked = serve<Q>(questions, post, (error) => (error instanceof Error ? error.message : String(error)));
  worker.on('message', (message: unknown) => {
    requests.receive(message);
    notified(message);
    void asked(message);
  });
  let reason = 'The thread has ended.';
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', () => {
    requests.end(reason);
    ended(reason);
  });
  return { worker, requests };
}

interface ReaderParts {
  readonly id: number;
  readonly region: string;
  readonly place: () => Promise<Place>;
  readonly search: () => Thread<SearchRequests>;
  readonly publishers: readonly Publisher[];
  readonly owner: string;
  /** Answers questions that no panel asks. */
  readonly isLister: boolean;
  readonly download: (place: Place, whole: boolean) => void;
  readonly cancel: (place: Place) => void;
  readonly closed: (place: Place | undefined) => void;
}

const unknown: RegionStatus = {
  images: undefined,
  completed: undefined,
  asOf: undefined,
  left: undefined,
  download: undefined,
  abandoned: false,
  failure: undefined,
  retrying: false,
  setAside: undefined,
  version: 0,
};

/** So many rows pass from thread to thread without holding either up. */
const rowsAtOnce = 300;

class Reader implements RegionCatalog {
  readonly region: string;
  readonly #parts: ReaderParts;
  readonly #listeners = new Set<() => void>();
  #status: RegionStatus = unknown;
  #place: Place | undefined;
  #opened: Promise<unknown> = Promise.resolve();

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.region = parts.region;
  }

  get status(): RegionStatus {
    return this.#status;
  }

  start(): Promise<void> {
    const opening = this.#open();
    this.#opened = opening;
    return opening.catch((error: unknown) => this.broke(toCatalogFailure(error)));
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async query(query: CatalogQuery, start: number, count: number): Promise<SearchAnswer> {
    return (await this.#ready()).send('query', { reader: this.#parts.id, query, start, count });
  }

  async rows(start: number, count: number): Promise<readonly CatalogRow[]> {
    return (await this.#ready()).send('rows', { reader: this.#parts.id, start, count });
  }

  async suggest(text: string, cursor: number): Promise<SearchSuggestions> {
    return (await this.#ready()).send('suggest', { reader: this.#parts.id, text, cursor });
  }

  async byIds(ids: readonly string[]): Promise<readonly CatalogRow[]> {
    return (await this.#ready()).send('byIds', { reader: this.#parts.id, ids });
  }

  /** Whether all of the region is there. */
  async isWhole(): Promise<boolean> {
    await this.#opened.catch(() => undefined);
    return this.#status.completed !== undefined;
  }

  async *list(question: CatalogQuestion): AsyncIterable<readonly CatalogRow[]> {
    for (let start = 0; ; start += rowsAtOnce) {
      const requests = await this.#ready();
      const rows = await requests.send('list', { reader: this.#parts.id, question, start, count: rowsAtOnce });
      yield rows;
      if (rows.length < rowsAtOnce) {
        return;
      }
    }
  }

  download({ whole = false } = {}): void {
    void this.#opened
      // What kept the catalog from being opened may be gone by now.
      .catch(() => this.#reopen())
      .then(() => this.#place && this.#parts.download(this.#place, whole))
      .catch(() => undefined);
  }

  cancel(): void {
    if (this.#place) {
      this.#parts.cancel(this.#place);
    }
  }

  close(): void {
    this.#listeners.clear();
    this.#parts.closed(this.#place);
    if (this.#place) {
      quietly(this.#parts.search().requests.send('close', { reader: this.#parts.id }));
    }
  }

  receive(status: StoredStatus): void {
    const { download, ...stored } = status;
    const { owner, ...progress } = download ?? { owner: '' };
    this.#change({
      ...stored,
      failure: this.#status.failure,
      retrying: this.#status.retrying,
      download: download && { ...(progress as Omit<typeof download, 'owner'>), elsewhere: owner !== this.#parts.owner },
    });
  }

  get isLister(): boolean {
    return this.#parts.isLister;
  }

  isOf(place: Place): boolean {
    return this.#place?.file === place.file && this.#place.region === place.region;
  }

  broke(failure: CatalogFailure | undefined, retrying = false): void {
    this.#change({ ...this.#status, failure, retrying });
  }

  async #reopen(): Promise<void> {
    await this.start();
    await this.#opened;
    this.broke(undefined);
  }

  async #open(): Promise<void> {
    const { id, place, publishers, region, search } = this.#parts;
    this.#place = await place();
    const status = await search().requests.send('open', {
      reader: id,
      ...this.#place,
      partition: partitionOf(region),
      publishers,
    });
    this.receive(status);
  }

  async #ready(): Promise<Requests<SearchRequests>> {
    await this.#opened;
    return this.#parts.search().requests;
  }

  #change(status: RegionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
