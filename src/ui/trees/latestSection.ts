import type { LatestParameter } from '../../core/latest.ts';
import { type LatestGroup, latestGroups } from '../../core/latestGroups.ts';
import type { ParameterReader } from '../../ec2/port.ts';
import { latestPages } from '../../images/latestPages.ts';
import type { Batch } from '../../images/listing.ts';
import type { ShownList, ShownListing, ShownListings } from '../../images/shownListings.ts';
import { annexNodes } from './annexNodes.ts';
import type { ImageSection, ListFacts } from './imageSection.ts';
import type { ImagesContainer, ImagesNode, LatestGroupNode, ParameterNode, ScopeNode, SectionNode } from './nodes.ts';

/**
 * How many pages of ten parameters a group reads before it is asked for more. What is known to be the latest comes first;
 * beside it some have thousands of builds of the past, among which there may be what this version does not know.
 */
const pages = 150;

/** Tells whether a group has anything in a region. */
const beginning: Batch = { items: 1, pages };

const whole: Batch = { items: Number.POSITIVE_INFINITY, pages };

export interface LatestSectionParts {
  readonly ec2: ParameterReader;
  readonly lists: ShownListings<LatestParameter, ImagesContainer>;
  /** The words of the filter, which must all occur in what is shown. */
  readonly words: readonly string[];
}

/** The public parameters that name the latest images, by publisher. */
export class LatestSection implements ImageSection {
  readonly #parts: LatestSectionParts;

  constructor(parts: LatestSectionParts) {
    this.#parts = parts;
  }

  async children(node: SectionNode): Promise<readonly ImagesNode[]> {
    switch (node.kind) {
      case 'scope':
        return this.#groups(node);
      case 'latestGroup':
        return this.#parameters(node);
      default:
        return [];
    }
  }

  facts(): ListFacts {
    return {};
  }

  lists(node: SectionNode): readonly ShownList[] {
    return node.kind === 'latestGroup'
      ? [this.#list(node.region, node.group, whole)]
      : latestGroups.map((group) => this.#list(node.region, group, beginning));
  }

  /** The groups that the region has: the beginning of each is asked for, side by side. */
  async #groups(node: ScopeNode): Promise<readonly ImagesNode[]> {
    const all = await Promise.all(
      latestGroups.map(async (group) => ({
        group,
        listing: await this.#list(node.region, group, beginning).read(node),
      })),
    );
    const listings = all.flatMap(({ listing }) => listing ?? []);
    if (listings.length < all.length) {
      return [];
    }
    const nodes = all
      .filter(
        ({ listing }) => listing && (listing.items.length > 0 || (listing.pageCount >= pages && !listing.complete)),
      )
      .map(
        ({ group }): LatestGroupNode => ({
          kind: 'latestGroup',
          id: `${node.id}/${group.id}`,
          region: node.region,
          group,
          parent: node,
        }),
      );
    const progress = {
      complete: true,
      loading: listings.some(({ loading }) => loading),
      error: listings.find(({ error }) => error !== undefined)?.error,
    };
    return [...nodes, ...annexNodes(node, progress, { nodes })];
  }

  async #parameters(node: LatestGroupNode): Promise<readonly ImagesNode[]> {
    const listing = await this.#list(node.region, node.group, whole).read(node);
    if (!listing) {
      return [];
    }
    const { words } = this.#parts;
    const nodes = listing.items
      .filter(({ label, name, imageId }) => words.every((word) => includes(`${label} ${name} ${imageId}`, word)))
      .sort((a, b) => labels.compare(a.label, b.label))
      .map(
        (parameter): ParameterNode => ({
          kind: 'parameter',
          id: `${node.id}${parameter.name}`,
          parameter,
          parent: node,
        }),
      );
    return [...nodes, ...annexNodes(node, listing, { nodes, filtered: words.length > 0 })];
  }

  #list(region: string, group: LatestGroup, batch: Batch): ShownListing<LatestParameter, ImagesContainer> {
    const { ec2, lists } = this.#parts;
    return lists.of({
      region,
      key: `${region}/${group.id}`,
      batch,
      ask: (signal) => latestPages(ec2, region, group, signal),
    });
  }
}

const labels = new Intl.Collator('en', { numeric: true });

function includes(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}
