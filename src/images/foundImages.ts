import type { CatalogPort } from '../catalog/port.ts';
import { isCancelled } from '../core/errors.ts';
import type { ImageSummary } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { idQuery, imageMatchesWords, isWholeId } from '../core/search.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { wordsFilter } from './imageQuestions.ts';
import type { ImagesById } from './imagesById.ts';
import { publicImages } from './publicImages.ts';

/** Shorter words are too common to ask EC2 for. */
const shortestWord = 2;

/** How many images of a region are shown; more words narrow the search. */
const shownPerRegion = 100;

/** A question ends after so many images. */
const foundPerQuestion = 1_500;

/** How old (ms) the listings of a view may be to be searched in EC2's place. */
const listedLifetime = 20_000;

/** The images that a view has listed. */
export interface LoadedImages {
  readonly loadedImages: readonly ImageSummary[];
  /** Whether all images that the account owns, or that others share with it, were listed in the last `maxAge` ms. */
  hasListed(region: string, kind: 'owned' | 'shared', maxAge: number): boolean;
}

export interface FoundImagesParts {
  readonly ec2: Pick<ImageReader, 'listImages'>;
  readonly byId: ImagesById;
  /** Has public images for the regions whose catalog is downloaded. */
  readonly catalog: Pick<CatalogPort, 'list'>;
  readonly regions: readonly string[];
  readonly loaded: LoadedImages;
}

export interface FoundInRegion {
  readonly region: string;
  /** The newest of those found, newest first. */
  readonly images: readonly ImageSummary[];
  /** How many images beyond these have been found. */
  readonly hidden: number;
  /** The error of a question in this region; `images` has what the other questions have found. */
  readonly error: unknown;
}

/**
 * A search for images whose name or id has all of the words. Loaded images are found at once, the others once EC2 and
 * the catalogs have answered. `next` begins the search for other words; a closed search asks and finds nothing more.
 */
export class FoundImages {
  readonly #parts: FoundImagesParts;
  readonly #words: readonly string[];
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  /** Milliseconds since 1970. */
  readonly #begun = Date.now();
  readonly #images = new Map<string, Map<string, ImageSummary>>();
  readonly #errors = new Map<string, unknown>();
  /** The regions in which all images with the words were found, and those in which some may be missing. */
  readonly #whole = new Set<string>();
  readonly #partial = new Set<string>();

  /** @param changed called when more has been found, or a region has failed */
  constructor(parts: FoundImagesParts, words: readonly string[], changed: () => void) {
    this.#parts = parts;
    this.#words = words;
    this.#changed = changed;
    this.#add(parts.loaded.loadedImages);
  }

  /** Closes this search and begins one for other words, with what was found in the regions that were answered whole. */
  next(words: readonly string[]): FoundImages {
    this.close();
    const next = new FoundImages(this.#parts, words, this.#changed);
    for (const region of this.#isPartOf(words) ? this.#whole : []) {
      next.#whole.add(region);
      next.#add([...(this.#images.get(region)?.values() ?? [])]);
    }
    return next;
  }

  /** Whether a word is long enough to ask EC2. */
  get canAsk(): boolean {
    return this.#words.some((word) => word.length >= shortestWord);
  }

  /** The regions with images or an error. */
  get inRegions(): readonly FoundInRegion[] {
    return this.#parts.regions.flatMap((region) => {
      const found = sortedNewestFirst([...(this.#images.get(region)?.values() ?? [])]);
      const error = this.#errors.get(region);
      return found.length === 0 && error === undefined
        ? []
        : {
            region,
            images: found.slice(0, shownPerRegion),
            hidden: Math.max(0, found.length - shownPerRegion),
            error,
          };
    });
  }

  /** Asks in all regions; resolves when each has answered or failed, and never rejects. */
  async ask(): Promise<void> {
    // A view that has listed more since the search began spares a question to EC2.
    this.#add(this.#parts.loaded.loadedImages);
    await Promise.all(this.#parts.regions.map((region) => this.#askIn(region)));
  }

  close(): void {
    this.#abort.abort();
  }

  /**
   * Whether each image with the given words has those of this search, too. Not told for ids, which EC2 finds by other
   * filters.
   */
  #isPartOf(words: readonly string[]): boolean {
    return (
      this.#words.length > 0 &&
      idQuery(this.#words) === undefined &&
      idQuery(words) === undefined &&
      this.#words.every((word, index) => words[index]?.includes(word))
    );
  }

  async #askIn(region: string): Promise<void> {
    if (this.#whole.has(region)) {
      return;
    }
    const id = idQuery(this.#words)?.id;
    const isWhole = id !== undefined && isWholeId(id);
    const { byId, regions } = this.#parts;
    if (isWhole && (byId.cachedRegionOf(id, regions) ?? region) !== region) {
      return;
    }
    const answers = [
      ...(id === undefined ? [] : [this.#askForId(region, id)]),
      ...(isWhole ? [this.#findWithoutCall(region, id)] : this.#askForWords(region)),
    ];
    await Promise.all(
      answers.map((answer) =>
        answer.catch((error: unknown) => {
          this.#partial.add(region);
          if (!this.#abort.signal.aborted && !isCancelled(error)) {
            this.#errors.set(region, error);
            this.#changed();
          }
        }),
      ),
    );
    if (!this.#abort.signal.aborted && !this.#partial.has(region)) {
      this.#whole.add(region);
    }
  }

  async #askForId(region: string, id: string): Promise<void> {
    const image = await this.#parts.byId.get({ region, id }, this.#abort.signal);
    this.#take(image ? [image] : []);
  }

  #askForWords(region: string): readonly Promise<unknown>[] {
    const filters = [wordsFilter(this.#words)];
    const ownOrShared = {
      owned: { owners: ['self'], filters, includeDeprecated: true, includeDisabled: true },
      shared: { executableUsers: ['self'], filters, includeDeprecated: true },
    };
    const unlisted = (['owned', 'shared'] as const).filter(
      (kind) => !this.#parts.loaded.hasListed(region, kind, listedLifetime),
    );
    return [
      ...unlisted.map((kind) => this.#askEc2(region, ownOrShared[kind])),
      this.#askForPublic(region, { executableUsers: ['all'], filters }),
    ];
  }

  #askForPublic(region: string, query: ImageQuery): Promise<void> {
    const { catalog, ec2 } = this.#parts;
    const pages = publicImages(catalog, region, {
      catalog: { kind: 'words', words: this.#words, within: 'names' },
      ec2: (deprecated) =>
        ec2.listImages(region, deprecated ? { ...query, includeDeprecated: true } : query, this.#abort.signal),
      wantsDeprecated: () => this.#hasRoom(region),
    });
    return this.#read(region, pages);
  }

  /** Deprecated images are not asked for where the list is full without them; more words begin another search. */
  #hasRoom(region: string): boolean {
    const hasRoom = (this.#images.get(region)?.size ?? 0) < shownPerRegion;
    if (!hasRoom) {
      this.#partial.add(region);
    }
    return hasRoom;
  }

  /** The image from memory or from a catalog. */
  async #findWithoutCall(region: string, id: string): Promise<void> {
    const [known] = await this.#parts.byId.getWithoutCall([{ region, id }]);
    this.#take(known ? [known] : []);
  }

  #askEc2(region: string, query: ImageQuery): Promise<void> {
    return this.#read(region, this.#parts.ec2.listImages(region, query, this.#abort.signal));
  }

  async #read(region: string, pages: AsyncIterable<readonly ImageSummary[]>): Promise<void> {
    let found = 0;
    for await (const page of pages) {
      found += this.#take(page);
      if (this.#abort.signal.aborted || found >= foundPerQuestion) {
        this.#partial.add(region);
        return;
      }
    }
  }

  /** Returns how many of the images match: EC2's filter is coarser than the words. */
  #take(images: readonly ImageSummary[]): number {
    this.#parts.byId.learn(images, this.#begun);
    if (this.#abort.signal.aborted) {
      return 0;
    }
    const count = this.#add(images);
    if (count > 0) {
      this.#changed();
    }
    return count;
  }

  #add(images: readonly ImageSummary[]): number {
    const found = this.#words.length > 0 ? images.filter((image) => imageMatchesWords(this.#words, image)) : [];
    for (const image of found) {
      const inRegion = this.#images.get(image.region) ?? new Map<string, ImageSummary>();
      inRegion.set(image.id, image);
      this.#images.set(image.region, inRegion);
    }
    return found.length;
  }
}
