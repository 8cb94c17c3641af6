import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { errorCode } from '../../core/errors.ts';
import { primaryCode } from './sqliteCodes.ts';

/** The folder of a store cannot be used. */
export class StorePlaceError extends Error {
  readonly folder: string;
  /** The operating system's code, such as `EACCES`; undefined if only SQLite has failed. */
  readonly code: string | undefined;

  constructor(folder: string, code: string | undefined, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.folder = folder;
    this.code = code;
  }
}

/** SQLITE_BUSY: another program locks the file for longer than a statement waits. */
const busyCode = 5;

/** SQLITE_PERM, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN, of https://sqlite.org/rescode.html */
const placeCodes: readonly number[] = [3, 8, 10, 14];

/** The problem of a store's place that an error comes from, if any: SQLite says neither where nor why. */
export function placeProblem(file: string, error: unknown): StorePlaceError | undefined {
  if (error instanceof StorePlaceError) {
    return error;
  }
  const code = systemCode(error);
  if (code !== undefined && code !== 'ENOSPC') {
    return new StorePlaceError(dirname(file), code, error);
  }
  if (primaryCode(error) === busyCode) {
    return new StorePlaceError(dirname(file), 'EBUSY', error);
  }
  return placeCodes.includes(primaryCode(error))
    ? new StorePlaceError(dirname(file), obstacle(file), error)
    : undefined;
}

/** The operating system's code for why a file cannot be written; undefined if nothing seems wrong. */
function obstacle(file: string): string | undefined {
  try {
    accessSync(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK);
    for (const part of [file, `${file}-wal`, `${file}-shm`]) {
      const found = statSync(part, { throwIfNoEntry: false });
      if (found?.isDirectory()) {
        return 'EISDIR';
      }
      if (found) {
        accessSync(part, constants.R_OK | constants.W_OK);
      }
    }
    return undefined;
  } catch (error) {
    return systemCode(error);
  }
}

const ofFile = v.object({ path: v.string() });

/** The code of an error of the file system, which has a `path`, unlike those of the network. */
function systemCode(error: unknown): string | undefined {
  const code = errorCode(error);
  return code && /^E[A-Z0-9]+$/.test(code) && v.is(ofFile, error) ? code : undefined;
}
