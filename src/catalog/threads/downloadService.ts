import { AmiError } from '../../core/errors.ts';
import type { ImageSink } from '../../ec2/answers/imageDraft.ts';
import type { ImagePage } from '../../ec2/answers/readImages.ts';
import type { Credentials, EndpointAccess, NetworkAccess } from '../../ec2/port.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import { downloadRegion } from '../download/download.ts';
import type { RequestPage } from '../download/downloadParts.ts';
import { toStoreFailure } from '../failure.ts';
import { placeKey } from '../places.ts';
import { SegmentBuilder } from '../segmentBuilder.ts';
import { type DownloadProgress, noProgress } from '../store/downloadProgress.ts';
import { identityOf, isDamage, openStore, setAsideStore } from '../store/openStore.ts';
import { CatalogStore } from '../store/store.ts';
import { DownloadLostError, StoreGoneError } from '../store/storeErrors.ts';
import type { DownloadOutcome, DownloadRequests, Place } from './contracts.ts';

/** Asks EC2 for pages of a region's images. */
export interface PageSource {
  page<S extends ImageSink>(
    question: Parameters<RequestPage>[0],
    signal: AbortSignal,
    begin: () => S,
  ): Promise<ImagePage<S>>;
  close(): void;
}

export interface PageSourceOptions {
  readonly access: EndpointAccess;
  readonly region: string;
  readonly includeDeprecated: boolean;
  readonly credentials: () => Promise<Credentials>;
  readonly network: NetworkAccess;
}

export interface DownloadServiceParts {
  readonly now: () => number;
  readonly openPages: (options: PageSourceOptions) => Promise<PageSource>;
  /** Rejects with AmiError. With `refusedKeyId`: credentials other than those that EC2 has refused. */
  readonly credentials: (place: Place, refusedKeyId?: string) => Promise<Credentials>;
  readonly progress: (place: Place, progress: DownloadProgress) => void;
}

/** The timeout (ms) for the editor's own calls, during which no page is asked for. */
const busyTimeout = 5_000;

export class DownloadService {
  readonly #parts: DownloadServiceParts;
  readonly #running = new Map<string, AbortController>();
  #busy = false;
  #resume: (() => void)[] = [];

  constructor(parts: DownloadServiceParts) {
    this.#parts = parts;
  }

  handlers(): Handlers<DownloadRequests> {
    return {
      download: (params) => this.#download(params),
      cancel: (place) => this.#running.get(placeKey(place))?.abort(),
      busy: ({ busy }) => {
        this.#busy = busy;
        if (!busy) {
          for (const resume of this.#resume.splice(0)) {
            resume();
          }
        }
      },
    };
  }

  async #download(params: Parameters<DownloadRequests['download']>[0]): Promise<DownloadOutcome> {
    const { file, region } = params;
    const key = placeKey({ file, region });
    const abort = new AbortController();
    if (this.#running.has(key)) {
      return { kind: 'elsewhere' };
    }
    this.#running.set(key, abort);
    try {
      return await this.#downloadInto(params, abort.signal).catch((error: unknown) => {
        // A damaged file was set aside, or the file removed: the download starts again in a new one.
        if (!(isDamage(error) || error instanceof StoreGoneError) || abort.signal.aborted) {
          throw error;
        }
        return this.#downloadInto(params, abort.signal);
      });
    } catch (error) {
      if (abort.signal.aborted) {
        return { kind: 'cancelled' };
      }
      return error instanceof DownloadLostError
        ? { kind: 'elsewhere' }
        : { kind: 'failed', failure: toStoreFailure(error, file) };
    } finally {
      this.#running.delete(key);
    }
  }

  async #downloadInto(
    params: Parameters<DownloadRequests['download']>[0],
    signal: AbortSignal,
  ): Promise<DownloadOutcome> {
    const { file, region, owner, maxSize } = params;
    const store = new CatalogStore(openStore(file).db);
    const identity = identityOf(file);
    const isInPlace = () => identityOf(file) === identity;
    let isDamaged = false;
    try {
      if (!store.claim(region, owner, this.#parts.now(), noProgress)) {
        return { kind: 'elsewhere' };
      }
      dropOthers(store, region, maxSize);
      await this.#withPages(params, store, isInPlace, signal);
      if (!isInPlace()) {
        throw new StoreGoneError();
      }
      dropOthers(store, region, maxSize);
      return { kind: 'done' };
    } catch (error) {
      isDamaged = isDamage(error);
      // In a file that another window has put in this one's place there is no claim of this download.
      throw error instanceof DownloadLostError && !isInPlace() ? new StoreGoneError() : error;
    } finally {
      release(store, region, owner);
      if (isDamaged && isInPlace()) {
        setAsideStore(file);
      }
    }
  }

  /** Asks for credentials once more if they have expired: the user may have signed in again. */
  async #withPages(
    { file, region, access, network, owner, whole, includeDeprecated }: Parameters<DownloadRequests['download']>[0],
    store: CatalogStore,
    isStoreInPlace: () => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    let keyId: string | undefined;
    for (let refusedKeyId: string | undefined; ; refusedKeyId = keyId) {
      let refused = refusedKeyId;
      const pages = await this.#parts.openPages({
        access,
        region,
        includeDeprecated,
        network,
        credentials: async () => {
          const credentials = this.#parts.credentials({ file, region }, refused);
          refused = undefined;
          keyId = (await credentials).accessKeyId;
          return credentials;
        },
      });
      try {
        await downloadRegion(
          {
            store,
            isStoreInPlace,
            region,
            owner,
            now: this.#parts.now,
            signal,
            ask: (question, asked) => pages.page(question, asked, () => new SegmentBuilder()),
            onProgress: (progress) => this.#parts.progress({ file, region }, progress),
            idle: () => this.#idle(),
          },
          { whole },
        );
        return;
      } catch (error) {
        const isFirst = refusedKeyId === undefined && keyId !== undefined;
        if (!isFirst || !(error instanceof AmiError) || error.kind !== 'credentials-expired') {
          throw error;
        }
      } finally {
        pages.close();
      }
    }
  }

  #idle(): Promise<void> {
    if (!this.#busy) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, busyTimeout);
      this.#resume.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function release(store: CatalogStore, region: string, owner: string): void {
  try {
    store.release(region, owner);
  } catch {
    // The outcome already reports a store that cannot be written. Other windows see that the heartbeat has stopped.
  }
  store.close();
}

/** Drops regions until the store fits its size, those that were not used for longest first. */
function dropOthers(store: CatalogStore, downloaded: string, maxSize: number): void {
  for (const { name } of [...store.regions()].reverse()) {
    if (store.size() > maxSize && name !== downloaded && !store.download(name)) {
      store.drop(name);
    }
  }
}
