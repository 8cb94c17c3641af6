import { groupByFamily } from '../../core/familyGroups.ts';
import type { ImageSummary } from '../../core/image.ts';
import { newestFirst, sortedNewestFirst } from '../../core/imageAge.ts';
import { differingParts } from '../../core/imageLabels.ts';
import { newestOfEach } from '../../core/newestImages.ts';
import type { Pin } from '../../core/pins.ts';
import type { FamilyNode, ImageNode, ImageParent, PublicFamilyNode, PublisherNode, ScopeNode } from './nodes.ts';
import type { PageSizes } from './pageSizes.ts';

export interface ImageRowsParts {
  readonly pageSizes: PageSizes;
  readonly groupByFamily: () => boolean;
  /** Otherwise the newest come first. */
  readonly sortByName: () => boolean;
  /** Percent, for an image that is being made. */
  readonly progressOf: (imageId: string) => number | undefined;
}

/** Images as nodes, grouped and sorted as the settings say. */
export class ImageRows {
  readonly #parts: ImageRowsParts;

  constructor(parts: ImageRowsParts) {
    this.#parts = parts;
  }

  /** Families or images, as the user has set. */
  grouped(parent: ScopeNode, images: readonly ImageSummary[]): { nodes: (FamilyNode | ImageNode)[]; hidden: number } {
    return this.#parts.groupByFamily()
      ? { nodes: this.families(parent, images), hidden: 0 }
      : this.page(parent, images);
  }

  /** Sorted by label. A family of one image is that image. */
  families(parent: ScopeNode | PublisherNode, images: readonly ImageSummary[]): (FamilyNode | ImageNode)[] {
    return groupByFamily(images).map((group): FamilyNode | ImageNode => {
      const [first, second] = group.images;
      return first && !second
        ? this.image(parent, first)
        : {
            kind: 'family',
            id: `${parent.id}/${group.key}`,
            region: parent.region,
            label: group.label,
            images: group.images,
            parent,
          };
    });
  }

  /** The first images, as many as the page size or Load More has set. */
  page(parent: ImageParent, images: readonly ImageSummary[]): { nodes: ImageNode[]; hidden: number } {
    const sorted = this.#parts.sortByName() ? [...images].sort(compareNames) : sortedNewestFirst(images);
    const { items, hidden } = this.#parts.pageSizes.page(parent, sorted);
    return { nodes: items.map((image) => this.image(parent, image)), hidden };
  }

  /**
   * The first images of a family, with what tells them apart.
   *
   * @param isWhole whether these are all images of the family, so that the newest among them is the newest there is
   */
  pageOfFamily(
    parent: FamilyNode | PublicFamilyNode,
    images: readonly ImageSummary[],
    isWhole: boolean,
  ): { nodes: ImageNode[]; hidden: number } {
    const { nodes, hidden } = this.page(parent, images);
    const labels = differingParts(images.map(({ name }) => name));
    const newest = new Set(isWhole ? newestOfEach(images) : []);
    return {
      nodes: nodes.map((node) => ({
        ...node,
        label: labels.get(node.image.name),
        isNewest: newest.has(node.image),
      })),
      hidden,
    };
  }

  /** @param pins the pins that the image stands for, in the section of pinned images */
  image(parent: ImageParent, image: ImageSummary, pins?: readonly Pin[]): ImageNode {
    const progress = this.#parts.progressOf(image.id);
    return { kind: 'image', id: `${parent.id}/${image.id}`, image, progress, ...(pins && { pins }), parent };
  }
}

const names = new Intl.Collator('en', { numeric: true });

function compareNames(a: ImageSummary, b: ImageSummary): number {
  return names.compare(a.name, b.name) || newestFirst(a, b);
}
