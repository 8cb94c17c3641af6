import type { ImageSummary } from '../../core/image.ts';
import { familiesOf, type PublicFamily } from '../../core/publicFamilies.ts';
import { type Publisher, publisherOf, publishersIn } from '../../core/publishers.ts';
import { partitionOf } from '../../core/regions.ts';
import { matchesWords } from '../../core/search.ts';
import type { Listing } from '../../images/listing.ts';
import type { ShownListing } from '../../images/shownListings.ts';
import { annexNodes } from './annexNodes.ts';
import { type ImageSection, type ListFacts, listFacts, type SectionParts } from './imageSection.ts';
import type { ImagesContainer, ImagesNode, PublicFamilyNode, PublisherNode, ScopeNode, SectionNode } from './nodes.ts';

export interface PublicSectionParts extends SectionParts {
  /** Those that the user has defined. */
  readonly publishers: () => readonly Publisher[];
}

/** The families of the publishers; under a filter whatever of theirs and of others' the words find. */
export class PublicSection implements ImageSection {
  readonly #parts: PublicSectionParts;

  constructor(parts: PublicSectionParts) {
    this.#parts = parts;
  }

  async children(node: SectionNode): Promise<readonly ImagesNode[]> {
    switch (node.kind) {
      case 'scope':
        return this.#isSearch ? this.#publishersFound(node) : this.#publishers(node);
      case 'publisher':
        return this.#isSearch ? this.#parts.rows.families(node, this.#found(node)) : this.#families(node);
      case 'publicFamily':
        return this.#familyImages(node);
      default:
        return [];
    }
  }

  facts(node: SectionNode): ListFacts {
    if (node.kind === 'publicFamily') {
      return listFacts(this.#family(node), (listing) => this.#published(node.parent, listing));
    }
    if (node.kind === 'publisher' && this.#isSearch) {
      const { complete } = this.#search(node.region);
      return { count: { value: this.#found(node).length, complete }, expanded: true };
    }
    return {};
  }

  lists(node: SectionNode): readonly List[] {
    if (node.kind === 'publicFamily') {
      return [this.#family(node)];
    }
    if (this.#isSearch) {
      return [this.#search(node.region)];
    }
    const asked = node.kind === 'publisher' ? [node.publisher] : this.#publishersIn(node.region);
    return asked
      .flatMap((publisher) => familiesIn(node.region, publisher))
      .map((family) => this.#family({ region: node.region, family }));
  }

  async #publishers(node: ScopeNode): Promise<readonly ImagesNode[]> {
    return this.#publishersIn(node.region).map((publisher) => this.#publisherNode(node, publisher, publisher.id));
  }

  async #families(node: PublisherNode): Promise<readonly ImagesNode[]> {
    if (node.publisher?.needsWords) {
      return [{ kind: 'note', id: `${node.id}/note`, note: 'needsWords', parent: node }];
    }
    const families = familiesIn(node.region, node.publisher);
    const [only] = families;
    if (families.length === 1 && only) {
      // Nothing is known of what it publishes: the families are those of the images that there are.
      const listing = await this.#family({ region: node.region, family: only }).read(node);
      const nodes = listing ? this.#parts.rows.families(node, this.#published(node, listing)) : [];
      return listing ? [...nodes, ...annexNodes(node, listing, { nodes })] : [];
    }
    return families.map(
      (family): PublicFamilyNode => ({
        kind: 'publicFamily',
        id: `${node.id}/${family.id}`,
        region: node.region,
        family,
        parent: node,
      }),
    );
  }

  async #familyImages(node: PublicFamilyNode): Promise<readonly ImagesNode[]> {
    const listing = await this.#family(node).read(node);
    if (!listing) {
      return [];
    }
    const rows = this.#parts.rows.page(node, this.#published(node.parent, listing));
    return [...rows.nodes, ...annexNodes(node, listing, { ...rows, filtered: this.#isSearch })];
  }

  /** Known publishers first. */
  async #publishersFound(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const listing = await this.#search(node.region).read(node);
    if (!listing) {
      return [];
    }
    const found = new Map<string, PublisherNode>();
    for (const image of this.#matching(listing)) {
      const publisher = this.#publisherOf(image);
      const id = publisher?.id ?? image.ownerId;
      if (!found.has(id)) {
        found.set(id, this.#publisherNode(node, publisher, id));
      }
    }
    const nodes = [...found.values()].sort(
      (a, b) =>
        Number(b.publisher !== undefined) - Number(a.publisher !== undefined) ||
        (a.publisher?.name ?? a.ownerId).localeCompare(b.publisher?.name ?? b.ownerId, 'en'),
    );
    return [...nodes, ...annexNodes(node, listing, { nodes, filtered: true })];
  }

  /** What the search has found of a publisher. */
  #found({ region, publisher, ownerId }: PublisherNode): readonly ImageSummary[] {
    const { listing } = this.#search(region);
    return (listing ? this.#matching(listing) : []).filter(
      (image) => (this.#publisherOf(image)?.id ?? image.ownerId) === (publisher?.id ?? ownerId),
    );
  }

  #matching({ items }: Listing<ImageSummary>): readonly ImageSummary[] {
    return items.filter((image) => matchesWords(this.#parts.words, image));
  }

  /**
   * The question for a publisher's images brings those that it shares with the account as well. Not every endpoint keeps to
   * the owners that it is asked for, and names prove nothing.
   */
  #published({ publisher }: PublisherNode, listing: Listing<ImageSummary>): readonly ImageSummary[] {
    return this.#matching(listing).filter(
      (image) => image.public && (publisher?.verified !== true || this.#publisherOf(image)?.id === publisher.id),
    );
  }

  get #isSearch(): boolean {
    return this.#parts.words.length > 0;
  }

  #search(region: string): List {
    return this.#parts.list(region, { kind: 'search', words: this.#parts.words });
  }

  #family({ region, family }: Pick<PublicFamilyNode, 'region' | 'family'>): List {
    return this.#parts.list(region, { kind: 'family', family });
  }

  #publisherNode(parent: ScopeNode, publisher: Publisher | undefined, ownerId: string): PublisherNode {
    // Another id while filtered: the editor keeps what is collapsed by id, and search results are to be seen.
    const id = [parent.id, ownerId, ...this.#parts.words].join('/');
    return { kind: 'publisher', id, region: parent.region, publisher, ownerId, parent };
  }

  #publishersIn(region: string): readonly Publisher[] {
    return publishersIn(partitionOf(region), this.#parts.publishers());
  }

  #publisherOf(image: ImageSummary): Publisher | undefined {
    return publisherOf(image, partitionOf(image.region), this.#parts.publishers());
  }
}

type List = ShownListing<ImageSummary, ImagesContainer>;

function familiesIn(region: string, publisher: Publisher | undefined): readonly PublicFamily[] {
  return publisher ? familiesOf(publisher, partitionOf(region)) : [];
}
