import type { CatalogPort } from '../catalog/port.ts';
import type { ParsedProblem } from '../core/catalogQuery.ts';
import { isCancelled } from '../core/errors.ts';
import type { ImageSummary } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import type { ImageSearch } from '../core/imageSearch.ts';
import { type Standing, standingOf, standings } from '../core/imageStanding.ts';
import type { Publisher } from '../core/publishers.ts';
import { idQuery, isWholeId } from '../core/search.ts';
import type { ImageReader } from '../ec2/port.ts';
import { type AccountImages, type AccountKind, accountQueries } from './accountImages.ts';
import type { ImagesById } from './imagesById.ts';
import { accountFilters, askedWords, isFoundByPart } from './publicSearch.ts';
import { searchedImages, UnaskedSearch } from './searchedImages.ts';

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
  hasListed(region: string, kind: AccountKind, maxAge: number): boolean;
  /** Whether EC2 has listed the image as the account's: some endpoints give it another owner. */
  isOwn(image: ImageRef): boolean;
}

export interface FoundImagesParts {
  readonly ec2: Pick<ImageReader, 'listImages'>;
  readonly byId: ImagesById;
  readonly account: AccountImages;
  /** The account's number; undefined where it is not known. */
  readonly accountId: () => string | undefined;
  /** The publishers of the user's settings. */
  readonly publishers: readonly Publisher[];
  /** Has public images for the regions whose catalog is downloaded. */
  readonly catalog: Pick<CatalogPort, 'list'>;
  readonly regions: readonly string[];
  readonly loaded: LoadedImages;
}

/** Images of one standing, the best first. */
export interface FoundGroup {
  readonly standing: Standing;
  readonly images: readonly ImageSummary[];
}

/** What is not shown of a region. */
export interface FoundInRegion {
  readonly region: string;
  /** How many images beyond those of the groups have been found. */
  readonly hidden: number;
  /** The error of a question in this region; the groups have what the other questions have found. */
  readonly error: unknown;
}

/**
 * A search for images. Loaded images are found at once, the others once EC2 and the catalogs have answered. `next` begins
 * the search for another text; a closed search asks and finds nothing more.
 */
export class FoundImages {
  readonly #parts: FoundImagesParts;
  readonly #search: ImageSearch;
  readonly #words: readonly string[];
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  /** Milliseconds since 1970. */
  readonly #begun = Date.now();
  readonly #images = new Map<string, Map<string, ImageSummary>>();
  /** Ids of images that EC2 has listed as the account's: some endpoints give them another owner. */
  readonly #own = new Set<string>();
  readonly #errors = new Map<string, unknown>();
  /** The regions in which all images of the search were found, and those in which some may be missing. */
  readonly #whole = new Set<string>();
  readonly #partial = new Set<string>();

  /** @param changed called when more has been found, or a region has failed */
  constructor(parts: FoundImagesParts, search: ImageSearch, changed: () => void) {
    this.#parts = parts;
    this.#search = search;
    this.#words = askedWords(search);
    this.#changed = changed;
    this.#add(parts.loaded.loadedImages);
  }

  /** Closes this search and begins another, with what was found in the regions that were answered whole. */
  next(search: ImageSearch): FoundImages {
    this.close();
    const next = new FoundImages(this.#parts, search, this.#changed);
    for (const region of this.#isPartOf(search) ? this.#whole : []) {
      next.#whole.add(region);
      next.#add([...(this.#images.get(region)?.values() ?? [])]);
    }
    for (const id of this.#own) {
      next.#own.add(id);
    }
    return next;
  }

  /** The parts of the text that are not understood. */
  get problems(): readonly ParsedProblem[] {
    return this.#search.problems;
  }

  /** Whether something is long enough to ask for. */
  get canAsk(): boolean {
    return this.#search.terms.some(
      (term) => term.kind !== 'word' || (!term.excluded && term.text.length >= shortestWord),
    );
  }

  /** The images of all regions: own ones first, those of unverified owners last. Without empty groups. */
  get groups(): readonly FoundGroup[] {
    const shown = this.#parts.regions.flatMap((region) => this.#inOrder(region).slice(0, shownPerRegion));
    const byStanding = new Map<Standing, ImageSummary[]>();
    for (const { image, standing } of shown) {
      byStanding.set(standing, [...(byStanding.get(standing) ?? []), image]);
    }
    return standings.flatMap((standing) => {
      const images = byStanding.get(standing);
      return images ? { standing, images: this.#search.bestFirst(images, this.#parts.publishers) } : [];
    });
  }

  /** The regions with an error, or with images that are not in the groups. */
  get inRegions(): readonly FoundInRegion[] {
    return this.#parts.regions.flatMap((region) => {
      const hidden = Math.max(0, (this.#images.get(region)?.size ?? 0) - shownPerRegion);
      const error = this.#errors.get(region);
      return hidden > 0 || error !== undefined ? { region, hidden, error } : [];
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

  /** The images of a region in the order in which they are shown. */
  #inOrder(region: string): readonly { readonly image: ImageSummary; readonly standing: Standing }[] {
    const { publishers } = this.#parts;
    const place = (standing: Standing) => standings.indexOf(standing);
    return this.#search
      .bestFirst([...(this.#images.get(region)?.values() ?? [])], publishers)
      .map((image) => ({ image, standing: this.#standingOf(image) }))
      .sort((a, b) => place(a.standing) - place(b.standing));
  }

  #standingOf(image: ImageSummary): Standing {
    const { accountId, publishers, loaded } = this.#parts;
    const isOwn = this.#own.has(image.id) || loaded.isOwn(image);
    return isOwn ? 'own' : standingOf(image, accountId(), publishers);
  }

  /**
   * Whether whatever the given search finds is found by this one, too. Not told for ids, which EC2 finds by other
   * filters, for anything else than words, nor for a further word, by which a publisher may be asked.
   */
  #isPartOf(search: ImageSearch): boolean {
    const words = askedWords(search);
    const terms = [...this.#search.terms, ...search.terms];
    return (
      words.length > 0 &&
      words.length === this.#words.length &&
      words.length * 2 === terms.length &&
      terms.every(({ kind }) => kind === 'word') &&
      idQuery([...this.#words, ...words]) === undefined &&
      this.#words.every((word, index) => isFoundByPart(word, words[index] ?? ''))
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
            const known = this.#errors.get(region);
            // What has failed is told before what was not asked for.
            this.#errors.set(region, known instanceof UnaskedSearch ? error : (known ?? error));
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
    const { catalog, ec2, loaded, publishers } = this.#parts;
    const unlisted = (['owned', 'shared'] as const).filter((kind) => !loaded.hasListed(region, kind, listedLifetime));
    const pages = searchedImages(
      { catalog, ask: (query) => ec2.listImages(region, query, this.#abort.signal) },
      region,
      { search: this.#search, publishers },
      { fresh: false, wantsDeprecated: () => this.#hasRoom(region) },
    );
    return [...unlisted.map((kind) => this.#askForAccount(region, kind)), this.#read(region, pages)];
  }

  async #askForAccount(region: string, kind: AccountKind): Promise<void> {
    const take = (images: readonly ImageSummary[]) => {
      for (const { id } of kind === 'owned' ? images : []) {
        this.#own.add(id);
      }
      this.#take(images);
    };
    const isWhole = await this.#parts.account.read(region, kind, take);
    const filters = accountFilters(this.#search);
    if (!isWhole && filters.length > 0 && !this.#abort.signal.aborted) {
      const query = { ...accountQueries[kind], filters };
      for await (const page of this.#parts.ec2.listImages(region, query, this.#abort.signal)) {
        take(page);
      }
    }
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

  /** Returns how many of the images match. */
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
    const found = this.#search.isEmpty
      ? []
      : images.filter((image) => this.#search.matches(image, this.#parts.publishers));
    for (const image of found) {
      const inRegion = this.#images.get(image.region) ?? new Map<string, ImageSummary>();
      inRegion.set(image.id, image);
      this.#images.set(image.region, inRegion);
    }
    return found.length;
  }
}
