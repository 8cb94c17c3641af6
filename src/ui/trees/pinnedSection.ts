import type { ImageSummary } from '../../core/image.ts';
import { type Pin, type PinnedImages, pinKey, pinsOf } from '../../core/pins.ts';
import { matchesWords } from '../../core/search.ts';
import type { Listing } from '../../images/listing.ts';
import type { ShownList, ShownListing } from '../../images/shownListings.ts';
import { annexNodes } from './annexNodes.ts';
import { type ImageSection, type ListFacts, listFacts, type SectionParts } from './imageSection.ts';
import type { ImagesContainer, ImagesNode, MissingPinNode, SectionNode } from './nodes.ts';

export interface PinnedSectionParts extends SectionParts {
  readonly pins: () => readonly Pin[];
}

/** What is pinned, in the order in which it was; what is no longer there is said. */
export class PinnedSection implements ImageSection {
  readonly #parts: PinnedSectionParts;

  constructor(parts: PinnedSectionParts) {
    this.#parts = parts;
  }

  /** Those that concern a region. */
  pinsIn(region: string): readonly Pin[] {
    return this.#parts.pins().filter((pin) => pin.kind === 'family' || pin.region === region);
  }

  async children(node: SectionNode): Promise<readonly ImagesNode[]> {
    const pins = this.pinsIn(node.region);
    const list = this.#list(node.region, pins);
    const listing = await list.read(node);
    if (!listing || node.kind !== 'scope') {
      return [];
    }
    const { rows, words } = this.#parts;
    const { complete } = list;
    const all: PinnedImages = { pins, images: listing.items, complete };
    const place = (pin: Pin) => pins.indexOf(pin);
    const found = this.#shown(listing)
      .map((image) => ({ image, stands: pinsOf(all, image) }))
      .sort((a, b) => Math.min(...a.stands.map(place)) - Math.min(...b.stands.map(place)))
      .map(({ image, stands }) => rows.image(node, image, stands));
    const there = new Set(listing.items.flatMap((image) => pinsOf(all, image)));
    const missing = complete && words.length === 0 ? pins.filter((pin) => !there.has(pin)) : [];
    const nodes = [
      ...found,
      ...missing.map(
        (pin): MissingPinNode => ({ kind: 'missingPin', id: `${node.id}/missing/${pinKey(pin)}`, pin, parent: node }),
      ),
    ];
    return [...nodes, ...annexNodes(node, listing, { nodes, filtered: words.length > 0 })];
  }

  facts(node: SectionNode): ListFacts {
    return listFacts(this.#list(node.region), (listing) => this.#shown(listing));
  }

  lists(node: SectionNode): readonly ShownList[] {
    return [this.#list(node.region)];
  }

  #list(region: string, pins = this.pinsIn(region)): ShownListing<ImageSummary, ImagesContainer> {
    return this.#parts.list(region, { kind: 'pinned', pins });
  }

  #shown({ items }: Listing<ImageSummary>): readonly ImageSummary[] {
    return items.filter((image) => matchesWords(this.#parts.words, image));
  }
}
