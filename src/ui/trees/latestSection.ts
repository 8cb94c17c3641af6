import type { ImageSearch } from '../../core/imageSearch.ts';
import { type LatestParameter, latestInOrder } from '../../core/latestParameter.ts';
import { type LatestGroup, latestGroups } from '../../core/latestParameterGroups.ts';
import type { ParameterReader } from '../../ec2/port.ts';
import { latestPages } from '../../images/latestPages.ts';
import type { Listing, ReadAhead } from '../../images/listing.ts';
import type { TreeListings } from '../../images/treeListings.ts';
import type { ImageSection } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { ImagesContainer, LatestGroupNode, ParameterNode, ScopeNode, SectionNode } from './nodes.ts';

/**
 * How many pages of ten parameters a group reads before Load More. The known latest ones come first; some groups have
 * thousands of former builds after them.
 */
const pages = 150;

/** Enough to know whether a group has anything in a region. */
const firstItem: ReadAhead = { items: 1, pages };

const whole: ReadAhead = { items: Number.POSITIVE_INFINITY, pages };

/** The public parameters that name the latest images, by publisher. */
export function latestSection(
  ec2: ParameterReader,
  lists: TreeListings<LatestParameter, ImagesContainer>,
  search: ImageSearch,
): ImageSection {
  const listOf = (region: string, group: LatestGroup, readAhead: ReadAhead) =>
    lists.of({
      region,
      key: `${region}/${group.id}`,
      readAhead,
      ask: (signal) => latestPages(ec2, region, group, signal),
    });
  const listsOf = (node: SectionNode) =>
    node.kind === 'latestGroup'
      ? [listOf(node.region, node.group, whole)]
      : latestGroups.map((group) => listOf(node.region, group, firstItem));
  return {
    async children(node) {
      switch (node.kind) {
        case 'scope':
          return listRows(node, listsOf(node), (_, listings) => ({
            nodes: groupNodes(node, listings),
            complete: true,
          }));
        case 'latestGroup':
          return listRows(node, listsOf(node), (parameters) => ({
            nodes: parameterNodes(node, parameters, search),
            because: search.isEmpty ? undefined : 'filtered',
          }));
        default:
          return [];
      }
    },
    lists: listsOf,
  };
}

/** The groups that have a parameter in the region, or may have one on a page that was not read. */
function groupNodes(parent: ScopeNode, listings: readonly Listing<LatestParameter>[]): readonly LatestGroupNode[] {
  const has = (listing: Listing<LatestParameter> | undefined) =>
    listing && (listing.items.length > 0 || (listing.pageCount >= pages && !listing.complete));
  return latestGroups
    .filter((_, index) => has(listings[index]))
    .map((group) => ({ kind: 'latestGroup', id: `${parent.id}/${group.id}`, region: parent.region, group, parent }));
}

function parameterNodes(
  parent: LatestGroupNode,
  parameters: readonly LatestParameter[],
  search: ImageSearch,
): readonly ParameterNode[] {
  const shown = parameters.filter(({ label, name, imageId }) =>
    search.matchesTexts([label, name, imageId, parent.group.name]),
  );
  return latestInOrder(shown).map((parameter) => ({
    kind: 'parameter',
    id: `${parent.id}${parameter.name}`,
    parameter,
    parent,
  }));
}
