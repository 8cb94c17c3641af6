import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { bytes, downloadProgress, imageFilters, integer, optionalInteger, shardKind } from './columns.ts';
import type { DownloadRecord, ListedShard, RegionRecord, StoredAnswer, StoredSegment } from './records.ts';
import { daysOf } from './shard.ts';
import { StoreConnection } from './storeConnection.ts';

/** Reads one partition's catalog. */
export class StoreReader {
  protected readonly db: StoreConnection;

  constructor(db: DatabaseSync) {
    this.db = new StoreConnection(db);
  }

  close(): void {
    this.db.close();
  }

  region(name: string): RegionRecord | undefined {
    const row = this.db.get('SELECT * FROM region WHERE name = ?', name);
    return row && toRegion(row);
  }

  regions(): readonly RegionRecord[] {
    return this.db.all('SELECT * FROM region ORDER BY used DESC').map(toRegion);
  }

  download(region: string): DownloadRecord | undefined {
    const row = this.db.get('SELECT * FROM download WHERE region = ?', region);
    return row && { owner: String(row['owner']), beat: integer(row['beat']), ...downloadProgress(row['progress']) };
  }

  shards(region: string, generation: number): readonly ListedShard[] {
    return this.db
      .all(
        'SELECT shard.*, (SELECT sum(images) FROM segment WHERE region = shard.region AND generation = shard.generation AND shard = shard.key) AS images FROM shard WHERE region = ? AND generation = ? ORDER BY key',
        region,
        generation,
      )
      .map((row) => ({
        key: String(row['key']),
        kind: shardKind(row['kind']),
        filters: imageFilters(row['filters']),
        done: row['done'] === 1,
        token: row['token'] === null ? undefined : String(row['token']),
        asked: optionalInteger(row['asked']),
        images: optionalInteger(row['images']) ?? 0,
      }));
  }

  /** The ids of the live generation's segments. */
  segmentIds(region: string): readonly number[] {
    return this.db
      .all(
        'SELECT id FROM segment WHERE region = ? AND generation = (SELECT live FROM region WHERE name = ?) ORDER BY id',
        region,
        region,
      )
      .map((row) => Number(row['id']));
  }

  segment(id: number): StoredSegment | undefined {
    const row = this.db.get(
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
    return this.db
      .all(
        'SELECT data, checksum FROM segment WHERE region = ? AND generation = ? AND shard = ?',
        region,
        generation,
        shard,
      )
      .map(({ data, checksum }) => ({ data: bytes(data), checksum: integer(checksum) }));
  }

  /** The recent days that are listed whole, `2026-11-23`: only their shards show the images of these days. */
  recentDays(region: string): readonly string[] {
    return this.db
      .all(
        "SELECT key FROM shard WHERE region = ? AND generation = (SELECT live FROM region WHERE name = ?) AND kind = 'recent' AND done = 1 ORDER BY key",
        region,
        region,
      )
      .flatMap((row) => daysOf({ key: String(row['key']) }));
  }

  /** Undefined as well if it is damaged: it can be made again. */
  answer(region: string): StoredAnswer | undefined {
    const row = this.db.get('SELECT basis, hour, checksum, answer FROM answer WHERE region = ?', region);
    const answer = String(row?.['answer']);
    return row && crc32(answer) === row['checksum']
      ? { basis: String(row['basis']), hour: integer(row['hour']), answer }
      : undefined;
  }

  /** How many images a generation has, without previews. */
  images(region: string, generation: number): number {
    return Number(
      this.db.get(
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
      this.db.get(
        "SELECT 1 FROM segment JOIN shard USING (region, generation) WHERE region = ? AND generation = ? AND shard.key = segment.shard AND kind = 'base' AND done = 1 LIMIT 1",
        region,
        generation,
      ) !== undefined
    );
  }

  /** A number that changes whenever another connection changes the file. */
  dataVersion(): number {
    return Number(this.db.get('PRAGMA data_version')?.['data_version']);
  }

  /** The size of the file in bytes, without its free pages. */
  size(): number {
    const read = (name: string) => Number(this.db.get(`PRAGMA ${name}`)?.[name]);
    return (read('page_count') - read('freelist_count')) * read('page_size');
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
