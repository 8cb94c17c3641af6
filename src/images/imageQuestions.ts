import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import { type Pin, pinKey } from '../core/pins.ts';
import type { PublicFamily } from '../core/publicFamilies.ts';
import { idQuery, imageMatchesWords, serverNamePatterns } from '../core/search.ts';
import type { Connection, ImageFilter, ImageQuery } from '../ec2/port.ts';
import type { ConnectionImages } from './connectionImages.ts';
import type { ReadAhead } from './listing.ts';
import { pinnedImages } from './pinnedImages.ts';
import { publicImages } from './publicImages.ts';
import type { ListingSource } from './treeListings.ts';

/** A question for images that the Images view lists. */
export type ImageQuestion =
  | { readonly kind: 'owned' }
  | { readonly kind: 'shared' }
  /** Of all pins, the images of the region and the families. */
  | { readonly kind: 'pinned'; readonly pins: readonly Pin[] }
  | { readonly kind: 'family'; readonly family: PublicFamily }
  | { readonly kind: 'search'; readonly words: readonly string[] };

const readAhead: ReadAhead = { items: 3_000, pages: Number.POSITIVE_INFINITY };

export interface ImageQuestionsParts {
  readonly connection: Connection;
  readonly images: ConnectionImages;
  readonly catalog: Pick<CatalogPort, 'list'>;
}

/** Asks the questions of the Images view on a connection: of the catalogs, or of EC2. */
export class ImageQuestions {
  readonly #connection: Connection;
  readonly #images: ConnectionImages;
  readonly #catalog: Pick<CatalogPort, 'list'>;

  constructor({ connection, images, catalog }: ImageQuestionsParts) {
    this.#connection = connection;
    this.#images = images;
    this.#catalog = catalog;
  }

  /** Public images come from the region's catalog where there is one. All others, and refreshed ones, come from EC2. */
  of(region: string, question: ImageQuestion): ListingSource<ImageSummary> {
    return {
      region,
      key: listingKey(region, question),
      readAhead,
      ask: (signal, fresh) => this.#learned(this.#ask(region, question, fresh, signal)),
    };
  }

  async *#learned(pages: AsyncIterable<readonly ImageSummary[]>): AsyncIterable<readonly ImageSummary[]> {
    const byId = this.#images.of(this.#connection);
    const askedAt = Date.now();
    for await (const page of pages) {
      byId.learn(page, askedAt);
      yield page;
    }
  }

  async *#ask(
    region: string,
    question: ImageQuestion,
    fresh: boolean,
    signal: AbortSignal,
  ): AsyncIterable<readonly ImageSummary[]> {
    const { ec2 } = this.#connection;
    if (question.kind === 'pinned') {
      const byId = this.#images.of(this.#connection);
      yield* pinnedImages({ ec2, byId, catalog: this.#catalog }, region, question.pins, fresh, signal);
      return;
    }
    const query = toQuery(question);
    const words = question.kind === 'search' ? question.words : [];
    yield* publicImages(this.#catalog, region, {
      catalog: fresh ? undefined : catalogQuestion(question),
      ec2: (deprecated) =>
        withWords(words, ec2.listImages(region, deprecated ? { ...query, includeDeprecated: true } : query, signal)),
      wantsDeprecated: () => question.kind === 'search',
    });
  }
}

function listingKey(region: string, question: ImageQuestion): string {
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

function catalogQuestion(question: ImageQuestion): CatalogQuestion | undefined {
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

function toQuery(question: Exclude<ImageQuestion, { readonly kind: 'pinned' }>): ImageQuery {
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

/** EC2's filter is coarser than the words. Images that do not match must not count as read ahead. */
async function* withWords(
  words: readonly string[],
  pages: AsyncIterable<readonly ImageSummary[]>,
): AsyncIterable<readonly ImageSummary[]> {
  for await (const page of pages) {
    yield page.filter((image) => imageMatchesWords(words, image));
  }
}

/** Public images that may match the words: EC2's filter is coarser. */
function searchQuery(words: readonly string[]): ImageQuery {
  return { executableUsers: ['all'], filters: [wordsFilter(words)] };
}

/** EC2's filter by name, or by id where one of the words is the beginning of an id. */
export function wordsFilter(words: readonly string[]): ImageFilter {
  const id = idQuery(words);
  return id ? { name: 'image-id', values: id.patterns } : { name: 'name', values: serverNamePatterns(words) };
}
