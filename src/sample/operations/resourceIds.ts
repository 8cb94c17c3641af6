import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';

/** "Up to 1000 resource IDs" (API reference, CreateTags); used for the Describe operations too. */
const MAX_IDS = 1000;

/** Whether a text is a resource id with this prefix: 8 or 17 hex digits. */
export function isResourceId(id: string, prefix: string): boolean {
  return id.startsWith(`${prefix}-`) && /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));
}

/** EC2's names for lists of ids (aws/aws-sdk-ruby, ResourcePaginationFix of EC2). */
const LISTS: Readonly<Record<string, string>> = {
  image: 'imageIdsSet',
  instance: 'instancesSet',
  snapshot: 'snapshotSet',
  volume: 'volumeIdsSet',
};

/**
 * The ids in a request, which cannot be combined with paging. `noun` is the kind of the ids.
 *
 * @throws ServiceError InvalidRequest, InvalidParameterCombination
 */
export function requestedIds(params: QueryParameters, parameter: string, noun: string): string[] {
  const ids = params.list(parameter);
  checkCount(ids, noun);
  if (ids.length > 0 && params.get('MaxResults') !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      `The parameter ${LISTS[noun]} cannot be used with the parameter maxResults`,
    );
  }
  return ids;
}

/**
 * EC2's sentence, including its misspelling, is from bastillion-io/Bastillion-EC2 issue 8. @throws ServiceError
 * InvalidRequest
 */
export function checkCount(ids: readonly string[], noun: string): void {
  if (ids.length > MAX_IDS) {
    throw new ServiceError(
      'InvalidRequest',
      `${ids.length} exceeds the maximum number of ${noun} IDs that can be specificied (${MAX_IDS}). ` +
        `Please specify fewer than ${MAX_IDS} ${noun} IDs.`,
    );
  }
}
