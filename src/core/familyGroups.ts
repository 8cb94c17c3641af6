import { familyOf } from './family.ts';
import type { ImageSummary } from './image.ts';
import { sortedNewestFirst } from './imageAge.ts';

export interface FamilyGroup {
  readonly key: string;
  readonly label: string;
  /** Newest first; never empty. */
  readonly images: readonly ImageSummary[];
}

/**
 * Images by family, in alphabetical order with the unlabelled family last. Owners and architectures are mixed: filter
 * the images first where that matters.
 */
export function groupByFamily(images: readonly ImageSummary[]): readonly FamilyGroup[] {
  const groups = new Map<string, ImageSummary[]>();
  for (const image of images) {
    const { key } = familyOf(image);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [image]);
    else group.push(image);
  }
  return [...groups]
    .map(([key, members]): FamilyGroup => {
      const sorted = sortedNewestFirst(members);
      return { key, label: sorted[0] === undefined ? '' : familyOf(sorted[0]).label, images: sorted };
    })
    .sort((a, b) => Number(a.label === '') - Number(b.label === '') || labels.compare(a.label, b.label));
}

const labels = new Intl.Collator('en', { numeric: true });
