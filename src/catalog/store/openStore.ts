import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorCode } from '../../core/errors.ts';
import { segmentForm } from '../segment.ts';
import { extendedCode, primaryCode } from './sqliteCodes.ts';
import { busyTimeout } from './storeConnection.ts';
import { placeProblem } from './storePlace.ts';

/** The version of tables and segments. A store of another version is emptied, since it can be downloaded again. */
const schemaVersion = segmentForm * 1_000 + 2;

/** How much is in the journal before it is moved into the store, which SQLite wants to know in pages. */
const checkpointBytes = 4_194_304;

const schema = `
CREATE TABLE region (
  name TEXT PRIMARY KEY,
  live INTEGER NOT NULL,
  staged INTEGER,
  completed INTEGER,
  refreshed INTEGER,
  used INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE shard (
  region TEXT NOT NULL,
  generation INTEGER NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  filters TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  token TEXT,
  asked INTEGER,
  PRIMARY KEY (region, generation, key)
) WITHOUT ROWID;
CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  region TEXT NOT NULL,
  generation INTEGER NOT NULL,
  shard TEXT NOT NULL,
  seen INTEGER NOT NULL,
  images INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE INDEX segment_of ON segment (region, generation, shard);
CREATE TABLE download (
  region TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  beat INTEGER NOT NULL,
  progress TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE answer (
  region TEXT PRIMARY KEY,
  basis TEXT NOT NULL,
  hour INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  answer TEXT NOT NULL
);
`;

export interface OpenedStore {
  readonly db: DatabaseSync;
  /** The new path of a damaged file that was set aside. */
  readonly setAside: string | undefined;
}

/**
 * Opens a store, or creates it. A damaged file is set aside, and a store of another version emptied.
 *
 * @throws StorePlaceError if the place cannot be written or the file is locked; SQLite's own error if the disk is full
 */
export function openStore(file: string): OpenedStore {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openOrSetAside(file);
  } catch (error) {
    throw placeProblem(file, error) ?? error;
  }
}

function openOrSetAside(file: string): OpenedStore {
  try {
    return { db: open(file), setAside: undefined };
  } catch (error) {
    // A wrong statement means that the file is no store of ours.
    if (!isDamage(error) && primaryCode(error) !== wrongStatementCode) {
      throw error;
    }
    const setAside = setAsideStore(file);
    return { db: open(file), setAside };
  }
}

/** Tells a file from another one at the same path; undefined if there is none. */
export function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Renames a damaged file, in place of an earlier one, and returns its new path. */
export function setAsideStore(file: string): string {
  const aside = asideOf(file);
  rmSync(aside, { force: true, recursive: true });
  renameSync(file, aside);
  removeJournal(file);
  return aside;
}

/** Removes the damaged file that was set aside, if any. */
export function removeDamagedFile(file: string): void {
  const aside = asideOf(file);
  rmSync(aside, { force: true, recursive: true });
  removeJournal(aside);
}

function asideOf(file: string): string {
  return `${file}.damaged`;
}

export function removeStore(file: string): void {
  rmSync(file, { force: true });
  removeJournal(file);
}

/** Removes SQLite's files beside a store that is gone: a new store would read them as its own. */
function removeJournal(file: string): void {
  rmSync(`${file}-wal`, { force: true });
  rmSync(`${file}-shm`, { force: true });
}

function open(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeout });
  try {
    // Large pages, since segments are: half of the work of writing them. Free space is given back to the disk without
    // rewriting the file. Both have an effect only in a new file; in others they would only write, for which a full
    // disk has no room.
    if (pragma(db, 'page_count') === 0) {
      db.exec('PRAGMA page_size = 16384');
      db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    }
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA journal_size_limit = 16777216');
    db.exec(`PRAGMA wal_autocheckpoint = ${checkpointBytes / pragma(db, 'page_size')}`);
    if (pragma(db, 'user_version') !== schemaVersion) {
      migrate(db);
    } else if (formOf(db) !== expectedForm()) {
      throw new Error('The store is damaged: it has other tables than it says.');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Checks the version again in the transaction: another window may have migrated the store meanwhile. */
function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (pragma(db, 'user_version') !== schemaVersion) {
      const tables = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all();
      for (const { name } of tables) {
        db.exec(`DROP TABLE "${String(name)}"`);
      }
      db.exec(schema);
      db.exec(`PRAGMA user_version = ${schemaVersion}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

let form: string | undefined;

/** The tables and indexes of this version, as SQLite describes them. */
function expectedForm(): string {
  if (form === undefined) {
    const db = new DatabaseSync(':memory:');
    db.exec(schema);
    form = formOf(db);
    db.close();
  }
  return form;
}

function formOf(db: DatabaseSync): string {
  return JSON.stringify(
    db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").all(),
  );
}

function pragma(db: DatabaseSync, name: 'page_count' | 'page_size' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, of https://sqlite.org/rescode.html */
const damageCodes: readonly number[] = [11, 26];
/** SQLITE_IOERR_SHORT_READ: the file ends within one of its pages. */
const shortReadCode = 522;
/** SQLITE_ERROR */
const wrongStatementCode = 1;
const fullCode = 13;

export function isDamage(error: unknown): boolean {
  return (
    damageCodes.includes(primaryCode(error)) ||
    extendedCode(error) === shortReadCode ||
    (error instanceof Error && /is damaged|no such (?:table|column)|Value is too large/.test(error.message))
  );
}

/** Whether the disk or the user's quota is full. */
export function isFull(error: unknown): boolean {
  return primaryCode(error) === fullCode || errorCode(error) === 'ENOSPC';
}
