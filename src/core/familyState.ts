import type { ImageSummary } from './image.ts';
import { lifecycleOf } from './lifecycle.ts';

/** What is worth a look among the images of a family. */
type FamilyFlag = 'failed' | 'public' | 'pending' | 'disabled' | 'deprecated';

export interface FamilyCount {
  readonly flag: FamilyFlag;
  readonly count: number;
}

/** The flags in the order of their importance. */
const flags: readonly FamilyFlag[] = ['failed', 'public', 'pending', 'disabled', 'deprecated'];

/**
 * How many images have what is worth a look, the most important first. `failed` counts all from which nothing can be
 * launched for good, `public` those that their owner, the account, has made public, and `deprecated` is there only
 * where all images are: others have newer ones that are not.
 *
 * @param owned whether the account owns the images
 * @param now milliseconds since 1970
 */
export function familyFlags(images: readonly ImageSummary[], owned: boolean, now: number): readonly FamilyCount[] {
  const counts = new Map<FamilyFlag, number>();
  const add = (flag: FamilyFlag) => counts.set(flag, (counts.get(flag) ?? 0) + 1);
  for (const image of images) {
    const kind = lifecycleOf(image, now)[0]?.kind;
    if (kind === 'failed' || kind === 'unusable') add('failed');
    if (kind === 'pending' || kind === 'disabled' || kind === 'deprecated') add(kind);
    if (owned && image.public) add('public');
  }
  if (counts.get('deprecated') !== images.length) counts.delete('deprecated');
  return flags.flatMap((flag) => {
    const count = counts.get(flag);
    return count === undefined ? [] : [{ flag, count }];
  });
}
