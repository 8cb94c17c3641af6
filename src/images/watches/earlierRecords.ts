import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { accountScope } from '../../core/accountScopeSchema.ts';
import { regionName } from '../../core/imageRefSchema.ts';
import { partitionOf } from '../../core/regions.ts';
import { read, readJson } from '../../core/schemas.ts';
import { imageBeingMade, recordIdOf } from './imageBeingMade.ts';
import { unansweredCreation } from './unansweredCreation.ts';
import type { AnyWatchKind } from './watchKind.ts';
import { type WatchRecord, watchRecord } from './watchRecord.ts';

/** Earlier records had all fields side by side, and in `kind` that of the account. */
const earlierRecord = v.looseObject({ id: v.string(), region: regionName });
type EarlierRecord = v.InferOutput<typeof earlierRecord>;

/**
 * Moves the records of earlier versions, which had a folder for each kind, to `add`. Files that are no such records
 * stay. Records of the sample account are dropped: the account has ended with its window.
 */
export function takeEarlierRecords(folder: string, add: (record: WatchRecord) => void): void {
  if (namesIn(folder).length > 0) {
    const take = (name: string, toRecord: (earlier: EarlierRecord) => WatchRecord | undefined) =>
      takeFrom(join(folder, name), toRecord, add);
    take('pending', toImage);
    take('sought', (earlier) => toRecord(earlier, unansweredCreation, earlier));
    removeEmpty(folder);
  }
}

function takeFrom(
  folder: string,
  toRecord: (earlier: EarlierRecord) => WatchRecord | undefined,
  add: (record: WatchRecord) => void,
): void {
  for (const name of namesIn(folder).filter((candidate) => candidate.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const earlier = readJson(earlierRecord, readFileSync(file, 'utf8'));
      const record = earlier && toRecord(earlier);
      if (record) {
        if (record.scope.kind === 'aws') {
          add(record);
        }
        rmSync(file, { force: true });
      }
    } catch {
      // Another window has moved it first.
    }
  }
  removeEmpty(folder);
}

function toImage(earlier: EarlierRecord): WatchRecord | undefined {
  const { id: imageId, region, name } = earlier;
  const record = toRecord(earlier, imageBeingMade, { imageId, name });
  return record && { ...record, id: recordIdOf(record.scope, region, imageId) };
}

function toRecord(earlier: EarlierRecord, kind: AnyWatchKind, stored: unknown): WatchRecord | undefined {
  const scope = read(accountScope, { ...earlier, partition: partitionOf(earlier.region) });
  const subject = read(kind.subject, stored);
  return scope && subject !== undefined
    ? read(watchRecord, { ...earlier, kind: kind.name, scope, subject })
    : undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not empty, or not there.
  }
}
