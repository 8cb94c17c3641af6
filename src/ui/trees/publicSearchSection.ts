import type { ImageSummary } from '../../core/image.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import { type ImageSection, listState, type SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { PublisherNode, ScopeNode } from './nodes.ts';

/**
 * The public images that match the filter, by publisher.
 *
 * @param publishers those of the user's settings
 * @param typing whether the filter is still typed: only what needs no call is shown
 */
export function publicSearchSection(
  { list, rows, search, matches }: SectionParts,
  publishers: () => readonly Publisher[],
  typing: boolean,
): ImageSection {
  const listOf = ({ region }: { readonly region: string }) =>
    list(region, { kind: 'search', search, publishers: publishers(), inCatalog: typing });
  const publisherIn = (image: ImageSummary) => publisherOf(image, publishers());
  const imagesOf = ({ region, publisher, ownerId }: PublisherNode) =>
    (listOf({ region }).listing?.items ?? []).filter(
      (image) => matches(image) && (publisherIn(image)?.id ?? image.ownerId) === (publisher?.id ?? ownerId),
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
        id: [parent.id, ownerId, search.text].join('/'),
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
            nodes: publisherNodes(node, images.filter(matches)),
            because: typing ? 'typing' : 'filtered',
          }));
        case 'publisher':
          return rows.families(node, imagesOf(node));
        default:
          return [];
      }
    },
    listState: (node) => {
      if (node.kind === 'publisher') {
        return { count: { value: imagesOf(node).length, complete: listOf(node).complete }, expanded: true };
      }
      const state = listState(listOf(node), (images) => images.filter(matches));
      // Where there is no catalog, that nothing was found without a call says nothing.
      return typing && !state.count?.value ? {} : state;
    },
    begin: async (node) => void (await listOf(node).read(node)),
    lists: (node) => [listOf(node)],
  };
}

function knownFirst(a: PublisherNode, b: PublisherNode): number {
  return (
    Number(b.publisher !== undefined) - Number(a.publisher !== undefined) ||
    (a.publisher?.name ?? a.ownerId).localeCompare(b.publisher?.name ?? b.ownerId, 'en')
  );
}
