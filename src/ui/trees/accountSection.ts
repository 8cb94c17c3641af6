import type { ImageSummary } from '../../core/image.ts';
import { imageMatchesWords } from '../../core/search.ts';
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
  { list, rows, words }: SectionParts,
  isHere: (image: ImageSummary) => boolean = () => true,
): ImageSection {
  const listOf = ({ region }: SectionNode) => list(region, { kind });
  const shown = (images: readonly ImageSummary[]) =>
    images.filter((image) => imageMatchesWords(words, image) && isHere(image));
  return {
    children: async (node) =>
      node.kind === 'scope'
        ? listRows(node, [listOf(node)], (images) => ({
            ...rows.grouped(node, shown(images)),
            filtered: words.length > 0,
          }))
        : [],
    listState: (node) => listState(listOf(node), shown),
    lists: (node) => [listOf(node)],
  };
}
