import type { ImageSummary } from './image.ts';
import { publisherOf } from './publishers.ts';

/**
 * Whether a verified publisher has named an image, so that a part of the name may stand for it. A stranger's image, or that of
 * a seller in the Marketplace, could pass for another one by the end of its name.
 */
export function hasVerifiedName(image: Pick<ImageSummary, 'region' | 'ownerId' | 'ownerAlias' | 'name'>): boolean {
  const publisher = publisherOf(image);
  return publisher?.verified === true && publisher.ownerAlias !== 'aws-marketplace';
}
