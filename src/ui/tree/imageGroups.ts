import { familyOf, newestFirst } from '../../core/family.ts';
import type { Image } from '../../core/image.ts';

export interface ImageGroup {
  readonly key: string;
  readonly label: string;
  readonly images: readonly Image[];
}

/** Families in the order of their labels; the images of each as `sorted` orders them. */
export function byFamily(images: readonly Image[], byName: boolean): readonly ImageGroup[] {
  const groups = new Map<string, { label: string; images: Image[] }>();
  for (const image of images) {
    const family = familyOf(image);
    const group = groups.get(family.key);
    if (group) {
      group.images.push(image);
    } else {
      groups.set(family.key, { label: family.label, images: [image] });
    }
  }
  return [...groups]
    .map(([key, group]) => ({ key, label: group.label, images: sorted(group.images, byName) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }) || a.key.localeCompare(b.key, 'en'));
}

export function sorted(images: readonly Image[], byName: boolean): readonly Image[] {
  const order = byName
    ? (a: Image, b: Image) => a.name.localeCompare(b.name, 'en', { numeric: true }) || newestFirst(a, b)
    : newestFirst;
  return [...images].sort(order);
}
