import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, type Schema } from '../core/schemas.ts';

/**
 * Records that all windows share, each in a file of its own, so that no window overwrites what another has written. A
 * file is written whole or not at all. Records are few and small, and read from disk each time.
 */
export class RecordFolder<T extends { readonly id: string }> {
  readonly #folder: string;
  readonly #schema: Schema<T>;
  /**
   * Changes that the disk did not take, full or read-only as it was; undefined for a removed record. They hold in this
   * window.
   */
  readonly #unwritten = new Map<string, T | undefined>();

  /** @param schema files that do not match it are ignored and stay */
  constructor(folder: string, schema: Schema<T>) {
    this.#folder = folder;
    this.#schema = schema;
  }

  /** Whether the folder has files of records. Reads none of them. */
  get mayHaveSome(): boolean {
    return this.#names().length > 0;
  }

  get all(): readonly T[] {
    const written = this.#names().flatMap((name) => this.#readFile(join(this.#folder, name)) ?? []);
    const unwritten = [...this.#unwritten.values()].filter((record) => record !== undefined);
    return [...written.filter(({ id }) => !this.#unwritten.has(id)), ...unwritten];
  }

  get(id: string): T | undefined {
    return this.#unwritten.has(id) ? this.#unwritten.get(id) : this.#readFile(this.#fileOf(id));
  }

  /**
   * Adds a record or replaces that of the same id. When this returns it is on disk, unless the disk does not take it.
   */
  add(record: T): void {
    const file = this.#fileOf(record.id);
    const draft = `${file}.${process.pid}.new`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(draft, JSON.stringify(record));
      renameSync(draft, file);
      this.#unwritten.delete(record.id);
    } catch {
      this.#unwritten.set(record.id, record);
      removeDraft(draft);
    }
  }

  /** Removes a record. Of several windows that remove it, only one gets true. */
  take(id: string): boolean {
    const unwritten = this.#unwritten.get(id);
    const isTaken = this.#unwritten.has(id) && unwritten === undefined;
    this.#unwritten.delete(id);
    try {
      unlinkSync(this.#fileOf(id));
      return !isTaken;
    } catch (error) {
      if (isMissing(error)) {
        return unwritten !== undefined;
      }
      this.#unwritten.set(id, undefined);
      return !isTaken;
    }
  }

  /** Tries again to write what the disk did not take. */
  flush(): void {
    for (const [id, record] of [...this.#unwritten]) {
      if (record) {
        this.add(record);
      } else {
        this.take(id);
      }
    }
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((name) => name.endsWith('.json'));
    } catch {
      return [];
    }
  }

  #readFile(file: string): T | undefined {
    try {
      return readJson(this.#schema, readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A half-written file would take up room. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // A read-only disk has none.
  }
}
