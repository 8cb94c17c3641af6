import * as v from 'valibot';
import { flag, read, readJson, type Schema } from '../../core/schemas.ts';
import type { ImageFilter } from '../../ec2/port.ts';
import type { DownloadProgress } from './downloadProgress.ts';
import type { ShardKind } from './shard.ts';

/** Checks a number of a column: SQLite itself checks neither types nor content, so that damage shows only here. */
export function integer(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return value;
  }
  return raise('a number');
}

export function optionalInteger(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : integer(value);
}

export function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  return raise('a page of images');
}

const kind: Schema<ShardKind> = v.picklist(['preview', 'base', 'recent']);

export function shardKind(value: unknown): ShardKind {
  return read(kind, value) ?? raise('a kind of part');
}

const filters: Schema<readonly ImageFilter[]> = v.array(v.object({ name: v.string(), values: v.array(v.string()) }));

export function imageFilters(value: unknown): readonly ImageFilter[] {
  return readJson(filters, String(value)) ?? raise('the filters of a part');
}

const none: DownloadProgress = { images: 0, share: 0, rate: 0, throttled: false, refreshing: false };

const progress: Schema<DownloadProgress> = v.object({
  images: v.fallback(v.number(), none.images),
  share: v.fallback(v.number(), none.share),
  rate: v.fallback(v.number(), none.rate),
  throttled: flag,
  refreshing: flag,
});

/** The progress of another window, maybe of another version: missing fields are 0 or false. */
export function downloadProgress(value: unknown): DownloadProgress {
  return readJson(progress, String(value)) ?? none;
}

function raise(what: string): never {
  throw new Error(`The store is damaged: ${what} is none.`);
}
