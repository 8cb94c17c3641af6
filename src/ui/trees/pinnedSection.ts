import type { ImageSummary } from '../../core/image.ts';
import { type Pin, type PinnedImages, pinKey, pinsOf } from '../../core/pins.ts';
import { imageMatchesWords } from '../../core/search.ts';
import { type ImageSection, listState, type SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { ImageNode, MissingPinNode, ScopeNode, SectionNode } from './nodes.ts';

/** The pinned images and the newest of pinned families, in the order of pinning, and the pins that have no image. */
export function pinnedSection({ list, rows, words }: SectionParts, allPins: () => readonly Pin[]): ImageSection {
  const pinsIn = (region: string) => allPins().filter((pin) => pin.kind === 'family' || pin.region === region);
  const listOf = ({ region }: SectionNode, pins = pinsIn(region)) => list(region, { kind: 'pinned', pins });
  const shown = (images: readonly ImageSummary[]) => images.filter((image) => imageMatchesWords(words, image));
  const toNodes = (node: ScopeNode, all: PinnedImages): readonly (ImageNode | MissingPinNode)[] => {
    const place = (pin: Pin) => all.pins.indexOf(pin);
    const found = shown(all.images)
      .map((image) => ({ image, stands: pinsOf(all, image) }))
      .sort((a, b) => Math.min(...a.stands.map(place)) - Math.min(...b.stands.map(place)))
      .map(({ image, stands }) => rows.image(node, image, stands));
    const there = new Set(all.images.flatMap((image) => pinsOf(all, image)));
    const missing = all.complete && words.length === 0 ? all.pins.filter((pin) => !there.has(pin)) : [];
    return [
      ...found,
      ...missing.map(
        (pin): MissingPinNode => ({ kind: 'missingPin', id: `${node.id}/missing/${pinKey(pin)}`, pin, parent: node }),
      ),
    ];
  };
  return {
    isIn: (region) => pinsIn(region).length > 0,
    children: async (node) => {
      const pins = pinsIn(node.region);
      const pinned = listOf(node, pins);
      return node.kind === 'scope'
        ? listRows(node, [pinned], (images) => ({
            nodes: toNodes(node, { pins, images, complete: pinned.complete }),
            filtered: words.length > 0,
          }))
        : [];
    },
    listState: (node) => listState(listOf(node), shown),
    lists: (node) => [listOf(node)],
  };
}
