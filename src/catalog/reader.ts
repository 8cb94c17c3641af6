import type { Publisher } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import type { CatalogQuery, CatalogRow } from '../protocol/catalog.ts';
import type { Requests } from '../protocol/rpc.ts';
import { ignoreRejection } from '../threads/startThread.ts';
import { fromCatalogFailure, toCatalogFailure } from './failure.ts';
import type {
  CatalogFailure,
  CatalogQuestion,
  RegionCatalog,
  RegionStatus,
  SearchAnswer,
  SearchSuggestions,
} from './port.ts';
import type { ListedPart } from './search/regionSearch.ts';
import type { Place, SearchRequests, StoredStatus } from './threads/contracts.ts';

export interface ReaderParts {
  readonly id: number;
  readonly region: string;
  readonly place: () => Promise<Place>;
  readonly search: () => Requests<SearchRequests>;
  /** A number for each opening of a catalog, counted over all readers. */
  readonly nextOpening: () => number;
  readonly publishers: readonly Publisher[];
  /** Identifies this window in the stores. */
  readonly owner: string;
  /** Whether it answers questions that no panel asks. */
  readonly isLister: boolean;
  /** Called when the store begins to be read; `opened` settles when that has ended. */
  readonly opening: (place: Place, opened: Promise<unknown>) => void;
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

/** Each opening has its own range of versions: an answer of an earlier opening is never taken for current. */
const versionsOfOpening = 1_000_000;

/** The rows of one part of a listing: few enough to send between threads without delaying either. */
const rowsAtOnce = 300;

/** One reader's view of a region's catalog, which asks the thread that searches. */
export class Reader implements RegionCatalog {
  readonly region: string;
  readonly #parts: ReaderParts;
  readonly #listeners = new Set<() => void>();
  #status: RegionStatus = unknown;
  #place: Place | undefined;
  #opened: Promise<unknown> = Promise.resolve();
  #opening = 0;
  #isClosed = false;

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
    return opening.catch((error: unknown) => this.fail(toCatalogFailure(error)));
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

  /**
   * Resolves once the catalog is open. Tries again if it could not be opened before, and rejects if it still cannot.
   */
  opened(): Promise<unknown> {
    return this.#opened.catch(() => this.reopen());
  }

  /** Whether the whole region was downloaded. */
  get isWhole(): boolean {
    return this.#status.completed !== undefined;
  }

  /** The next part of a listing. */
  async list(listing: number, question: CatalogQuestion, start: number): Promise<ListedPart> {
    const requests = await this.#ready();
    return requests.send('list', { reader: this.#parts.id, listing, question, start, count: rowsAtOnce });
  }

  download({ whole = false } = {}): void {
    void this.opened()
      .then(() => this.#place && !this.#isClosed && this.#parts.download(this.#place, whole))
      .catch(() => undefined);
  }

  cancel(): void {
    if (this.#place) {
      this.#parts.cancel(this.#place);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#parts.closed(this.#place);
    if (this.#place) {
      ignoreRejection(this.#parts.search().send('close', { reader: this.#parts.id }));
    }
  }

  receive(status: StoredStatus): void {
    const { download, ...stored } = status;
    const { owner, ...progress } = download ?? { owner: '' };
    this.#change({
      ...stored,
      version: this.#opening * versionsOfOpening + stored.version,
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

  fail(failure: CatalogFailure | undefined, retrying = false): void {
    this.#change({ ...this.#status, failure, retrying });
  }

  /** The thread has ended: questions are rejected until the catalog is opened again. */
  threadEnded(message: string): void {
    this.#opened = Promise.reject(new Error(message));
    this.#opened.catch(() => undefined);
    this.fail({ kind: 'other', message });
  }

  /** Rejects if the catalog still cannot be opened; the status has the failure, too. */
  async reopen(): Promise<void> {
    await this.start();
    await this.#opened;
    this.fail(undefined);
  }

  async #open(): Promise<void> {
    const { id, place, publishers, region, search, nextOpening, opening } = this.#parts;
    const found = await place();
    if (this.#isClosed) {
      return;
    }
    this.#place = found;
    this.#opening = nextOpening();
    const opened = search().send('open', { reader: id, ...found, partition: partitionOf(region), publishers });
    opening(found, opened);
    const status = await opened;
    if ('failure' in status) {
      throw fromCatalogFailure(status.failure);
    }
    this.receive(status);
  }

  async #ready(): Promise<Requests<SearchRequests>> {
    await this.#opened;
    return this.#parts.search();
  }

  #change(status: RegionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
