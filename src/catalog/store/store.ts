import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EncodedSegment } from '../segment.ts';
import { bytes, downloadProgress, imageFilters, integer, optionalInteger, shardKind } from './columns.ts';
import type { DownloadProgress } from './downloadProgress.ts';
import type { Shard, ShardKind } from './shard.ts';

/** A shard as far as it has been listed. */
export interface ListedShard extends Shard {
  readonly done: boolean;
  /** The token of the next page; undefined before the listing has begun and after its end. */
  readonly token: string | undefined;
  /** When the last page was stored: milliseconds since 1970. */
  readonly asked: number | undefined;
}

/** A region in the store. All times are milliseconds since 1970. */
export interface RegionRecord {
  readonly name: string;
  /** The generation that is shown. */
  readonly live: number;
  /** The generation that is being downloaded to replace the live one. */
  readonly staged: number | undefined;
  /** When the whole region was last listed; undefined if it never was. */
  readonly completed: number | undefined;
  /** When its recent days were last listed. */
  readonly refreshed: number | undefined;
  /** Grows with every change of what is shown. */
  readonly version: number;
}

export interface DownloadRecord extends DownloadProgress {
  readonly owner: string;
  readonly beat: number;
}

/** Another window may take over a download after this time (ms) without a heartbeat. */
export const deadAfter = 15_000;

/** A page of images in the store, encoded. */
export interface StoredSegment {
  readonly id: number;
  readonly kind: ShardKind;
  readonly shard: string;
  readonly seen: number;
  readonly checksum: number;
  readonly data: Uint8Array;
}

/** A region and the window that downloads it. A download cannot write after another window has taken it over. */
export interface Claim {
  readonly region: string;
  readonly owner: string;
}

/**
 * One partition's catalog. Every method that changes it uses one transaction; those with a claim throw
 * DownloadLostError if the claim is no longer in force.
 */
export class CatalogStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  region(name: string): RegionRecord | undefined {
    const row = this.#get('SELECT * FROM region WHERE name = ?', name);
    return row && toRegion(row);
  }

  regions(): readonly RegionRecord[] {
    return this.#all('SELECT * FROM region ORDER BY used DESC').map(toRegion);
  }

  /** Notes that a region is in use: the least recently used ones are dropped first. */
  use(name: string, now: number): void {
    this.#run(
      'INSERT INTO region (name, live, used) VALUES (?, 1, ?) ON CONFLICT (name) DO UPDATE SET used = ?',
      name,
      now,
      now,
    );
  }

  /** Claims a region's download for this window; false if another window is downloading the region. */
  claim(region: string, owner: string, now: number, progress: DownloadProgress): boolean {
    return this.#transaction(() => {
      const other = this.download(region);
      if (other && other.owner !== owner && isAlive(other, now)) {
        return false;
      }
      this.#run(
        'INSERT OR REPLACE INTO download (region, owner, beat, progress) VALUES (?, ?, ?, ?)',
        region,
        owner,
        now,
        JSON.stringify(progress),
      );
      return true;
    });
  }

  release(region: string, owner: string): void {
    this.#run('DELETE FROM download WHERE region = ? AND owner = ?', region, owner);
  }

  download(region: string): DownloadRecord | undefined {
    const row = this.#get('SELECT * FROM download WHERE region = ?', region);
    return row && { owner: String(row['owner']), beat: integer(row['beat']), ...downloadProgress(row['progress']) };
  }

  beat({ region, owner }: Claim, now: number, progress: DownloadProgress): void {
    const { changes } = this.#run(
      'UPDATE download SET beat = ?, progress = ? WHERE region = ? AND owner = ?',
      now,
      JSON.stringify(progress),
      region,
      owner,
    );
    if (changes === 0) {
      throw new DownloadLostError(region);
    }
  }

  shards(region: string, generation: number): readonly ListedShard[] {
    return this.#all('SELECT * FROM shard WHERE region = ? AND generation = ? ORDER BY key', region, generation).map(
      (row) => ({
        key: String(row['key']),
        kind: shardKind(row['kind']),
        filters: imageFilters(row['filters']),
        done: row['done'] === 1,
        token: row['token'] === null ? undefined : String(row['token']),
        asked: optionalInteger(row['asked']),
      }),
    );
  }

  /** Begins a generation with the shards to list, and deletes what it had before. */
  begin(claim: Claim, generation: number, shards: readonly Shard[]): void {
    this.#write(claim, (region) => {
      this.#deleteGeneration(region, generation);
      for (const shard of shards) {
        this.#addShard(region, generation, shard);
      }
      const { live } = this.region(region) ?? { live: generation };
      this.#run('UPDATE region SET staged = ? WHERE name = ?', live === generation ? null : generation, region);
      this.#changed(region);
    });
  }

  addShard(claim: Claim, generation: number, shard: Shard): void {
    this.#write(claim, (region) => this.#addShard(region, generation, shard));
  }

  /** Replaces one shard by others, or all shards if `key` is undefined. */
  replaceShards(claim: Claim, generation: number, key: string | undefined, shards: readonly Shard[]): void {
    this.#write(claim, (region) => {
      if (key === undefined) {
        this.#run('DELETE FROM shard WHERE region = ? AND generation = ?', region, generation);
        this.#run('DELETE FROM segment WHERE region = ? AND generation = ?', region, generation);
      } else {
        this.#run('DELETE FROM shard WHERE region = ? AND generation = ? AND key = ?', region, generation, key);
        this.#run('DELETE FROM segment WHERE region = ? AND generation = ? AND shard = ?', region, generation, key);
      }
      for (const shard of shards) {
        this.#addShard(region, generation, shard);
      }
      this.#changed(region);
    });
  }

  /** Adds a page together with the state of its listing. Without a token, a listing that is not done begins anew. */
  addPage(
    claim: Claim,
    generation: number,
    shard: Shard,
    page: {
      readonly images: number;
      readonly segment: EncodedSegment;
      readonly token: string | undefined;
      readonly done: boolean;
      readonly now: number;
    },
    progress: DownloadProgress,
  ): void {
    this.#write(claim, (region) => {
      this.beat(claim, page.now, progress);
      this.#addSegment(region, generation, shard.key, page);
      this.#run(
        'UPDATE shard SET done = ?, token = ?, asked = ? WHERE region = ? AND generation = ? AND key = ?',
        page.done ? 1 : 0,
        page.token ?? null,
        page.now,
        region,
        generation,
        shard.key,
      );
      this.#changed(region);
    });
  }

  /** Replaces the images of a shard that was listed again. */
  replaceShard(
    claim: Claim,
    generation: number,
    shard: Shard,
    pages: readonly { readonly images: number; readonly segment: EncodedSegment; readonly now: number }[],
    now: number,
  ): void {
    this.#write(claim, (region) => {
      this.#run('DELETE FROM segment WHERE region = ? AND generation = ? AND shard = ?', region, generation, shard.key);
      this.#run('DELETE FROM shard WHERE region = ? AND generation = ? AND key = ?', region, generation, shard.key);
      this.#addShard(region, generation, shard);
      for (const page of pages) {
        this.#addSegment(region, generation, shard.key, page);
      }
      this.#run(
        'UPDATE shard SET done = 1, asked = ? WHERE region = ? AND generation = ? AND key = ?',
        now,
        region,
        generation,
        shard.key,
      );
      this.#changed(region);
    });
  }

  /** Deletes the images and the token of a shard: it is listed from its beginning. */
  restartShard(claim: Claim, generation: number, key: string): void {
    this.#write(claim, (region) => {
      this.#run('DELETE FROM segment WHERE region = ? AND generation = ? AND shard = ?', region, generation, key);
      this.#run(
        'UPDATE shard SET done = 0, token = NULL, asked = NULL WHERE region = ? AND generation = ? AND key = ?',
        region,
        generation,
        key,
      );
      this.#changed(region);
    });
  }

  /**
   * Makes a complete generation the live one, and deletes the one before it. Its age is that of the shard that was
   * listed first, since a download may have been interrupted for long.
   */
  complete(claim: Claim, generation: number, now: number): void {
    this.#write(claim, (region) => {
      const before = this.region(region)?.live;
      if (before !== undefined && before !== generation) {
        this.#deleteGeneration(region, before);
      }
      this.#run(
        "DELETE FROM segment WHERE region = ? AND generation = ? AND shard IN (SELECT key FROM shard WHERE region = ? AND generation = ? AND kind = 'preview')",
        region,
        generation,
        region,
        generation,
      );
      this.#run("DELETE FROM shard WHERE region = ? AND generation = ? AND kind = 'preview'", region, generation);
      const oldest = Math.min(now, this.#oldestPart(region, generation) ?? now);
      this.#run(
        'UPDATE region SET live = ?, staged = NULL, completed = ?, refreshed = ? WHERE name = ?',
        generation,
        oldest,
        oldest,
        region,
      );
      this.#changed(region);
    });
    this.#db.exec('PRAGMA incremental_vacuum');
  }

  refreshed(claim: Claim, now: number): void {
    this.#write(claim, (region) => this.#run('UPDATE region SET refreshed = ? WHERE name = ?', now, region));
  }

  /** When the first of a generation's base shards was listed; undefined if none was. */
  #oldestPart(region: string, generation: number): number | undefined {
    return optionalInteger(
      this.#get(
        "SELECT min(asked) AS oldest FROM shard WHERE region = ? AND generation = ? AND kind = 'base'",
        region,
        generation,
      )?.['oldest'],
    );
  }

  /** The ids of the live generation's segments. */
  segmentIds(region: string): readonly number[] {
    return this.#all(
      'SELECT id FROM segment WHERE region = ? AND generation = (SELECT live FROM region WHERE name = ?) ORDER BY id',
      region,
      region,
    ).map((row) => Number(row['id']));
  }

  segment(id: number): StoredSegment | undefined {
    const row = this.#get(
      'SELECT segment.id AS id, kind, shard, seen, checksum, data FROM segment JOIN shard ON shard.region = segment.region AND shard.generation = segment.generation AND shard.key = segment.shard WHERE segment.id = ?',
      id,
    );
    return (
      row && {
        id,
        kind: shardKind(row['kind']),
        shard: String(row['shard']),
        seen: integer(row['seen']),
        checksum: integer(row['checksum']),
        data: bytes(row['data']),
      }
    );
  }

  shardSegments(
    region: string,
    generation: number,
    shard: string,
  ): readonly { readonly data: Uint8Array; readonly checksum: number }[] {
    return this.#all(
      'SELECT data, checksum FROM segment WHERE region = ? AND generation = ? AND shard = ?',
      region,
      generation,
      shard,
    ).map(({ data, checksum }) => ({ data: bytes(data), checksum: integer(checksum) }));
  }

  /** The keys of the recent days that are listed whole: only their shards show the images of these days. */
  recentDays(region: string): readonly string[] {
    return this.#all(
      "SELECT key FROM shard WHERE region = ? AND generation = (SELECT live FROM region WHERE name = ?) AND kind = 'recent' AND done = 1 ORDER BY key",
      region,
      region,
    ).map((row) => String(row['key']));
  }

  /** How many images a generation has, without previews. */
  images(region: string, generation: number): number {
    return Number(
      this.#get(
        "SELECT coalesce(sum(images), 0) AS images FROM segment WHERE region = ? AND generation = ? AND shard NOT IN (SELECT key FROM shard WHERE region = ? AND generation = ? AND kind = 'preview')",
        region,
        generation,
        region,
        generation,
      )?.['images'],
    );
  }

  /** Whether a generation has images of base shards that are done. */
  isListed(region: string, generation: number): boolean {
    return (
      this.#get(
        "SELECT 1 FROM segment JOIN shard USING (region, generation) WHERE region = ? AND generation = ? AND shard.key = segment.shard AND kind = 'base' AND done = 1 LIMIT 1",
        region,
        generation,
      ) !== undefined
    );
  }

  /** A number that changes whenever another connection changes the file. */
  dataVersion(): number {
    return Number(this.#get('PRAGMA data_version')?.['data_version']);
  }

  /** The size of the file in bytes, without its free pages. */
  size(): number {
    const read = (name: string) => Number(this.#get(`PRAGMA ${name}`)?.[name]);
    return (read('page_count') - read('freelist_count')) * read('page_size');
  }

  drop(region: string): void {
    this.#transaction(() => {
      for (const table of ['segment', 'shard', 'download']) {
        this.#run(`DELETE FROM ${table} WHERE region = ?`, region);
      }
      this.#run('DELETE FROM region WHERE name = ?', region);
    });
    this.#db.exec('PRAGMA incremental_vacuum');
  }

  /** Deletes everything, and frees its space on the disk. */
  clear(): void {
    this.#transaction(() => {
      for (const table of ['segment', 'shard', 'download', 'region']) {
        this.#run(`DELETE FROM ${table}`);
      }
    });
    this.#db.exec('PRAGMA incremental_vacuum');
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  #addShard(region: string, generation: number, { key, kind, filters }: Shard): void {
    this.#run(
      'INSERT OR REPLACE INTO shard (region, generation, key, kind, filters) VALUES (?, ?, ?, ?, ?)',
      region,
      generation,
      key,
      kind,
      JSON.stringify(filters),
    );
  }

  #addSegment(
    region: string,
    generation: number,
    shard: string,
    { images, segment, now }: { readonly images: number; readonly segment: EncodedSegment; readonly now: number },
  ): void {
    if (images > 0) {
      this.#run(
        'INSERT INTO segment (region, generation, shard, seen, images, checksum, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
        region,
        generation,
        shard,
        now,
        images,
        segment.checksum,
        segment.data,
      );
    }
  }

  #deleteGeneration(region: string, generation: number): void {
    this.#run('DELETE FROM segment WHERE region = ? AND generation = ?', region, generation);
    this.#run('DELETE FROM shard WHERE region = ? AND generation = ?', region, generation);
  }

  #changed(region: string): void {
    this.#run('UPDATE region SET version = version + 1 WHERE name = ?', region);
  }

  /** Writes for a download whose claim is still in force. */
  #write({ region, owner }: Claim, run: (region: string) => void): void {
    this.#transaction(() => {
      if (!this.#get('SELECT 1 FROM download WHERE region = ? AND owner = ?', region, owner)) {
        throw new DownloadLostError(region);
      }
      run(region);
    });
  }

  #transaction<T>(run: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back already after some errors, a full disk among them.
      if (this.#db.isTransaction) {
        this.#db.exec('ROLLBACK');
      }
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(
    sql: string,
    ...values: readonly (string | number | null | Uint8Array)[]
  ): { readonly changes: number | bigint } {
    return this.#statement(sql).run(...values);
  }

  #get(sql: string, ...values: readonly (string | number)[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values);
  }

  #all(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[] {
    return this.#statement(sql).all(...values);
  }
}

/** Whether a download had a heartbeat lately. A clock may also be set back, so the time may be in the future. */
export function isAlive({ beat }: Pick<DownloadRecord, 'beat'>, now: number): boolean {
  return Math.abs(now - beat) < deadAfter;
}

/** Another window downloads the region now, or the catalog was cleared. */
export class DownloadLostError extends Error {
  constructor(region: string) {
    super(`The download of ${region} belongs to another window, or the catalog was cleared.`);
  }
}

/** The file was removed or replaced: what is written to it would be lost. */
export class StoreGoneError extends Error {
  constructor() {
    super('The file of the catalog was removed while it was filled.');
  }
}

function toRegion(row: Record<string, unknown>): RegionRecord {
  return {
    name: String(row['name']),
    live: integer(row['live']),
    staged: optionalInteger(row['staged']),
    completed: optionalInteger(row['completed']),
    refreshed: optionalInteger(row['refreshed']),
    version: integer(row['version']),
  };
}
