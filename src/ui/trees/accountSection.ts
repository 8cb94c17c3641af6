import type { ImageSummary } from '../../core/image.ts';
import { matchesWords } from '../../core/search.ts';
import type { Listing } from '../../images/listing.ts';
import type { ShownList, ShownListing } from '../../images/shownListings.ts';
import { annexNodes } from './annexNodes.ts';
import { type ImageSection, type ListFacts, listFacts, type SectionParts } from './imageSection.ts';
import type { ImagesContainer, ImagesNode, SectionNode } from './nodes.ts';

export interface AccountSectionParts extends SectionParts {
  readonly kind: 'owned' | 'shared';
  /** Whether an image that the question brings belongs here. */
  readonly isHere: (image: ImageSummary) => boolean;
}

/** The images that the account owns, or that others share with it. */
export class AccountSection implements ImageSection {
  readonly #parts: AccountSectionParts;

  constructor(parts: AccountSectionParts) {
    this.#parts = parts;
  }

  async children(node: SectionNode): Promise<readonly ImagesNode[]> {
    const listing = await this.#list(node).read(node);
    if (!listing || node.kind !== 'scope') {
      return [];
    }
    const rows = this.#parts.rows.grouped(node, this.#shown(listing));
    return [...rows.nodes, ...annexNodes(node, listing, { ...rows, filtered: this.#parts.words.length > 0 })];
  }

  facts(node: SectionNode): ListFacts {
    return listFacts(this.#list(node), (listing) => this.#shown(listing));
  }

  lists(node: SectionNode): readonly ShownList[] {
    return [this.#list(node)];
  }

  #list({ region }: SectionNode): ShownListing<ImageSummary, ImagesContainer> {
    return this.#parts.list(region, { kind: this.#parts.kind });
  }

  #shown({ items }: Listing<ImageSummary>): readonly ImageSummary[] {
    const { words, isHere } = this.#parts;
    return items.filter((image) => matchesWords(words, image) && isHere(image));
  }
}
