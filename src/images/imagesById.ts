import type { CatalogPort } from '../catalog/port.ts';
import { AmiError } from '../core/errors.ts';
import { type Image, type ImageSummary, isWhole } from '../core/image.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import type { ImageReader, LaunchPermissions } from '../ec2/port.ts';
import { catalogImagesById } from './catalogImages.ts';
import { LaunchPermissionsById } from './launchPermissionsById.ts';
import { remember } from './remember.ts';

/** How long (ms) a question waits for others of its region: what is drawn at once is asked for at once. */
const gatherTime = 20;

/** How long (ms) an answer counts, unless whoever asks wants a newer one. */
const lifetime = 5 * 60_000;
const lifetimeWhileMade = 5_000;
const lifetimeOfMissing = 30_000;
const lifetimeOfDenial = 60_000;

/** How long (ms) a catalog may take to answer, which may have to be read first. */
const catalogWait = 2_000;

type Answer =
  | { readonly kind: 'found'; readonly image: Image }
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied'; readonly error: AmiError };

interface Kept {
  readonly answer: Answer;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Ids of one region that are asked for together. */
interface Batch {
  readonly ids: Set<string>;
  readonly abort: AbortController;
  readonly answers: Promise<ReadonlyMap<string, Image>>;
  /** Those who wait: where none is left, nothing is asked for any more. */
  waiting: number;
}

/** What EC2 has said of one image, and when (milliseconds since 1970). */
export interface ImageAnswer {
  /** Undefined where there is none, or none that may be seen. */
  readonly image: Image | undefined;
  readonly since: number;
}

export interface AskOptions {
  /** How old (ms) an answer may be; the usual lifetime unless given, and 0 where EC2 is to be asked in any case. */
  readonly maxAge?: number;
}

/**
 * The images of one connection by id: whoever wants to know an image asks here. Asks EC2 for many at once and for each id
 * once at a time; remembers what it has answered, that an image does not exist or that one may not ask. Listings, catalogs
 * and actions tell what they know.
 */
export class ImagesById {
  readonly #ec2: Pick<ImageReader, 'describeImages'>;
  readonly #launchPermissions: LaunchPermissionsById;
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  /** What only a catalog knows. */
  readonly #summaries = new Map<string, ImageSummary>();
  readonly #gathering = new Map<string, Batch>();
  readonly #asked = new Map<string, Batch>();

  /** @param now milliseconds since 1970 */
  constructor(
    ec2: Pick<ImageReader, 'describeImages' | 'describeLaunchPermissions'>,
    catalog: Pick<CatalogPort, 'byIds'>,
    now: () => number = Date.now,
  ) {
    this.#ec2 = ec2;
    this.#launchPermissions = new LaunchPermissionsById(ec2, now);
    this.#catalog = catalog;
    this.#now = now;
  }

  /**
   * The image, or undefined where there is none, or none that may be seen.
   *
   * @throws AmiError of the call, `access-denied` also from memory; `cancelled` when the signal is aborted
   */
  async get(ref: ImageRef, signal: AbortSignal, options: AskOptions = {}): Promise<Image | undefined> {
    return (await this.answer(ref, signal, options)).image;
  }

  /** The same, with the time of the answer. */
  async answer(ref: ImageRef, signal: AbortSignal, options: AskOptions = {}): Promise<ImageAnswer> {
    const key = refKey(ref);
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.since < Math.min(lifetimeOf(kept.answer), options.maxAge ?? lifetime)) {
      return { image: imageOf(kept.answer), since: kept.since };
    }
    const batch = this.#asked.get(key) ?? this.#gather(ref);
    batch.waiting += 1;
    try {
      const images = await unlessAborted(batch.answers, signal);
      return { image: images.get(ref.id), since: this.#now() };
    } catch (error) {
      throw signal.aborted ? cancelled(ref.region, error) : error;
    } finally {
      batch.waiting -= 1;
      if (batch.waiting === 0) {
        this.#close(ref.region, batch);
      }
    }
  }

  /** What EC2 has answered last, however long ago; undefined where it has not been asked, or not answered. */
  lastAnswer(ref: ImageRef): ImageAnswer | undefined {
    const kept = this.#kept.get(refKey(ref));
    return kept && kept.answer.kind !== 'denied' ? { image: imageOf(kept.answer), since: kept.since } : undefined;
  }

  /** Those that exist and may be seen, in the order asked for; one that cannot be asked for fails them all. */
  async getAll(refs: readonly ImageRef[], signal: AbortSignal, options: AskOptions = {}): Promise<readonly Image[]> {
    const images = await Promise.all(refs.map((ref) => this.get(ref, signal, options)));
    return images.filter((image) => image !== undefined);
  }

  /**
   * Who may launch an image that the account owns.
   *
   * @throws AmiError of the call, `access-denied` also from memory
   */
  launchPermissions(ref: ImageRef, signal: AbortSignal, options: AskOptions = {}): Promise<LaunchPermissions> {
    return this.#launchPermissions.get(ref, signal, options);
  }

  /** What is known without a call, however old. */
  known(ref: ImageRef): ImageSummary | undefined {
    const answer = this.#kept.get(refKey(ref))?.answer;
    return answer?.kind === 'found' ? answer.image : this.#summaries.get(refKey(ref));
  }

  /** The one of these regions that is known to have an image of this id. Whole ids are given out once, so no other has it. */
  knownRegion(id: string, regions: readonly string[]): string | undefined {
    return regions.find((region) => this.known({ region, id }) !== undefined);
  }

  /** What is known of each without a call to EC2: here, or in its region's catalog where EC2 has not said that it is gone. */
  async recall(refs: readonly ImageRef[]): Promise<readonly (ImageSummary | undefined)[]> {
    const unknown = refs.filter((ref) => !this.known(ref) && this.#kept.get(refKey(ref))?.answer.kind !== 'missing');
    const regions = new Set(unknown.map(({ region }) => region));
    await Promise.all(
      Array.from(regions, (region) =>
        this.#readCatalog(
          region,
          unknown.filter((ref) => ref.region === region).map(({ id }) => id),
        ),
      ),
    );
    return refs.map((ref) => this.known(ref));
  }

  async #readCatalog(region: string, ids: readonly string[]): Promise<void> {
    const answer = catalogImagesById(this.#catalog, region, ids);
    this.learn(await unlessAborted(answer, AbortSignal.timeout(catalogWait)).catch(() => []));
  }

  /** Somebody has listed these. */
  learn(images: readonly ImageSummary[]): void {
    for (const image of images) {
      if (isWhole(image)) {
        this.#keep(refKey(image), { kind: 'found', image });
      } else {
        remember(this.#summaries, refKey(image), image);
      }
    }
  }

  /** The image has been changed, or may have been: what is known of it counts no longer, nor what is being answered. */
  forget(ref: ImageRef): void {
    const key = refKey(ref);
    this.#kept.delete(key);
    this.#asked.delete(key);
    this.#launchPermissions.forget(ref);
  }

  /** Nobody waits for it: whoever asks from now on asks anew. */
  #close(region: string, batch: Batch): void {
    batch.abort.abort();
    if (this.#gathering.get(region) === batch) {
      this.#gathering.delete(region);
    }
    for (const id of batch.ids) {
      this.#end({ region, id }, batch);
    }
  }

  #end(ref: ImageRef, batch: Batch): void {
    if (this.#asked.get(refKey(ref)) === batch) {
      this.#asked.delete(refKey(ref));
    }
  }

  #gather(ref: ImageRef): Batch {
    const { region, id } = ref;
    const gathering = this.#gathering.get(region) ?? this.#begin(region);
    gathering.ids.add(id);
    this.#asked.set(refKey(ref), gathering);
    return gathering;
  }

  #begin(region: string): Batch {
    const ids = new Set<string>();
    const abort = new AbortController();
    const answers = new Promise<void>((resolve) => {
      setTimeout(resolve, gatherTime);
    }).then(() => this.#ask(region, batch));
    const batch: Batch = { ids, abort, answers, waiting: 0 };
    // Where nobody waits any more, nobody hears of a failure.
    answers.catch(() => undefined);
    this.#gathering.set(region, batch);
    return batch;
  }

  async #ask(region: string, batch: Batch): Promise<ReadonlyMap<string, Image>> {
    const { ids, abort } = batch;
    if (abort.signal.aborted) {
      throw cancelled(region, abort.signal.reason);
    }
    this.#gathering.delete(region);
    const isCurrent = (id: string) => this.#asked.get(refKey({ region, id })) === batch;
    try {
      const found = await this.#ec2.describeImages(region, [...ids], abort.signal);
      const images = new Map(found.map((image) => [image.id, image]));
      for (const id of [...ids].filter(isCurrent)) {
        const image = images.get(id);
        this.#keep(refKey({ region, id }), image ? { kind: 'found', image } : { kind: 'missing' });
      }
      return images;
    } catch (error) {
      if (error instanceof AmiError && error.kind === 'access-denied') {
        for (const id of [...ids].filter(isCurrent)) {
          this.#keep(refKey({ region, id }), { kind: 'denied', error });
        }
      }
      throw error;
    } finally {
      for (const id of ids) {
        this.#end({ region, id }, batch);
      }
    }
  }

  #keep(key: string, answer: Answer): void {
    remember(this.#kept, key, { answer, since: this.#now() });
    if (answer.kind !== 'denied') {
      this.#summaries.delete(key);
    }
  }
}

function cancelled(region: string, cause: unknown): AmiError {
  return new AmiError('Cancelled.', { kind: 'cancelled', operation: 'DescribeImages', region, cause });
}

function imageOf(answer: Answer): Image | undefined {
  switch (answer.kind) {
    case 'found':
      return answer.image;
    case 'missing':
      return undefined;
    case 'denied':
      throw answer.error;
  }
}

function lifetimeOf(answer: Answer): number {
  switch (answer.kind) {
    case 'found':
      return answer.image.state === 'pending' || answer.image.state === 'transient' ? lifetimeWhileMade : lifetime;
    case 'missing':
      return lifetimeOfMissing;
    case 'denied':
      return lifetimeOfDenial;
  }
}
