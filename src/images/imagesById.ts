import type { CatalogPort } from '../catalog/port.ts';
import { type Image, type ImageSummary, isFullImage } from '../core/image.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import type { ImageReader, LaunchPermissions } from '../ec2/port.ts';
import { type Answer, type AskOptions, CachedAnswers } from './cachedAnswers.ts';
import { catalogImagesById } from './catalogImages.ts';
import { GatheredAnswers } from './gatheredAnswers.ts';
import { setBounded } from './setBounded.ts';
import { sideBySide } from './sideBySide.ts';

/** In ms; callers that need a newer answer give `maxAge`. */
const lifetime = 5 * 60_000;
const lifetimeWhileMade = 5_000;
const lifetimeOfMissing = 30_000;
const lifetimeOfPermissions = 60_000;

/** In ms. A catalog may have to be read from disk before it answers. */
const catalogTimeout = 2_000;

/**
 * The images of one connection by id. Asks EC2 for many ids in one call and never for the same id twice at a time.
 * Caches images, ids that do not exist and refusals; listings and catalogs add what they have read with `learn`.
 */
export class ImagesById {
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  /** Undefined for an image that does not exist or is hidden from the account. */
  readonly #images: CachedAnswers<Image | undefined>;
  readonly #launchPermissions: CachedAnswers<LaunchPermissions>;
  /** Images from catalogs, which know less of them than EC2. */
  readonly #summaries = new Map<string, ImageSummary>();
  /** What was last known of each image, whether or not it still exists. */
  readonly #lastKnown = new Map<string, ImageSummary>();

  /** @param now milliseconds since 1970 */
  constructor(
    ec2: Pick<ImageReader, 'describeImages' | 'describeLaunchPermissions'>,
    catalog: Pick<CatalogPort, 'byIds'>,
    now: () => number = Date.now,
  ) {
    this.#catalog = catalog;
    const gathered = new GatheredAnswers<Image>(async (region, ids, signal) => {
      const images = await ec2.describeImages(region, ids, signal);
      return new Map(images.map((image) => [image.id, image]));
    });
    this.#images = new CachedAnswers({
      operation: 'DescribeImages',
      keyOf: refKey,
      ask: async (ref, signal) => {
        const image = await gathered.ask(ref, signal);
        // EC2 knows more of it, also that it does not exist.
        this.#summaries.delete(refKey(ref));
        if (image) {
          setBounded(this.#lastKnown, refKey(ref), image);
        }
        return image;
      },
      lifetimeOf,
      now,
    });
    this.#launchPermissions = new CachedAnswers({
      operation: 'DescribeImageAttribute',
      keyOf: refKey,
      ask: ({ region, id }, signal) => ec2.describeLaunchPermissions(region, id, signal),
      lifetimeOf: () => lifetimeOfPermissions,
      now,
    });
  }

  /**
   * Undefined for an image that does not exist or is hidden from the account.
   *
   * @throws AmiError of the call, `access-denied` also from memory; `cancelled` when the signal is aborted
   */
  async get(ref: ImageRef, signal: AbortSignal, options?: AskOptions): Promise<Image | undefined> {
    return (await this.getWithTime(ref, signal, options)).value;
  }

  /** `get` with the time of EC2's answer. */
  getWithTime(ref: ImageRef, signal: AbortSignal, options?: AskOptions): Promise<Answer<Image | undefined>> {
    return this.#images.get(ref, signal, options);
  }

  /** Whether `get` asks nothing. */
  isFresh(ref: ImageRef): boolean {
    return this.#images.isFresh(ref);
  }

  /** EC2's last answer, of any age; undefined where EC2 has given none. */
  cachedWithTime(ref: ImageRef): Answer<Image | undefined> | undefined {
    return this.#images.cached(ref);
  }

  /** The images that exist and may be seen, in the order of `refs`. Rejects where one of them cannot be asked for. */
  async getAll(refs: readonly ImageRef[], signal: AbortSignal, options?: AskOptions): Promise<readonly Image[]> {
    const images = await Promise.all(refs.map((ref) => this.get(ref, signal, options)));
    return images.filter((image) => image !== undefined);
  }

  /**
   * Who may launch an image that the account owns.
   *
   * @throws AmiError of the call, `access-denied` also from memory
   */
  async launchPermissions(ref: ImageRef, signal: AbortSignal, options?: AskOptions): Promise<LaunchPermissions> {
    return (await this.#launchPermissions.get(ref, signal, options)).value;
  }

  /** From memory, of any age. */
  cached(ref: ImageRef): ImageSummary | undefined {
    return this.#images.cached(ref)?.value ?? this.#summaries.get(refKey(ref));
  }

  /** The region whose image of this id is cached. EC2 gives a whole id out once, so no other region has it. */
  cachedRegionOf(id: string, regions: readonly string[]): string | undefined {
    return regions.find((region) => this.cached({ region, id }) !== undefined);
  }

  /** Each image from memory, or from its region's catalog unless EC2 has said that it does not exist. */
  async getWithoutCall(refs: readonly ImageRef[]): Promise<readonly (ImageSummary | undefined)[]> {
    const unknown = refs.filter((ref) => !this.cached(ref) && !this.#images.cached(ref));
    await inEachRegion(unknown, async (region, some) => this.learn(await this.#fromCatalog(region, some)));
    return refs.map((ref) => this.cached(ref));
  }

  /** What was last known of an image, also where EC2 has said since then that it does not exist or is hidden. */
  lastKnown(ref: ImageRef): ImageSummary | undefined {
    return this.#lastKnown.get(refKey(ref));
  }

  /**
   * Lets `lastKnown` know what the regions' catalogs have of images that it does not know. Resolves with whether they had
   * any.
   */
  async recall(refs: readonly ImageRef[]): Promise<boolean> {
    const unknown = refs.filter((ref) => !this.#lastKnown.has(refKey(ref)));
    const found = await inEachRegion(unknown, (region, some) => this.#fromCatalog(region, some));
    for (const image of found.flat()) setBounded(this.#lastKnown, refKey(image), image);
    return found.some((images) => images.length > 0);
  }

  /**
   * The image of an id whose region is not known: from memory or a catalog, or else from the first region in which EC2 has it.
   * Undefined where none has it.
   *
   * @throws AmiError of the first call that failed, where no other region has the image; `cancelled` when the signal is
   *   aborted
   */
  async find(id: string, regions: readonly string[], signal: AbortSignal): Promise<ImageSummary | undefined> {
    const refs = regions.map((region) => ({ region, id }));
    const known = (await this.getWithoutCall(refs)).find((image) => image !== undefined);
    if (known) {
      return known;
    }
    const done = new AbortController();
    const whileNeeded = AbortSignal.any([signal, done.signal]);
    const ask = async function* (byId: ImagesById, ref: ImageRef) {
      yield await byId.get(ref, whileNeeded);
    };
    try {
      for await (const image of sideBySide(refs.map((ref) => ask(this, ref)))) {
        if (image) {
          return image;
        }
      }
      return undefined;
    } finally {
      done.abort();
    }
  }

  async #fromCatalog(region: string, refs: readonly ImageRef[]): Promise<readonly ImageSummary[]> {
    const ids = refs.map(({ id }) => id);
    const answer = catalogImagesById(this.#catalog, region, ids);
    return unlessAborted(answer, AbortSignal.timeout(catalogTimeout)).catch(() => []);
  }

  /**
   * Caches images of a listing or a catalog.
   *
   * @param askedAt when the listing began, in milliseconds since 1970: images that have changed since are left out
   */
  learn(images: readonly ImageSummary[], askedAt?: number): void {
    for (const image of images) {
      setBounded(this.#lastKnown, refKey(image), image);
      if (isFullImage(image)) {
        this.#images.learn(image, image, askedAt);
        this.#summaries.delete(refKey(image));
      } else {
        setBounded(this.#summaries, refKey(image), image);
      }
    }
  }

  /** Drops what is cached of an image, and the answers under way: it has changed, or may have. */
  invalidate(ref: ImageRef): void {
    this.#images.invalidate(ref);
    this.#launchPermissions.invalidate(ref);
    this.#summaries.delete(refKey(ref));
  }

  /** Drops all that is cached, and the answers under way, but for what was last known of each image. */
  clear(): void {
    this.#images.clear();
    this.#launchPermissions.clear();
    this.#summaries.clear();
  }

  /** Caches that EC2 no longer has the image. */
  gone(ref: ImageRef): void {
    this.invalidate(ref);
    this.#images.learn(ref, undefined);
  }
}

function lifetimeOf(image: Image | undefined): number {
  if (!image) {
    return lifetimeOfMissing;
  }
  return image.state === 'pending' || image.state === 'transient' ? lifetimeWhileMade : lifetime;
}
