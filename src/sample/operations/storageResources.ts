import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';
import { isResourceId, requestedIds } from './resourceIds.ts';

/** What differs between snapshots and volumes: names, and errors for malformed and unknown ids. */
interface StorageKind {
  readonly parameter: string;
  readonly prefix: string;
  readonly noun: string;
  readonly malformed: (id: string) => ServiceError;
  readonly missing: string;
}

export const SNAPSHOT: StorageKind = {
  parameter: 'SnapshotId',
  prefix: 'snap',
  noun: 'snapshot',
  malformed: (id) =>
    id.startsWith('snap-')
      ? new ServiceError('InvalidSnapshotID.Malformed', `Invalid id: "${id}" (expecting "snap-...")`)
      : unexpected(id, 'snapshotId', 'snap'),
  missing: 'InvalidSnapshot.NotFound',
};

export const VOLUME: StorageKind = {
  parameter: 'VolumeId',
  prefix: 'vol',
  noun: 'volume',
  malformed: (id) => unexpected(id, 'volumes', 'vol'),
  missing: 'InvalidVolume.NotFound',
};

function unexpected(id: string, parameter: string, prefix: string): ServiceError {
  return new ServiceError(
    'InvalidParameterValue',
    `Value (${id}) for parameter ${parameter} is invalid. Expected: '${prefix}-...'.`,
  );
}

interface Identified {
  readonly id: string;
}

/** The resources with the ids of a request, or all where it has no ids. */
export function requestedResources<T extends Identified>(
  params: QueryParameters,
  all: readonly T[],
  kind: StorageKind,
): readonly T[] {
  const ids = requestedIds(params, kind.parameter, kind.noun);
  return ids.length === 0 ? all : resourcesByIds(all, ids, kind);
}

/** The resources with these ids, each once. @throws ServiceError for malformed and unknown ids */
export function resourcesByIds<T extends Identified>(
  all: readonly T[],
  ids: readonly string[],
  kind: StorageKind,
): readonly T[] {
  const malformed = ids.find((id) => !isResourceId(id, kind.prefix));
  if (malformed !== undefined) {
    throw kind.malformed(malformed);
  }
  const wanted = new Set(ids);
  const found = all.filter(({ id }) => wanted.delete(id));
  const [missing] = wanted;
  if (missing !== undefined) {
    throw new ServiceError(kind.missing, `The ${kind.noun} '${missing}' does not exist.`);
  }
  return found;
}
