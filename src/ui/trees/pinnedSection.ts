import type { ImageSummary } from '../../core/image.ts';
import { type Pin, type PinnedImages, pinKey, pinsOf } from '../../core/pins.ts';
import { type ImageSection, listState, type SectionParts } from './imageSection.ts';
import { listRows } from './listRows.ts';
import type { ImageNode, MissingPinNode, ScopeNode, SectionNode } from './nodes.ts';

/** The pinned images and the newest of pinned families, in the order of pinning, and the pins that have no image. */
export function pinnedSection(
  { list, rows, search, matches }: SectionParts,
  allPins: () => readonly Pin[],
): ImageSection {
  const pinsIn = (region: string) => allPins().filter((pin) => pin.kind === 'family' || pin.region === region);
  const listOf = ({ region }: SectionNode, pins = pinsIn(region)) => list(region, { kind: 'pinned', pins });
  const shown = (images: readonly ImageSummary[]) => images.filter(matches);
  const toNodes = (node: ScopeNode, all: PinnedImages): readonly (ImageNode | MissingPinNode)[] => {
    const place = (pin: Pin) => all.pins.indexOf(pin);
    const found = shown(all.images)
      .map((image) => ({ image, stands: pinsOf(all, image) }))
      .sort((a, b) => Math.min(...a.stands.map(place)) - Math.min(...b.stands.map(place)))
      .map(({ image, stands }) => ({
        ...rows.image(node, image, stands),
        isNewest: stands.some(({ kind }) => kind === 'family'),
      }));
    const there = new Set(all.images.flatMap((image) => pinsOf(all, image)));
    const missing = all.complete && search.isEmpty ? all.pins.filter((pin) => !there.has(pin)) : [];
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
      if (node.kind !== 'scope') return [];
      const shownRows = await listRows(node, [pinned], (images) => ({
        nodes: toNodes(node, { pins, images, complete: pinned.complete }),
      }));
      // The section is open by itself, above what the filter finds: where it has none of it, its count says so.
      return shownRows.filter((row) => row.kind !== 'note' || row.note !== 'empty');
    },
    listState: (node) => listState(listOf(node), shown),
    begin: async (node) => void (await listOf(node).read(node)),
    lists: (node) => [listOf(node)],
  };
}
