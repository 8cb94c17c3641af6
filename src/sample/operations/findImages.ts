import { isPublic, isSharedWithSampleAccount, SAMPLE_ACCOUNT_ID, type SampleImage } from '../model.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import { isResourceId } from './resourceIds.ts';

/** Whether the account may see an image: it is owned, public or shared with the account. */
export function isVisible(image: SampleImage): boolean {
  return image.ownerId === SAMPLE_ACCOUNT_ID || isPublic(image) || isSharedWithSampleAccount(image);
}

/**
 * The images with these ids, each once. A deregistered image that an instance still uses is left out.
 *
 * @throws ServiceError InvalidAMIID.Malformed, InvalidAMIID.NotFound
 */
export function findImages(region: RegionState, ids: readonly string[], now: number): SampleImage[] {
  for (const id of ids) {
    checkImageId(id);
  }
  const found = [...new Set(ids)].map((id) => ({ id, image: region.findImage(id, now) }));
  const images = found.flatMap(({ image }) => (image && isVisible(image) ? [image] : []));
  const missing = found
    .filter(({ id, image }) => (image ? !isVisible(image) : !region.isInUse(id)))
    .map(({ id }) => id);
  if (missing.length > 0) {
    const words = missing.length === 1 ? ['id', 'does'] : ['ids', 'do'];
    throw new ServiceError(
      'InvalidAMIID.NotFound',
      `The image ${words[0]} '[${missing.join(', ')}]' ${words[1]} not exist`,
    );
  }
  return images;
}

function checkImageId(id: string): void {
  if (!isResourceId(id, 'ami')) {
    throw new ServiceError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  }
}
