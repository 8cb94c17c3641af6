import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import type { ImageSearch } from '../core/imageSearch.ts';
import { type Pin, pinKey } from '../core/pins.ts';
import type { PublicFamily } from '../core/publicFamilies.ts';
import type { Publisher } from '../core/publishers.ts';
import type { Connection, ImageQuery } from '../ec2/port.ts';
import { accountQueries } from './accountImages.ts';
import type { ConnectionImages } from './connectionImages.ts';
import type { ReadAhead } from './listing.ts';
import { pinnedImages } from './pinnedImages.ts';
import { publicImages } from './publicImages.ts';
import { searchedImages } from './searchedImages.ts';
import type { ListingSource } from './treeListings.ts';

/** A question for images that the Images view lists. */
export type ImageQuestion =
  | { readonly kind: 'owned' }
  | { readonly kind: 'shared' }
  /** Of all pins, the images of the region and the families. */
  | { readonly kind: 'pinned'; readonly pins: readonly Pin[] }
  | { readonly kind: 'family'; readonly family: PublicFamily }
  /** For public images; `inCatalog`: without asking EC2. */
  | {
      readonly kind: 'search';
      readonly search: ImageSearch;
      readonly publishers: readonly Publisher[];
      readonly inCatalog: boolean;
    };

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
      kind: question.kind,
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
    const ask = (query: ImageQuery) => ec2.listImages(region, query, signal);
    if (question.kind === 'search') {
      const options = { fresh, wantsDeprecated: () => true };
      yield* searchedImages(
        { catalog: this.#catalog, ask: question.inCatalog ? undefined : ask },
        region,
        question,
        options,
      );
      return;
    }
    const query = toQuery(question);
    yield* publicImages(this.#catalog, region, {
      catalog: fresh ? undefined : catalogQuestion(question),
      ec2: (deprecated) => ask(deprecated ? { ...query, includeDeprecated: true } : query),
      wantsDeprecated: () => false,
    });
  }
}

function listingKey(region: string, question: ImageQuestion): string {
  switch (question.kind) {
    case 'family':
      return `${region}/family/${question.family.id}`;
    case 'search':
      return `${region}/search/${question.inCatalog ? 'catalog' : 'all'}/${question.search.text}`;
    case 'pinned':
      return `${region}/pinned/${question.pins.map(pinKey).join()}`;
    case 'owned':
    case 'shared':
      return `${region}/${question.kind}`;
  }
}

type ListQuestion = Exclude<ImageQuestion, { readonly kind: 'pinned' | 'search' }>;

function catalogQuestion(question: ListQuestion): CatalogQuestion | undefined {
  switch (question.kind) {
    case 'family': {
      const { owners, namePatterns, architecture } = question.family;
      return { kind: 'family', owners, namePatterns, architecture };
    }
    case 'owned':
    case 'shared':
      return undefined;
  }
}

function toQuery(question: ListQuestion): ImageQuery {
  switch (question.kind) {
    case 'owned':
    case 'shared':
      return accountQueries[question.kind];
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
  }
}
