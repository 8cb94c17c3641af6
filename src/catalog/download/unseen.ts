import type { PublicImage } from '../../core/publicImage.ts';

/** The images that are not among `seen`, which has them from then on. */
export function unseen(images: readonly PublicImage[], seen: Set<string>): readonly PublicImage[] {
  return images.filter(({ id }) => {
    const before = seen.size;
    return seen.add(id).size > before;
  });
}
