import type { ImageSummary } from '../../core/image.ts';
import { withoutSharedStart } from '../../core/imageLabels.ts';
import { familiesOf, type PublicFamily } from '../../core/publicFamilies.ts';
import { type Publisher, publisherOf, publishersIn } from '../../core/publishers.ts';
import { partitionOf } from '../../core/regions.ts';
import { type ImageSection, listState, type SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { ImagesNode, PublicFamilyNode, PublisherNode, SectionNode } from './nodes.ts';

/**
 * The families of the publishers.
 *
 * @param publishers those of the user's settings
 */
export function publicSection(
  { list, rows }: Pick<SectionParts, 'list' | 'rows'>,
  publishers: () => readonly Publisher[],
): ImageSection {
  const publishersOf = (region: string) => publishersIn(partitionOf(region), publishers());
  const listOf = (region: string, family: PublicFamily) => list(region, { kind: 'family', family });
  /** Leaves out images that a publisher shares with the account alone, and those of owners that were not asked for. */
  const isPublished = (publisher: Publisher | undefined, image: ImageSummary) =>
    image.public && (publisher?.verified !== true || publisherOf(image, publishers())?.id === publisher.id);
  const published = (publisher: Publisher | undefined, images: readonly ImageSummary[]) =>
    images.filter((image) => isPublished(publisher, image));
  const childrenOfPublisher = (node: PublisherNode): readonly ImagesNode[] | Promise<readonly ImagesNode[]> => {
    const { id, region, publisher } = node;
    if (publisher?.needsWords) {
      return [{ kind: 'note', id: `${id}/note`, note: 'needsWords', parent: node }];
    }
    const families = familiesIn(region, publisher);
    const [only] = families;
    if (families.length === 1 && only) {
      // A publisher without well-known families: the families are made of the names of its images.
      return listRows(node, [listOf(region, only)], (images) => ({
        nodes: rows.families(node, published(publisher, images)),
      }));
    }
    const labels = withoutSharedStart(families.filter(({ kind }) => kind === 'series').map(({ label }) => label));
    return families.map(
      (family): PublicFamilyNode => ({
        kind: 'publicFamily',
        id: `${id}/${family.id}`,
        region,
        family,
        label: labels.get(family.label),
        parent: node,
      }),
    );
  };
  return {
    async children(node) {
      switch (node.kind) {
        case 'scope':
          return publishersOf(node.region).map(
            (publisher): PublisherNode => ({
              kind: 'publisher',
              id: `${node.id}/${publisher.id}`,
              region: node.region,
              publisher,
              ownerId: publisher.id,
              parent: node,
            }),
          );
        case 'publisher':
          return childrenOfPublisher(node);
        case 'publicFamily':
          return listRows(node, [listOf(node.region, node.family)], (images, [listing]) => {
            const shown = published(node.parent.publisher, images);
            return node.family.kind === 'other'
              ? rows.page(node, shown)
              : rows.pageOfFamily(node, shown, listing?.complete === true && listing.error === undefined);
          });
        default:
          return [];
      }
    },
    listState: (node) =>
      node.kind === 'publicFamily'
        ? listState(listOf(node.region, node.family), (images) => published(node.parent.publisher, images))
        : {},
    sourceOf: (node) => {
      const publisher = node.parent.kind === 'publisher' ? node.parent.publisher : undefined;
      const family = node.kind === 'publicFamily' ? node.family : familiesIn(node.region, publisher)[0];
      return family && { list: listOf(node.region, family), isHere: (image) => isPublished(publisher, image) };
    },
    lists: (node) => familiesBelow(node, publishersOf).map((family) => listOf(node.region, family)),
  };
}

function familiesBelow(
  node: SectionNode,
  publishersOf: (region: string) => readonly Publisher[],
): readonly PublicFamily[] {
  switch (node.kind) {
    case 'publicFamily':
      return [node.family];
    case 'publisher':
      return familiesIn(node.region, node.publisher);
    default:
      return publishersOf(node.region).flatMap((publisher) => familiesIn(node.region, publisher));
  }
}

function familiesIn(region: string, publisher: Publisher | undefined): readonly PublicFamily[] {
  return publisher ? familiesOf(publisher, partitionOf(region)) : [];
}
