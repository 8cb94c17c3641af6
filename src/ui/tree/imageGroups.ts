import { type FamilyGroup, groupByFamily, newestFirst, sortedNewestFirst } from '../../core/family.ts';
import type { Image } from '../../core/image.ts';

/** Families in the order of their labels; the images of each in the order that the user chose. */
export function byFamily(images: readonly Image[], byName: boolean): readonly FamilyGroup[] {
  const groups = groupByFamily(images);
  return byName ? groups.map((group) => ({ ...group, images: sorted(group.images, byName) })) : groups;
}

export function sorted(images: readonly Image[], byName: boolean): readonly Image[] {
  return byName ? [...images].sort(compareNames) : sortedNewestFirst(images);
}

const names = new Intl.Collator('en', { numeric: true });

function compareNames(a: Image, b: Image): number {
  return names.compare(a.name, b.name) || newestFirst(a, b);
}
