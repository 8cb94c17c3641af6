import { crc32 } from 'node:zlib';
import { optionalInteger } from './columns.ts';
import type { DownloadProgress } from './downloadProgress.ts';
import { type Claim, isAlive, type StoredAnswer, type StoredPage } from './records.ts';
import type { Shard, ShardKind } from './shard.ts';
import { DownloadLostError } from './storeErrors.ts';
import { StoreReader } from './storeReader.ts';

/**
 * One partition's catalog. Every method that changes it uses one transaction; those with a claim throw
 * DownloadLostError if the claim is no longer in force.
 */
export class CatalogStore extends StoreReader {
  /** Notes that a region is in use: the least recently used ones are dropped first. */
  use(name: string, now: number): void {
    this.db.run(
      'INSERT INTO region (name, live, used) VALUES (?, 1, ?) ON CONFLICT (name) DO UPDATE SET used = ?',
      name,
      now,
      now,
    );
  }

  /** Claims a region's download for this window; false if another window is downloading the region. */
  claim(region: string, owner: string, now: number, progress: DownloadProgress): boolean {
    return this.db.transaction(() => {
      const other = this.download(region);
      if (other && other.owner !== owner && isAlive(other, now)) {
        return false;
      }
      this.db.run(
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
    this.db.run('DELETE FROM download WHERE region = ? AND owner = ?', region, owner);
  }

  beat({ region, owner }: Claim, now: number, progress: DownloadProgress): void {
    const { changes } = this.db.run(
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

  /** Begins a generation with the shards to list, and deletes what it had before. */
  begin(claim: Claim, generation: number, shards: readonly Shard[]): void {
    this.#write(claim, (region) => {
      this.#deleteGeneration(region, generation);
      for (const shard of shards) {
        this.#addShard(region, generation, shard);
      }
      const { live } = this.region(region) ?? { live: generation };
      this.db.run('UPDATE region SET staged = ? WHERE name = ?', live === generation ? null : generation, region);
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
        this.db.run('DELETE FROM shard WHERE region = ? AND generation = ?', region, generation);
        this.db.run('DELETE FROM segment WHERE region = ? AND generation = ?', region, generation);
      } else {
        this.db.run('DELETE FROM shard WHERE region = ? AND generation = ? AND key = ?', region, generation, key);
        this.db.run('DELETE FROM segment WHERE region = ? AND generation = ? AND shard = ?', region, generation, key);
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
    page: StoredPage & { readonly token: string | undefined; readonly done: boolean },
    progress: DownloadProgress,
  ): void {
    this.#write(claim, (region) => {
      this.beat(claim, page.now, progress);
      this.#addSegment(region, generation, shard.key, page);
      this.db.run(
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

  /** Replaces what an earlier refresh has listed of the recent days. */
  replaceRecent(
    claim: Claim,
    generation: number,
    listed: readonly { readonly shard: Shard; readonly pages: readonly StoredPage[] }[],
    now: number,
  ): void {
    this.#write(claim, (region) => {
      this.#deleteShardsOfKind(region, generation, 'recent');
      for (const { shard, pages } of listed) {
        this.#addShard(region, generation, shard);
        for (const page of pages) {
          this.#addSegment(region, generation, shard.key, page);
        }
        this.db.run(
          'UPDATE shard SET done = 1, asked = ? WHERE region = ? AND generation = ? AND key = ?',
          now,
          region,
          generation,
          shard.key,
        );
      }
      this.#changed(region);
    });
  }

  /** Deletes the images and the token of a shard: it is listed from its beginning. */
  restartShard(claim: Claim, generation: number, key: string): void {
    this.#write(claim, (region) => {
      this.db.run('DELETE FROM segment WHERE region = ? AND generation = ? AND shard = ?', region, generation, key);
      this.db.run(
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
      this.#deleteShardsOfKind(region, generation, 'preview');
      const oldest = Math.min(now, this.#oldestPart(region, generation) ?? now);
      this.db.run(
        'UPDATE region SET live = ?, staged = NULL, completed = ?, refreshed = ? WHERE name = ?',
        generation,
        oldest,
        oldest,
        region,
      );
      this.#changed(region);
    });
    this.db.exec('PRAGMA incremental_vacuum');
  }

  refreshed(claim: Claim, now: number): void {
    this.#write(claim, (region) => this.db.run('UPDATE region SET refreshed = ? WHERE name = ?', now, region));
  }

  /** Replaces a region's answer. Fails while another window writes, and for all other reasons that SQLite has. */
  saveAnswer(region: string, { basis, hour, answer }: StoredAnswer): void {
    this.db.withoutWaiting(() =>
      this.db.run(
        'INSERT OR REPLACE INTO answer (region, basis, hour, checksum, answer) VALUES (?, ?, ?, ?, ?)',
        region,
        basis,
        hour,
        crc32(answer),
        answer,
      ),
    );
  }

  drop(region: string): void {
    this.db.transaction(() => {
      for (const table of ['segment', 'shard', 'download', 'answer']) {
        this.db.run(`DELETE FROM ${table} WHERE region = ?`, region);
      }
      this.db.run('DELETE FROM region WHERE name = ?', region);
    });
    this.db.exec('PRAGMA incremental_vacuum');
  }

  /** Deletes everything, and frees its space on the disk. */
  clear(): void {
    this.db.transaction(() => {
      for (const table of ['segment', 'shard', 'download', 'answer', 'region']) {
        this.db.run(`DELETE FROM ${table}`);
      }
    });
    this.db.exec('PRAGMA incremental_vacuum');
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** When the first of a generation's base shards was listed; undefined if none was. */
  #oldestPart(region: string, generation: number): number | undefined {
    return optionalInteger(
      this.db.get(
        "SELECT min(asked) AS oldest FROM shard WHERE region = ? AND generation = ? AND kind = 'base'",
        region,
        generation,
      )?.['oldest'],
    );
  }

  #addShard(region: string, generation: number, { key, kind, filters }: Shard): void {
    this.db.run(
      'INSERT OR REPLACE INTO shard (region, generation, key, kind, filters) VALUES (?, ?, ?, ?, ?)',
      region,
      generation,
      key,
      kind,
      JSON.stringify(filters),
    );
  }

  #addSegment(region: string, generation: number, shard: string, { images, segment, now }: StoredPage): void {
    if (images > 0) {
      this.db.run(
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

  #deleteShardsOfKind(region: string, generation: number, kind: ShardKind): void {
    this.db.run(
      'DELETE FROM segment WHERE region = ? AND generation = ? AND shard IN (SELECT key FROM shard WHERE region = ? AND generation = ? AND kind = ?)',
      region,
      generation,
      region,
      generation,
      kind,
    );
    this.db.run('DELETE FROM shard WHERE region = ? AND generation = ? AND kind = ?', region, generation, kind);
  }

  #deleteGeneration(region: string, generation: number): void {
    this.db.run('DELETE FROM segment WHERE region = ? AND generation = ?', region, generation);
    this.db.run('DELETE FROM shard WHERE region = ? AND generation = ?', region, generation);
  }

  #changed(region: string): void {
    this.db.run('UPDATE region SET version = version + 1 WHERE name = ?', region);
  }

  /** Writes for a download whose claim is still in force. */
  #write({ region, owner }: Claim, run: (region: string) => void): void {
    this.db.transaction(() => {
      if (!this.db.get('SELECT 1 FROM download WHERE region = ? AND owner = ?', region, owner)) {
        throw new DownloadLostError(region);
      }
      run(region);
    });
  }
}
