import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SampleImage } from '../model.ts';
import { isPublic, isSharedWith, isSharedWithSampleAccount, REFERENCE_TIME, SAMPLE_ACCOUNT_ID } from '../model.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import { readFilters, taggedFields } from '../wire/filters.ts';
import { QueryParameters } from '../wire/query.ts';
import { element } from '../wire/xml.ts';
import type { XmlBytes } from '../wire/xmlBytes.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { findImages, isVisible } from './findImages.ts';
import { IMAGE_FILTERS } from './imageFilters.ts';
import { type ImageQuery, listImages, meets } from './imageListing.ts';
import { requestedIds } from './resourceIds.ts';

/** EC2 documents no minimum for DescribeImages. */
const MIN_PAGE = 1;

/** How many ids are computed before other work gets a turn: a few milliseconds. */
const IDS_AT_ONCE = 10_000;

export async function describeImages(context: OperationContext): Promise<XmlBytes> {
  const { action, params, region, now, pages } = context;
  const ids = requestedIds(params, 'ImageId', 'image');
  const query = imageQuery(context, ids.length > 0);
  const found = ids.length > 0 ? findImages(region, ids, now) : undefined;
  stopDryRun(params);
  const page = await pages.page({ action, region: region.name, params }, MIN_PAGE, () =>
    found ? found.filter(meets(query)) : listImages(region, now, query),
  );
  const xml = region.imageWriter.write(page.items, ({ id }) => region.tags.get(id));
  xml.add(Buffer.from(element('nextToken', page.nextToken)));
  return xml;
}

/** The ids of an unfiltered listing of public images. */
export async function publicImageIds(region: RegionState, now: number): Promise<string[]> {
  const params = new QueryParameters(new Map([['ExecutableBy.1', 'all']]));
  const listing = await listImages(region, now, imageQuery({ params, region }, false));
  const ids: string[] = [];
  for (let at = 0; at < listing.length; at++) {
    if (at % IDS_AT_ONCE === 0) {
      await nextTurn();
    }
    ids.push(listing.idAt(at));
  }
  return ids;
}

/** The conditions of a request: filters, owners, executable users, deprecated and disabled images. */
function imageQuery({ params, region }: Pick<OperationContext, 'params' | 'region'>, byId: boolean): ImageQuery {
  const filters = readFilters(
    params,
    taggedFields(IMAGE_FILTERS, (image) => region.tags.get(image.id)),
  );
  const owners = params.list('Owner').map(ownerTest);
  const users = params.list('ExecutableBy');
  const userTests = users.map(executableTest);
  const includeDeprecated = params.boolean('IncludeDeprecated') ?? false;
  const includeDisabled = params.boolean('IncludeDisabled') ?? false;
  return {
    filters,
    everyPublic: owners.length === 0 && (users.length === 0 || users.includes('all')),
    inScope: (image) =>
      (owners.length === 0 || owners.some((test) => test(image))) &&
      isVisible(image) &&
      (users.length === 0 || userTests.some((test) => test(image))) &&
      (includeDisabled || image.state !== 'disabled') &&
      (includeDeprecated || byId || image.ownerId === SAMPLE_ACCOUNT_ID || !isDeprecated(image)),
  };
}

/** Compared with the data's fixed date, so that listings do not change from day to day. */
function isDeprecated({ deprecationTime }: SampleImage): boolean {
  return deprecationTime !== undefined && Date.parse(deprecationTime) <= REFERENCE_TIME;
}

function ownerTest(owner: string): (image: SampleImage) => boolean {
  if (owner === 'self') {
    return (image) => image.ownerId === SAMPLE_ACCOUNT_ID;
  }
  if (/^\d{12}$/.test(owner)) {
    return (image) => image.ownerId === owner;
  }
  if (owner === 'amazon' || owner === 'aws-marketplace' || owner === 'aws-backup-vault') {
    return (image) => image.ownerAlias === owner;
  }
  throw new ServiceError('InvalidUserID.Malformed', `Invalid user id: "${owner}"`);
}

/**
 * `self`: images that others share with the account or its organization; `all`: public images; an account id: owned
 * images that are shared with that account.
 */
function executableTest(user: string): (image: SampleImage) => boolean {
  if (user === 'all') {
    return isPublic;
  }
  if (user === 'self' || user === SAMPLE_ACCOUNT_ID) {
    return (image) => image.ownerId !== SAMPLE_ACCOUNT_ID && isSharedWithSampleAccount(image);
  }
  if (/^\d{12}$/.test(user)) {
    return (image) => image.ownerId === SAMPLE_ACCOUNT_ID && isSharedWith(image, user);
  }
  throw new ServiceError('InvalidUserID.Malformed', `Invalid user id: "${user}"`);
}
