import type { SampleSnapshot } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { type FilterField, filterOf, taggedFields, unusedFilters } from '../wire/filters.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { requestedResources, SNAPSHOT } from './storageResources.ts';
import { tagSet } from './tagXml.ts';

const MIN_PAGE = 5;

const SNAPSHOT_FILTERS: Readonly<Record<string, FilterField<SampleSnapshot>>> = {
  description: (snapshot) => [snapshot.description],
  encrypted: (snapshot) => [snapshot.encrypted],
  'owner-id': (snapshot) => [snapshot.ownerId],
  progress: (snapshot) => [`${snapshot.progress}%`],
  'snapshot-id': (snapshot) => [snapshot.id],
  'start-time': (snapshot) => [snapshot.startTime],
  status: (snapshot) => [snapshot.state],
  'storage-tier': () => ['standard'],
  'volume-id': (snapshot) => [snapshot.volumeId],
  'volume-size': (snapshot) => [snapshot.size],
  // Only Amazon's snapshots have an owner alias, and only copies a transfer type.
  ...unusedFilters(['owner-alias', 'transfer-type']),
};

/** Knows only the account's own snapshots, not those of public images. */
export async function describeSnapshots({ action, params, region, now, pages }: OperationContext): Promise<string> {
  const matches = filterOf(
    params,
    taggedFields(SNAPSHOT_FILTERS, (snapshot) => region.tags.get(snapshot.id)),
  );
  const owners = params.list('Owner').map((owner) => accountOf(owner, 'amazon'));
  // No other account may create volumes from them.
  const users = params.list('RestorableBy').map((user) => accountOf(user, 'all'));
  const snapshots = requestedResources(params, region.allSnapshots(now), SNAPSHOT);
  stopDryRun(params);
  const page = await pages.page({ action, region: region.name, params }, MIN_PAGE, () =>
    snapshots.filter(
      (snapshot) =>
        (owners.length === 0 || owners.includes(snapshot.ownerId)) &&
        (users.length === 0 || users.includes(snapshot.ownerId)) &&
        matches(snapshot),
    ),
  );
  const items = page.items.map(
    (snapshot) =>
      element('snapshotId', snapshot.id) +
      element('volumeId', snapshot.volumeId) +
      element('status', snapshot.state) +
      element('statusMessage', snapshot.stateMessage) +
      element('startTime', snapshot.startTime) +
      element('progress', `${snapshot.progress}%`) +
      element('ownerId', snapshot.ownerId) +
      element('volumeSize', snapshot.size) +
      element('description', snapshot.description) +
      element('encrypted', snapshot.encrypted) +
      element('kmsKeyId', snapshot.kmsKeyId) +
      element('storageTier', 'standard') +
      tagSet(region.tags.get(snapshot.id)),
  );
  return itemSet('snapshotSet', items) + element('nextToken', page.nextToken);
}

/** An account in a request: an id, `self`, or a word that matches no account here. */
function accountOf(text: string, word: string): string {
  if (text !== 'self' && text !== word && !/^\d{12}$/.test(text)) {
    throw new ServiceError('InvalidUserID.Malformed', `Invalid user id: "${text}"`);
  }
  return text === 'self' ? SAMPLE_ACCOUNT_ID : text;
}
