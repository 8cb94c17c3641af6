import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import { filterOf } from '../wire/filters.ts';
import type { QueryParameters } from '../wire/query.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { isVisible } from './findImages.ts';
import { checkCount, isResourceId } from './resourceIds.ts';

/** "Tag restrictions" of the EC2 user guide. */
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** "Up to 1000 tags" (API reference, DeleteTags). */
const MAX_REMOVALS = 1000;

const MIN_PAGE = 5;

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  ami: 'image',
  i: 'instance',
  snap: 'snapshot',
  vol: 'volume',
};

const MISSING_CODES: Readonly<Record<string, string>> = {
  ami: 'InvalidAMIID.NotFound',
  i: 'InvalidInstanceID.NotFound',
  snap: 'InvalidSnapshot.NotFound',
  vol: 'InvalidVolume.NotFound',
};

interface ResourceTag {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

/** The length as EC2 counts it, in "Unicode characters" instead of UTF-16 code units. */
export function length(text: string): number {
  return [...text].length;
}

/** Checks tags against EC2's limits. @throws ServiceError InvalidParameterValue, TagLimitExceeded */
export function checkTags(tags: ReadonlyMap<string, string>): void {
  for (const [key, value] of tags) {
    checkKey(key);
    if (length(value) > MAX_VALUE) {
      throw new ServiceError(
        'InvalidParameterValue',
        `Tag value exceeds the maximum length of ${MAX_VALUE} characters`,
      );
    }
  }
  checkCountOfTags(tags);
}

/** AWS's own tags do not count ("Tag restrictions"). @throws ServiceError TagLimitExceeded */
function checkCountOfTags(tags: ReadonlyMap<string, string>): void {
  if ([...tags.keys()].filter((key) => !isReserved(key)).length > MAX_TAGS) {
    throw new ServiceError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }
}

/** @throws ServiceError InvalidParameterValue */
function checkKey(key: string): void {
  if (key === '' || length(key) > MAX_KEY) {
    throw new ServiceError('InvalidParameterValue', `Tag keys must be between 1 and ${MAX_KEY} characters in length.`);
  }
  if (isReserved(key)) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ( ${key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
}

function isReserved(key: string): boolean {
  return /^aws:/i.test(key);
}

/** The tags of `Tag.N`: a repeated key is refused, and a missing value is empty. */
export function readTags(params: QueryParameters): Map<string, string> {
  const tags = new Map<string, string>();
  for (const tag of params.structs('Tag')) {
    const key = tag.get('Key') ?? '';
    if (tags.has(key)) {
      throw new ServiceError('InvalidParameterValue', `Duplicate tag key '${key}' specified.`);
    }
    tags.set(key, tag.get('Value') ?? '');
  }
  return tags;
}

export function createTags(context: OperationContext): string {
  const { params, region } = context;
  const named = namedResources(params);
  const tags = readTags(params);
  if (tags.size === 0) {
    throw new ServiceError('InvalidParameterValue', 'You must specify one or more tags to create');
  }
  if (params.structs('Tag').some((tag) => tag.get('Value') === undefined)) {
    throw new ServiceError('InvalidParameterValue', 'Tag value cannot be null. Use empty string instead.');
  }
  checkTags(tags);
  const ids = existingResources(context, named);
  stopDryRun(params);
  const results = ids.map((id) => [id, new Map([...(region.tags.get(id) ?? []), ...tags])] as const);
  // All resources get the tags, or none.
  for (const [, merged] of results) {
    checkCountOfTags(merged);
  }
  for (const [id, merged] of results) {
    region.setTags(id, merged);
  }
  return element('return', true);
}

/**
 * Removes a tag with a value only where the value matches, and a tag without one in any case. Without tags in the
 * request, all tags of the user are removed.
 */
export function deleteTags(context: OperationContext): string {
  const { params, region } = context;
  const ids = existingResources(context, namedResources(params));
  const removals = params.structs('Tag').map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') }));
  for (const { key } of removals) {
    checkKey(key);
  }
  if (removals.length > MAX_REMOVALS) {
    throw new ServiceError('TagLimitExceeded', 'The maximum number of Tags for a request has been reached.');
  }
  stopDryRun(params);
  for (const id of ids) {
    const tags = new Map(region.tags.get(id));
    const own = [...tags.keys()].filter((key) => !isReserved(key)).map((key) => ({ key, value: undefined }));
    for (const { key, value } of removals.length === 0 ? own : removals) {
      if (value === undefined || tags.get(key) === value) {
        tags.delete(key);
      }
    }
    region.setTags(id, tags);
  }
  return element('return', true);
}

export async function describeTags({ action, params, region, pages }: OperationContext): Promise<string> {
  const matches = filterOf<ResourceTag>(params, {
    fields: {
      key: ({ key }) => [key],
      'resource-id': ({ resourceId }) => [resourceId],
      'resource-type': ({ resourceType }) => [resourceType],
      value: ({ value }) => [value],
    },
    tags: ({ key, value }) => new Map([[key, value]]),
  });
  stopDryRun(params);
  const page = await pages.page({ action, region: region.name, params }, MIN_PAGE, () =>
    [...region.tags]
      .flatMap(([resourceId, tags]) =>
        [...tags].map(([key, value]) => ({
          resourceId,
          resourceType: RESOURCE_TYPES[prefixOf(resourceId)] ?? '',
          key,
          value,
        })),
      )
      .filter(matches),
  );
  const items = page.items.map(
    (tag) =>
      element('resourceId', tag.resourceId) +
      element('resourceType', tag.resourceType) +
      element('key', tag.key) +
      element('value', tag.value),
  );
  return itemSet('tagSet', items) + element('nextToken', page.nextToken);
}

/** @throws ServiceError MissingParameter, InvalidRequest */
function namedResources(params: QueryParameters): string[] {
  const ids = params.list('ResourceId');
  if (ids.length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter resourceIdSet');
  }
  checkCount(ids, 'resource');
  return ids;
}

/** @throws ServiceError InvalidID, Invalid….NotFound */
function existingResources({ region, now }: OperationContext, ids: readonly string[]): readonly string[] {
  for (const id of ids) {
    const prefix = prefixOf(id);
    const missing = MISSING_CODES[prefix];
    if (missing === undefined || !isResourceId(id, prefix)) {
      throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
    }
    const exists =
      region.instances.has(id) ||
      region.volumes.has(id) ||
      (prefix === 'ami' && isVisibleImage(region, id, now)) ||
      (prefix === 'snap' && region.allSnapshots(now).some((snapshot) => snapshot.id === id));
    if (!exists) {
      throw new ServiceError(missing, `The ${RESOURCE_TYPES[prefix]} ID '${id}' does not exist`);
    }
  }
  return ids;
}

function isVisibleImage(region: RegionState, id: string, now: number): boolean {
  const image = region.findImage(id, now);
  return image !== undefined && isVisible(image);
}

function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('-')));
}
