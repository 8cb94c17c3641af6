import type { ImageFilter } from '../../ec2/port.ts';
import type { DownloadProgress } from './downloadProgress.ts';
import type { ShardKind } from './shard.ts';

/** What SQLite answers for a column. SQLite itself checks neither types nor content: a bit that has tipped over shows here. */
export function integer(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return value;
  }
  throw damaged('a number');
}

export function optionalInteger(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : integer(value);
}

export function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  throw damaged('a page of images');
}

const kinds: readonly ShardKind[] = ['preview', 'base', 'recent'];

export function shardKind(value: unknown): ShardKind {
  const kind = kinds.find((known) => known === value);
  if (kind === undefined) {
    throw damaged('a kind of part');
  }
  return kind;
}

export function imageFilters(value: unknown): readonly ImageFilter[] {
  const filters = json(value);
  if (Array.isArray(filters) && filters.every(isFilter)) {
    return filters;
  }
  throw damaged('the filters of a part');
}

/** Of another window, which may be of another version: what it does not say is nothing. */
export function downloadProgress(value: unknown): DownloadProgress {
  const progress = json(value);
  const number = (name: string) => {
    const said = property(progress, name);
    return typeof said === 'number' ? said : 0;
  };
  return {
    images: number('images'),
    share: number('share'),
    rate: number('rate'),
    throttled: property(progress, 'throttled') === true,
    refreshing: property(progress, 'refreshing') === true,
  };
}

function json(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}

function isFilter(value: unknown): value is ImageFilter {
  const values = property(value, 'values');
  return (
    typeof property(value, 'name') === 'string' &&
    Array.isArray(values) &&
    values.every((one) => typeof one === 'string')
  );
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function damaged(what: string): Error {
  return new Error(`The store is damaged: ${what} is none.`);
}
