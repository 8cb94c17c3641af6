import type { ImageSummary } from '../../core/image.ts';
import { type ImageSection, listState, type SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { SectionNode } from './nodes.ts';

/**
 * The images that the account owns, or that others share with it.
 *
 * @param isHere whether an image of the listing belongs to the section
 */
export function accountSection(
  kind: 'owned' | 'shared',
  { list, rows, search, matches }: SectionParts,
  isHere: (image: ImageSummary) => boolean = () => true,
): ImageSection {
  const listOf = ({ region }: SectionNode) => list(region, { kind });
  const shown = (images: readonly ImageSummary[]) => images.filter((image) => matches(image) && isHere(image));
  return {
    children: async (node) =>
      node.kind === 'scope'
        ? listRows(node, [listOf(node)], (images) => ({
            ...rows.grouped(node, shown(images)),
            because: search.isEmpty ? undefined : 'filtered',
          }))
        : [],
    listState: (node) => listState(listOf(node), shown),
    sourceOf: ({ region }) => ({ list: list(region, { kind }), isHere }),
    begin: async (node) => void (await listOf(node).read(node)),
    lists: (node) => [listOf(node)],
  };
}
