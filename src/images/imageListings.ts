import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import type { LatestParameter } from '../core/latest.ts';
import type { LatestGroup } from '../core/latestGroups.ts';
import { type Pin, pinKey } from '../core/pins.ts';
import type { PublicFamily } from '../core/publicFamilies.ts';
import { idQuery, matchesWords, serverNamePatterns } from '../core/search.ts';
import type { Connection, ImageFilter, ImageQuery } from '../ec2/port.ts';
import { catalogImages } from './catalogImages.ts';
import type { ImagesById } from './imagesById.ts';
import { latestPages } from './latestPages.ts';
import { Listing } from './listing.ts';
import { pinnedImages } from './pinnedImages.ts';

/** What one listing of the Images view asks for. */
export type ListingQuestion =
  | { readonly kind: 'owned' }
  | { readonly kind: 'shared' }
  /** What is pinned, as far as it concerns the region. */
  | { readonly kind: 'pinned'; readonly pins: readonly Pin[] }
  | { readonly kind: 'family'; readonly family: PublicFamily }
  | { readonly kind: 'search'; readonly words: readonly string[] };

/** How many images a listing loads before it waits to be asked for more. */
const batchSize = 3_000;

/** The listings of one connection, made when first asked for and kept until refreshed. */
export class ImageListings {
  readonly connection: Connection;
  readonly #listings = new Map<string, { readonly region: string; readonly listing: Listing<ImageSummary> }>();
  readonly #latest = new Map<string, Listing<LatestParameter>>();
  readonly #changed: (key: string) => void;
  readonly #catalog: CatalogPort;
  readonly #byId: ImagesById;
  /** Listings that the user wants from EC2 itself, by key. */
  readonly #asked = new Set<string>();

  /** @param changed called with a listing's key, see `listingKey`, when it has changed */
  constructor(connection: Connection, byId: ImagesById, catalog: CatalogPort, changed: (key: string) => void) {
    this.connection = connection;
    this.#byId = byId;
    this.#catalog = catalog;
    this.#changed = changed;
  }

  /** The listing, loading or loaded. */
  listing(region: string, question: ListingQuestion): Listing<ImageSummary> {
    const key = listingKey(region, question);
    const known = this.#listings.get(key);
    if (known) {
      return known.listing;
    }
    const listing: Listing<ImageSummary> = new Listing(
      (signal) => this.#learned(this.#ask(region, question, signal)),
      () => this.#changed(key),
    );
    this.#listings.set(key, { region, listing });
    return listing;
  }

  /** A group's public parameters in a region; nothing is asked before they are loaded. */
  latest(region: string, group: LatestGroup): Listing<LatestParameter> {
    const key = latestKey(region, group);
    const { ec2 } = this.connection;
    const known = this.#latest.get(key);
    if (known) {
      return known;
    }
    const listing = new Listing<LatestParameter>(
      (signal) => latestPages(ec2, region, group, signal),
      () => this.#changed(key),
    );
    this.#latest.set(key, listing);
    return listing;
  }

  forgetLatest(region: string, groups: readonly LatestGroup[]): void {
    for (const group of groups) {
      const key = latestKey(region, group);
      this.#latest.get(key)?.cancel();
      this.#latest.delete(key);
    }
  }

  /** The listing if somebody has asked for it; asks for nothing. */
  peek(region: string, question: ListingQuestion): Listing<ImageSummary> | undefined {
    return this.#listings.get(listingKey(region, question))?.listing;
  }

  /** Loads the next batch. */
  load(listing: Listing<ImageSummary>): void {
    listing.load(listing.items.length + batchSize);
  }

  /** What is asked for next comes from EC2, whatever the catalog has: that is what a refresh is for. */
  forget(region: string, question?: ListingQuestion): void {
    const only = question ? listingKey(region, question) : undefined;
    if (only) {
      this.#asked.add(only);
    }
    for (const [key, entry] of this.#listings) {
      if (only ? key === only : entry.region === region) {
        entry.listing.cancel();
        this.#listings.delete(key);
        this.#asked.add(key);
      }
    }
  }

  async *#learned(pages: AsyncIterable<readonly ImageSummary[]>): AsyncIterable<readonly ImageSummary[]> {
    for await (const page of pages) {
      this.#byId.learn(page);
      yield page;
    }
  }

  /** Public images come from the region's catalog where it is there, without a call; all others, and refreshed ones, from EC2. */
  async *#ask(region: string, question: ListingQuestion, signal: AbortSignal): AsyncIterable<readonly ImageSummary[]> {
    const { ec2 } = this.connection;
    const isFresh = this.#asked.has(listingKey(region, question));
    if (question.kind === 'pinned') {
      yield* pinnedImages({ ec2, byId: this.#byId, catalog: this.#catalog }, region, question.pins, isFresh, signal);
      return;
    }
    const wanted = catalogQuestion(question);
    const known = wanted && !isFresh ? await catalogImages(this.#catalog, region, wanted) : undefined;
    const query = toQuery(question);
    const words = question.kind === 'search' ? question.words : [];
    yield* known?.pages ?? withWords(words, ec2.listImages(region, query, signal));
    if (question.kind === 'search' && !known?.includesDeprecated) {
      // EC2 hides them unless they are asked for. Last: there are several times as many of them as of the others.
      yield* withWords(words, ec2.listImages(region, { ...query, includeDeprecated: true }, signal));
    }
  }

  /** Every image that is loaded, each once. */
  *images(): Iterable<ImageSummary> {
    const seen = new Set<string>();
    for (const { listing } of this.#listings.values()) {
      for (const image of listing.items) {
        if (!seen.has(image.id)) {
          seen.add(image.id);
          yield image;
        }
      }
    }
  }

  *#all(): Iterable<Listing<ImageSummary> | Listing<LatestParameter>> {
    for (const { listing } of this.#listings.values()) {
      yield listing;
    }
    yield* this.#latest.values();
  }

  get loading(): boolean {
    return [...this.#all()].some((listing) => listing.loading);
  }

  dispose(): void {
    for (const listing of this.#all()) {
      listing.cancel();
    }
    this.#listings.clear();
    this.#latest.clear();
  }
}

export function latestKey(region: string, group: LatestGroup): string {
  return `${region}/latest/${group.id}`;
}

export function listingKey(region: string, question: ListingQuestion): string {
  switch (question.kind) {
    case 'family':
      return `${region}/family/${question.family.id}`;
    case 'search':
      return `${region}/search/${question.words.join(' ')}`;
    case 'pinned':
      return `${region}/pinned/${question.pins.map(pinKey).join()}`;
    case 'owned':
    case 'shared':
      return `${region}/${question.kind}`;
  }
}

function catalogQuestion(question: ListingQuestion): CatalogQuestion | undefined {
  switch (question.kind) {
    case 'family': {
      const { owners, namePatterns, architecture } = question.family;
      return { kind: 'family', owners, namePatterns, architecture };
    }
    case 'search':
      return { kind: 'words', words: question.words, within: 'names' };
    case 'pinned':
    case 'owned':
    case 'shared':
      return undefined;
  }
}

function toQuery(question: Exclude<ListingQuestion, { readonly kind: 'pinned' }>): ImageQuery {
  switch (question.kind) {
    case 'owned':
      return { owners: ['self'], includeDeprecated: true, includeDisabled: true };
    case 'shared':
      return { executableUsers: ['self'], includeDeprecated: true };
    case 'family': {
      const { owners, namePatterns, architecture } = question.family;
      return {
        owners,
        filters: [
          ...(namePatterns.length > 0 ? [{ name: 'name', values: namePatterns }] : []),
          ...(architecture ? [{ name: 'architecture', values: [architecture] }] : []),
        ],
      };
    }
    case 'search':
      return searchQuery(question.words);
  }
}

/** EC2's filter finds more than asked for: what does not match is no part of the listing, and fills no batch of it. */
async function* withWords(
  words: readonly string[],
  pages: AsyncIterable<readonly ImageSummary[]>,
): AsyncIterable<readonly ImageSummary[]> {
  for await (const page of pages) {
    yield page.filter((image) => matchesWords(words, image));
  }
}

/** Public images that may match the words: the server's filter is coarser. */
function searchQuery(words: readonly string[]): ImageQuery {
  return { executableUsers: ['all'], filters: [wordsFilter(words)] };
}

/** The server-side filter for names, or for the id that one of the words begins. */
export function wordsFilter(words: readonly string[]): ImageFilter {
  const id = idQuery(words);
  return id ? { name: 'image-id', values: id.patterns } : { name: 'name', values: serverNamePatterns(words) };
}
