import type { ImageSummary } from './image.ts';
import { type Publisher, publisherOf } from './publishers.ts';

/**
 * How far an image's owner can be trusted, from the most to the least: the account itself, one that has shared the image
 * with it alone, a verified publisher, one of the user's settings, anybody.
 */
export const standings = ['own', 'shared', 'verified', 'fromSettings', 'unverified'] as const;

export type Standing = (typeof standings)[number];

/**
 * @param account undefined where it is not known
 * @param custom the publishers of the user's settings
 */
export function standingOf(
  image: Pick<ImageSummary, 'region' | 'ownerId' | 'ownerAlias' | 'name' | 'public'>,
  account: string | undefined,
  custom: readonly Publisher[],
): Standing {
  if (image.ownerId === account) {
    return 'own';
  }
  if (!image.public) {
    return 'shared';
  }
  const publisher = publisherOf(image, custom);
  return publisher ? (publisher.verified ? 'verified' : 'fromSettings') : 'unverified';
}
