import type { CatalogPort } from '../../catalog/port.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { LatestParameter } from '../../core/latest.ts';
import type { Pin } from '../../core/pins.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { ImageQuestions, type ListingQuestion } from '../../images/imageQuestions.ts';
import type { Listing } from '../../images/listing.ts';
import { type ShownList, ShownListings } from '../../images/shownListings.ts';
import { AccountSection } from './accountSection.ts';
import { annexNodes } from './annexNodes.ts';
import type { BranchEvents, Branches } from './branches.ts';
import type { ImageRows } from './imageRows.ts';
import type { ImageSection, ListFacts } from './imageSection.ts';
import { LatestSection } from './latestSection.ts';
import {
  type ImagesContainer,
  type ImagesNode,
  type RegionNode,
  type Scope,
  type ScopeNode,
  scopeOf,
} from './nodes.ts';
import { PinnedSection } from './pinnedSection.ts';
import { PublicSection } from './publicSection.ts';

export interface ImageBranchesParts {
  readonly connection: Connection;
  readonly images: ConnectionImages;
  readonly catalog: Pick<CatalogPort, 'list'>;
  readonly rows: ImageRows;
  readonly pins: () => readonly Pin[];
  /** Those that the user has defined. */
  readonly publishers: () => readonly Publisher[];
  /** Undefined where it is not known. */
  readonly account: () => string | undefined;
  readonly events: BranchEvents<ImagesNode>;
}

interface Lists {
  readonly images: ShownListings<ImageSummary, ImagesContainer>;
  readonly latest: ShownListings<LatestParameter, ImagesContainer>;
}

/** What the Images view shows of a connection under a filter: below each region a section for each branch. */
export class ImageBranches implements Branches<ImagesNode> {
  readonly #parts: ImageBranchesParts;
  readonly #lists: Lists;
  readonly #questions: ImageQuestions;
  readonly #pinned: PinnedSection;
  readonly #sections: Readonly<Record<Scope, ImageSection>>;

  /** @param words of the filter, which must all occur in what is shown */
  constructor(parts: ImageBranchesParts, words: readonly string[], lists = newLists(parts.events)) {
    const { connection, rows, pins, publishers, account } = parts;
    this.#parts = parts;
    this.#lists = lists;
    this.#questions = new ImageQuestions(parts);
    const list = (region: string, question: ListingQuestion) => lists.images.of(this.#questions.of(region, question));
    const shared = { list, rows, words };
    this.#pinned = new PinnedSection({ ...shared, pins });
    this.#sections = {
      pinned: this.#pinned,
      owned: new AccountSection({ ...shared, kind: 'owned', isHere: () => true }),
      shared: new AccountSection({
        ...shared,
        kind: 'shared',
        // The question "executable by me" brings what is public and what is one's own as well.
        isHere: (image) => !image.public && image.ownerId !== account(),
      }),
      latest: new LatestSection({ ec2: connection.ec2, lists: lists.latest, words }),
      public: new PublicSection({ ...shared, publishers }),
    };
  }

  /** The same lists under another filter. */
  filtered(words: readonly string[]): ImageBranches {
    return new ImageBranches(this.#parts, words, this.#lists);
  }

  get connection(): Connection {
    return this.#parts.connection;
  }

  get loading(): boolean {
    return this.#lists.images.loading || this.#lists.latest.loading;
  }

  /** Every image that is listed, each once. */
  get images(): readonly ImageSummary[] {
    const listed = this.#lists.images.listings.flatMap(({ items }) => items);
    return [...new Map(listed.map((image) => [image.id, image])).values()];
  }

  /** What is owned in a region, as far as it has been asked for. */
  ownedIn(region: string): Listing<ImageSummary> | undefined {
    return this.#lists.images.of(this.#questions.of(region, { kind: 'owned' })).listing;
  }

  /** Only once the account is known it is known which of the shared images are one's own. */
  get sharedRows(): readonly ImagesContainer[] {
    return this.#lists.images.rows.filter((node) => node.kind === 'scope' && node.scope === 'shared');
  }

  /** Puts a new or changed owned image where it belongs, without asking EC2 for the others. */
  upsertOwned(image: ImageSummary): void {
    const { images, connection } = this.#parts;
    images.of(connection).learn([image]);
    this.#lists.images.upsert(this.#questions.of(image.region, { kind: 'owned' }), image);
  }

  roots(regions: readonly string[]): readonly RegionNode[] {
    return regions.map((region) => ({ kind: 'region', id: region, region }));
  }

  async children(node: ImagesNode): Promise<readonly ImagesNode[]> {
    switch (node.kind) {
      case 'region':
        return this.#scopes(node);
      case 'family': {
        const rows = this.#parts.rows.page(node, node.images);
        return [...rows.nodes, ...annexNodes(node, { complete: true, loading: false, error: undefined }, rows)];
      }
      case 'scope':
      case 'publisher':
      case 'publicFamily':
      case 'latestGroup':
        return this.#sections[scopeOf(node).scope].children(node);
      default:
        return [];
    }
  }

  facts(node: ImagesNode): ListFacts & { readonly publisher?: Publisher | undefined } {
    switch (node.kind) {
      case 'scope':
      case 'publisher':
      case 'publicFamily':
      case 'latestGroup':
        return this.#sections[scopeOf(node).scope].facts(node);
      case 'family':
        return { count: { value: node.images.length, complete: this.lists(node).every(({ complete }) => complete) } };
      case 'image':
        return { publisher: publisherOf(node.image, partitionOf(node.image.region), this.#parts.publishers()) };
      default:
        return {};
    }
  }

  lists(node: ImagesNode): readonly ShownList[] {
    switch (node.kind) {
      case 'region':
        return [...this.#lists.images.inRegion(node.region), ...this.#lists.latest.inRegion(node.region)];
      case 'scope':
      case 'publisher':
      case 'publicFamily':
      case 'latestGroup':
        return this.#sections[scopeOf(node).scope].lists(node);
      default:
        return this.lists(node.parent);
    }
  }

  #scopes(region: RegionNode): readonly ScopeNode[] {
    const pinned: readonly Scope[] = this.#pinned.pinsIn(region.region).length > 0 ? ['pinned'] : [];
    return [...pinned, ...scopes].map((scope) => scopeNode(region, scope));
  }

  clear(): void {
    this.#lists.images.clear();
    this.#lists.latest.clear();
  }

  close(): void {
    this.#lists.images.close();
    this.#lists.latest.close();
  }
}

const scopes: readonly Scope[] = ['owned', 'shared', 'latest', 'public'];

export function scopeNode(parent: RegionNode, scope: Scope): ScopeNode {
  return { kind: 'scope', id: `${parent.id}/${scope}`, region: parent.region, scope, parent };
}

function newLists({ changed, loadingChanged }: BranchEvents<ImagesNode>): Lists {
  return {
    images: new ShownListings<ImageSummary, ImagesContainer>(changed, loadingChanged),
    latest: new ShownListings<LatestParameter, ImagesContainer>(changed, loadingChanged),
  };
}
