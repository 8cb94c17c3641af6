import type { CatalogPort } from '../catalog/port.ts';
import { type Image, type ImageSummary, isWhole } from '../core/image.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { unlessAborted } from '../core/unlessAborted.ts';
import type { ImageReader, LaunchPermissions } from '../ec2/port.ts';
import { type Answer, type AskOptions, CachedAnswers } from './cachedAnswers.ts';
import { catalogImagesById } from './catalogImages.ts';
import { GatheredImages } from './gatheredImages.ts';
import { remember } from './remember.ts';

/** How long (ms) an answer counts, unless whoever asks wants a newer one. */
const lifetime = 5 * 60_000;
const lifetimeWhileMade = 5_000;
const lifetimeOfMissing = 30_000;
const lifetimeOfPermissions = 60_000;

/** How long (ms) a catalog may take to answer, which may have to be read first. */
const catalogWait = 2_000;

/**
 * The images of one connection by id: whoever wants to know an image asks here. Asks EC2 for many at once and for each id
 * once at a time; remembers what it has answered, that an image does not exist or that one may not ask. Listings, catalogs
 * and actions tell what they know.
 */
export class ImagesById {
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  /** Undefined: there is none, or none that may be seen. */
  readonly #images: CachedAnswers<Image | undefined>;
  readonly #launchPermissions: CachedAnswers<LaunchPermissions>;
  /** What only a catalog knows. */
  readonly #summaries = new Map<string, ImageSummary>();

  /** @param now milliseconds since 1970 */
  constructor(
    ec2: Pick<ImageReader, 'describeImages' | 'describeLaunchPermissions'>,
    catalog: Pick<CatalogPort, 'byIds'>,
    now: () => number = Date.now,
  ) {
    this.#catalog = catalog;
    const gathered = new GatheredImages(ec2);
    this.#images = new CachedAnswers({
      operation: 'DescribeImages',
      ask: (ref, signal) => gathered.ask(ref, signal),
      lifetimeOf,
      now,
    });
    this.#launchPermissions = new CachedAnswers({
      operation: 'DescribeImageAttribute',
      ask: ({ region, id }, signal) => ec2.describeLaunchPermissions(region, id, signal),
      lifetimeOf: () => lifetimeOfPermissions,
      now,
    });
  }

  /**
   * The image, or undefined where there is none, or none that may be seen.
   *
   * @throws AmiError of the call, `access-denied` also from memory; `cancelled` when the signal is aborted
   */
  async get(ref: ImageRef, signal: AbortSignal, options?: AskOptions): Promise<Image | undefined> {
    return (await this.getWithTime(ref, signal, options)).value;
  }

  /** The same, with the time of the answer. */
  getWithTime(ref: ImageRef, signal: AbortSignal, options?: AskOptions): Promise<Answer<Image | undefined>> {
    return this.#images.get(ref, signal, options);
  }

  /** What EC2 has answered last, however long ago; undefined where it has not been asked, or not answered. */
  cachedWithTime(ref: ImageRef): Answer<Image | undefined> | undefined {
    return this.#images.cached(ref);
  }

  /** Those that exist and may be seen, in the order asked for; one that cannot be asked for fails them all. */
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

  /** What is known without a call, however old. */
  cached(ref: ImageRef): ImageSummary | undefined {
    const told = this.#images.cached(ref);
    return told ? told.value : this.#summaries.get(refKey(ref));
  }

  /** The one of these regions that is known to have an image of this id. Whole ids are given out once, so no other has it. */
  cachedRegionOf(id: string, regions: readonly string[]): string | undefined {
    return regions.find((region) => this.cached({ region, id }) !== undefined);
  }

  /** What is known of each without a call to EC2: here, or in its region's catalog where EC2 has not said that it is gone. */
  async getWithoutCall(refs: readonly ImageRef[]): Promise<readonly (ImageSummary | undefined)[]> {
    const unknown = refs.filter((ref) => !this.cached(ref) && !this.#images.cached(ref));
    const regions = new Set(unknown.map(({ region }) => region));
    await Promise.all(
      Array.from(regions, (region) =>
        this.#readCatalog(
          region,
          unknown.filter((ref) => ref.region === region).map(({ id }) => id),
        ),
      ),
    );
    return refs.map((ref) => this.cached(ref));
  }

  async #readCatalog(region: string, ids: readonly string[]): Promise<void> {
    const answer = catalogImagesById(this.#catalog, region, ids);
    this.learn(await unlessAborted(answer, AbortSignal.timeout(catalogWait)).catch(() => []));
  }

  /** Somebody has listed these. */
  learn(images: readonly ImageSummary[]): void {
    for (const image of images) {
      if (isWhole(image)) {
        this.#images.learn(image, image);
        this.#summaries.delete(refKey(image));
      } else {
        remember(this.#summaries, refKey(image), image);
      }
    }
  }

  /** The image has been changed, or may have been: what is known of it counts no longer, nor what is being answered. */
  invalidate(ref: ImageRef): void {
    this.#images.invalidate(ref);
    this.#launchPermissions.invalidate(ref);
    this.#summaries.delete(refKey(ref));
  }
}

function lifetimeOf(image: Image | undefined): number {
  if (!image) {
    return lifetimeOfMissing;
  }
  return image.state === 'pending' || image.state === 'transient' ? lifetimeWhileMade : lifetime;
}
