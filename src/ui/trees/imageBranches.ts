import type { CatalogPort } from '../../catalog/port.ts';
import { AmiError } from '../../core/errors.ts';
import { familyTest } from '../../core/family.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { ImageSearch } from '../../core/imageSearch.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import type { Pin } from '../../core/pins.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages, ImageChange } from '../../images/connectionImages.ts';
import { type ImageQuestion, ImageQuestions } from '../../images/imageQuestions.ts';
import type { Listing } from '../../images/listing.ts';
import { type ListingControls, TreeListings } from '../../images/treeListings.ts';
import { accountSection } from './accountSection.ts';
import type { BranchEvents, Branches } from './branches.ts';
import type { FamilyCardState } from './familyCard.ts';
import type { ImageRows } from './imageRows.ts';
import type { ImageSection, ShownImages } from './imageSection.ts';
import type { ItemState } from './imageTreeItems.ts';
import { latestSection } from './latestSection.ts';
import { listRows } from './listRows.ts';
import {
  type FamilyNode,
  type ImageNode,
  type ImagesContainer,
  type ImagesNode,
  isSectionNode,
  type PublicFamilyNode,
  type RegionNode,
  type Scope,
  type ScopeNode,
  type SectionNode,
  scopeOf,
} from './nodes.ts';
import { pinnedSection } from './pinnedSection.ts';
import { publicSearchSection } from './publicSearchSection.ts';
import { publicSection } from './publicSection.ts';

/** How long (ms) a command waits for the images of a family. */
const familyTimeout = 60_000;

/** Timeout (ms) of the question for a changed image. */
const imageTimeout = 30_000;

export interface ImageBranchesParts {
  readonly connection: Connection;
  readonly images: ConnectionImages;
  readonly catalog: Pick<CatalogPort, 'list'>;
  readonly rows: ImageRows;
  readonly pins: () => readonly Pin[];
  /** The publishers of the user's settings. */
  readonly publishers: () => readonly Publisher[];
  /** The current account's number; undefined where it is not known. */
  readonly account: () => string | undefined;
  readonly events: BranchEvents<ImagesNode>;
}

interface Lists {
  readonly images: TreeListings<ImageSummary, ImagesContainer>;
  readonly latest: TreeListings<LatestParameter, ImagesContainer>;
}

/** Images of a family. */
export interface FamilyImages {
  readonly images: readonly ImageSummary[];
  /** Whether these are all that there are. */
  readonly isWhole: boolean;
}

/** What the Images view shows of a connection under a filter: the sections of each region. */
export class ImageBranches implements Branches<ImagesNode> {
  readonly #parts: ImageBranchesParts;
  readonly #search: ImageSearch;
  readonly #lists: Lists;
  readonly #questions: ImageQuestions;
  readonly #sections: Readonly<Record<Scope, ImageSection>>;

  /** @param typing whether the filter is still typed */
  constructor(parts: ImageBranchesParts, search: ImageSearch, typing = false, lists = newLists(parts.events)) {
    const { connection, rows, pins, publishers, account } = parts;
    this.#parts = parts;
    this.#search = search;
    this.#lists = lists;
    this.#questions = new ImageQuestions(parts);
    const list = (region: string, question: ImageQuestion) => lists.images.of(this.#questions.of(region, question));
    const matches = (image: ImageSummary) => search.matches(image, publishers());
    const shown = { list, rows, search, matches };
    this.#sections = {
      pinned: pinnedSection(shown, pins),
      owned: accountSection('owned', shown),
      // EC2 answers "executable by me" with public and owned images as well.
      shared: accountSection('shared', shown, (image) => !image.public && image.ownerId !== account()),
      latest: latestSection(connection.ec2, lists.latest, search),
      public: search.isEmpty ? publicSection(shown, publishers) : publicSearchSection(shown, publishers, typing),
    };
  }

  /** The same lists under another filter. Searches for the one before are ended. */
  filtered(search: ImageSearch, typing = false): ImageBranches {
    this.#lists.images.retire(({ kind }) => kind === 'search');
    return new ImageBranches(this.#parts, search, typing, this.#lists);
  }

  get connection(): Connection {
    return this.#parts.connection;
  }

  get loading(): boolean {
    return this.#lists.images.loading || this.#lists.latest.loading;
  }

  /** Every listed image once. */
  get images(): readonly ImageSummary[] {
    const listed = this.#lists.images.listings.flatMap(({ items }) => items);
    return [...new Map(listed.map((image) => [image.id, image])).values()];
  }

  /** The listing of a region's owned images, if it was asked for. */
  ownedIn(region: string): Listing<ImageSummary> | undefined {
    return this.#lists.images.of(this.#questions.of(region, { kind: 'owned' })).listing;
  }

  /** Whether all that is owned, or shared, in a region was listed in the last `maxAge` ms. */
  hasListed(region: string, kind: 'owned' | 'shared', maxAge: number): boolean {
    const { listing } = this.#lists.images.of(this.#questions.of(region, { kind }));
    return listing?.completeSince !== undefined && Date.now() - listing.completeSince <= maxAge;
  }

  /** Shows a change of one image, and asks EC2 for that image where the change does not bring it. Never rejects. */
  async applyChange(change: ImageChange): Promise<void> {
    const { images, connection } = this.#parts;
    const { ref } = change;
    const { region, id } = ref;
    const lists = this.#lists.images;
    if (change.connection !== connection) {
      return;
    }
    if (change.kind === 'gone') {
      lists.remove(region, id);
    } else if (change.image) {
      this.#show(change.image);
    } else if (lists.has(region, id)) {
      try {
        const image = await images.of(connection).get(ref, AbortSignal.timeout(imageTimeout));
        if (image) {
          this.#show(image);
        } else {
          lists.remove(region, id);
        }
      } catch {
        // The failed call is in the log, and the row stays as it was.
      }
    }
  }

  #show(image: ImageSummary): void {
    const { id, region, ownerId } = image;
    const lists = this.#lists.images;
    const account = this.#parts.account();
    // An image that is in no list is one that the account has made: some endpoints give images another owner, or none.
    const isOwned = !lists.has(region, id) || ownerId === account;
    lists.replace(region, image);
    if (isOwned) {
      lists.upsert(this.#questions.of(region, { kind: 'owned' }), image);
    }
  }

  roots(regions: readonly string[]): readonly RegionNode[] {
    return regions.map((region) => ({ kind: 'region', id: region, region }));
  }

  async children(node: ImagesNode): Promise<readonly ImagesNode[]> {
    switch (node.kind) {
      case 'region': {
        const shown = scopes.filter((scope) => this.#sections[scope].isIn?.(node.region) ?? true);
        const nodes = shown.map((scope) => scopeNode(node, scope));
        if (!this.#search.isEmpty) {
          for (const scope of nodes) {
            void this.#sections[scope.scope].begin?.(scope);
          }
        }
        return nodes;
      }
      case 'family':
        return listRows(node, [], () => this.#pageOf(node));
      default:
        return isSectionNode(node) ? this.#sectionOf(node).children(node) : [];
    }
  }

  /** Names that tell no family have no part in common to leave out. */
  #pageOf(node: FamilyNode): { nodes: readonly ImageNode[]; hidden: number } {
    const { rows } = this.#parts;
    const isWhole = this.#search.isEmpty && this.#isComplete(node);
    return node.label === '' ? rows.page(node, node.images) : rows.pageOfFamily(node, node.images, isWhole);
  }

  /** The images of a family that are shown, and whether these are all that there are. */
  familyState(node: FamilyNode | PublicFamilyNode): Omit<FamilyCardState, 'now'> {
    const isWhole = this.#search.isEmpty && this.#isComplete(node);
    const images = node.kind === 'family' ? node.images : this.#familyIn(node).images;
    return { images, isWhole, owned: scopeOf(node).scope === 'owned' };
  }

  /** Those images of a family that are listed, whatever the filter. */
  #familyIn(node: FamilyNode | PublicFamilyNode): FamilyImages {
    const source = this.#sections[scopeOf(node).scope].sourceOf?.(node);
    if (!source) {
      return { images: node.kind === 'family' ? node.images : [], isWhole: false };
    }
    const here = (source.list.listing?.items ?? []).filter(source.isHere);
    const [first] = node.kind === 'family' ? node.images : [];
    return { images: first ? here.filter(familyTest(first)) : here, isWhole: source.list.complete };
  }

  /**
   * All images of a family, whatever the filter: what is not listed is asked for. Of a search for public images, those
   * that it has found. Throws what has failed.
   */
  async imagesOfFamily(node: FamilyNode | PublicFamilyNode): Promise<FamilyImages> {
    const list = this.#sections[scopeOf(node).scope].sourceOf?.(node)?.list;
    if (list) {
      await readWhole(list, node);
    }
    return this.#familyIn(node);
  }

  #isComplete(node: ImagesNode): boolean {
    return this.lists(node).every(({ complete }) => complete);
  }

  itemState(node: ImagesNode): Omit<ItemState, 'now'> {
    switch (node.kind) {
      case 'family':
        return {
          count: { value: node.images.length, complete: this.#isComplete(node) },
          owned: scopeOf(node).scope === 'owned',
        };
      case 'image':
        return {
          publisher: publisherOf(node.image, this.#parts.publishers()),
          owned: scopeOf(node).scope === 'owned' || node.image.ownerId === this.#parts.account(),
        };
      default:
        return (isSectionNode(node) && this.#sectionOf(node).listState?.(node)) || {};
    }
  }

  lists(node: ImagesNode): readonly ListingControls[] {
    if (node.kind === 'region') {
      return [...this.#lists.images.inRegion(node.region), ...this.#lists.latest.inRegion(node.region)];
    }
    return isSectionNode(node) ? this.#sectionOf(node).lists(node) : this.lists(node.parent);
  }

  #sectionOf(node: SectionNode): ImageSection {
    return this.#sections[scopeOf(node).scope];
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

/** Reads a list to its end. Throws what has failed, and an AmiError where that takes too long. */
async function readWhole(list: ShownImages, node: FamilyNode | PublicFamilyNode): Promise<void> {
  const until = Date.now() + familyTimeout;
  let listing = await list.read(node.kind === 'family' ? node.parent : node);
  while (listing && !listing.complete) {
    await listing.answer(until - Date.now());
    if (listing.error !== undefined) {
      throw listing.error;
    }
    if (Date.now() >= until) {
      throw new AmiError(
        { kind: 'no-answer', seconds: familyTimeout / 1_000 },
        {
          kind: 'timeout',
          operation: 'DescribeImages',
          region: node.region,
        },
      );
    }
    list.more();
    listing = list.listing;
  }
}

const scopes: readonly Scope[] = ['pinned', 'owned', 'shared', 'latest', 'public'];

export function scopeNode(parent: RegionNode, scope: Scope): ScopeNode {
  return { kind: 'scope', id: `${parent.id}/${scope}`, region: parent.region, scope, parent };
}

function newLists({ changed, loadingChanged }: BranchEvents<ImagesNode>): Lists {
  return {
    images: new TreeListings<ImageSummary, ImagesContainer>(changed, loadingChanged),
    latest: new TreeListings<LatestParameter, ImagesContainer>(changed, loadingChanged),
  };
}
