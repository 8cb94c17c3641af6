import type { ImageSummary } from '../../core/image.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import { imageMatchesWords } from '../../core/search.ts';
import type { ImageSection, SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { PublisherNode, ScopeNode } from './nodes.ts';

/**
 * The public images that match the filter, by publisher.
 *
 * @param publishers those of the user's settings
 */
export function publicSearchSection(
  { list, rows, words }: SectionParts,
  publishers: () => readonly Publisher[],
): ImageSection {
  const listOf = ({ region }: { readonly region: string }) => list(region, { kind: 'search', words });
  const publisherIn = (image: ImageSummary) => publisherOf(image, publishers());
  const matching = (images: readonly ImageSummary[]) => images.filter((image) => imageMatchesWords(words, image));
  const imagesOf = ({ region, publisher, ownerId }: PublisherNode) =>
    matching(listOf({ region }).listing?.items ?? []).filter(
      (image) => (publisherIn(image)?.id ?? image.ownerId) === (publisher?.id ?? ownerId),
    );
  const publisherNodes = (parent: ScopeNode, images: readonly ImageSummary[]): readonly PublisherNode[] => {
    const found = new Map(
      images.map((image) => {
        const publisher = publisherIn(image);
        return [publisher?.id ?? image.ownerId, publisher];
      }),
    );
    return Array.from(
      found,
      ([ownerId, publisher]): PublisherNode => ({
        kind: 'publisher',
        // The editor remembers by id what is collapsed: with an id of its own, a node under a filter begins expanded.
        id: [parent.id, ownerId, ...words].join('/'),
        region: parent.region,
        publisher,
        ownerId,
        parent,
      }),
    ).sort(knownFirst);
  };
  return {
    async children(node) {
      switch (node.kind) {
        case 'scope':
          return listRows(node, [listOf(node)], (images) => ({
            nodes: publisherNodes(node, matching(images)),
            filtered: true,
          }));
        case 'publisher':
          return rows.families(node, imagesOf(node));
        default:
          return [];
      }
    },
    listState: (node) =>
      node.kind === 'publisher'
        ? { count: { value: imagesOf(node).length, complete: listOf(node).complete }, expanded: true }
        : {},
    lists: (node) => [listOf(node)],
  };
}

function knownFirst(a: PublisherNode, b: PublisherNode): number {
  return (
    Number(b.publisher !== undefined) - Number(a.publisher !== undefined) ||
    (a.publisher?.name ?? a.ownerId).localeCompare(b.publisher?.name ?? b.ownerId, 'en')
  );
}
