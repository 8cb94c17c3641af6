import { ServiceError } from '../wire/errors.ts';
import { filterOf } from '../wire/filters.ts';
import type { QueryParameters } from '../wire/query.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type ActionContext, isResourceId, stopDryRun } from './context.ts';

/** "Tag restrictions" of the EC2 user guide. */
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;

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

/** Checks tags against EC2's limits. @throws ServiceError InvalidParameterValue, TagLimitExceeded */
export function checkTags(tags: ReadonlyMap<string, string>): void {
  for (const [key, value] of tags) {
    if (/^aws:/i.test(key)) {
      throw new ServiceError(
        'InvalidParameterValue',
        `Value ( ${key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
      );
    }
    if (key.length > MAX_KEY) {
      throw new ServiceError('InvalidParameterValue', `Tag key exceeds the maximum length of ${MAX_KEY} characters`);
    }
    if (value.length > MAX_VALUE) {
      throw new ServiceError(
        'InvalidParameterValue',
        `Tag value exceeds the maximum length of ${MAX_VALUE} characters`,
      );
    }
  }
  if (tags.size > MAX_TAGS) {
    throw new ServiceError(
      'TagLimitExceeded',
      `The maximum number of ${MAX_TAGS} tags for a resource has been reached`,
    );
  }
}

/** The tags of `Tag.N`; a key given twice is refused. */
export function readTags(params: QueryParameters): Map<string, string> {
  const tags = new Map<string, string>();
  for (const tag of params.structs('Tag')) {
    const key = tag.required('Key');
    if (tags.has(key)) {
      throw new ServiceError('InvalidParameterValue', `Duplicate tag key '${key}' specified.`);
    }
    tags.set(key, tag.get('Value') ?? '');
  }
  return tags;
}

export function createTags(context: ActionContext): string {
  const { params, region } = context;
  const tags = readTags(params);
  if (tags.size === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter tagSet');
  }
  checkTags(tags);
  const ids = existingResources(context);
  stopDryRun(params);
  const results = ids.map((id) => [id, new Map([...(region.tags.get(id) ?? []), ...tags])] as const);
  // All resources get the tags or none does.
  for (const [, merged] of results) {
    checkTags(merged);
  }
  for (const [id, merged] of results) {
    region.tags.set(id, merged);
  }
  return element('return', true);
}

/** A tag with a value is removed if it has this value; without one in any case; without tags all are removed. */
export function deleteTags(context: ActionContext): string {
  const { params, region } = context;
  const ids = existingResources(context);
  const removals = params.structs('Tag').map((tag) => ({ key: tag.required('Key'), value: tag.get('Value') }));
  stopDryRun(params);
  for (const id of ids) {
    const tags = region.tags.get(id);
    if (removals.length === 0) {
      tags?.clear();
    }
    for (const { key, value } of removals) {
      if (value === undefined || tags?.get(key) === value) {
        tags?.delete(key);
      }
    }
  }
  return element('return', true);
}

export async function describeTags({ params, region, pages }: ActionContext): Promise<string> {
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
  const page = await pages.page(region.name, params, { min: 5, max: 1000 }, () =>
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

/** @throws ServiceError InvalidID, Invalid….NotFound */
function existingResources({ params, region, now }: ActionContext): string[] {
  const ids = params.list('ResourceId');
  if (ids.length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter resourceIdSet');
  }
  for (const id of ids) {
    const prefix = prefixOf(id);
    const missing = MISSING_CODES[prefix];
    if (missing === undefined || !isResourceId(id, prefix)) {
      throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
    }
    const exists =
      region.instances.has(id) ||
      region.volumes.has(id) ||
      (prefix === 'ami' && region.findImage(id, now) !== undefined) ||
      (prefix === 'snap' && region.allSnapshots(now).some((snapshot) => snapshot.id === id));
    if (!exists) {
      throw new ServiceError(missing, `The ${RESOURCE_TYPES[prefix]} ID '${id}' does not exist`);
    }
  }
  return ids;
}

function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('-')));
}
