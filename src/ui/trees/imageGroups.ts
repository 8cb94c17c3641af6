import { type FamilyGroup, groupByFamily, newestFirst, sortedNewestFirst } from '../../core/family.ts';
import type { ImageSummary } from '../../core/image.ts';

/** Families in the order of their labels; the images of each in the order that the user chose. */
export function byFamily(images: readonly ImageSummary[], byName: boolean): readonly FamilyGroup[] {
  const groups = groupByFamily(images);
  return byName ? groups.map((group) => ({ ...group, images: sorted(group.images, byName) })) : groups;
}

export function sorted(images: readonly ImageSummary[], byName: boolean): readonly ImageSummary[] {
  return byName ? [...images].sort(compareNames) : sortedNewestFirst(images);
}

const names = new Intl.Collator('en', { numeric: true });

function compareNames(a: ImageSummary, b: ImageSummary): number {
  return names.compare(a.name, b.name) || newestFirst(a, b);
}
