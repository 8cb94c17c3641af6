import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, type Schema } from '../core/schemas.ts';

/**
 * Records, a file each: windows share them, and none loses what another has written, as they would in one value. A file is
 * there as a whole or not at all. They are few and small, and read anew each time.
 */
export class RecordFolder<T extends { readonly id: string }> {
  readonly #folder: string;
  readonly #schema: Schema<T>;
  /** What the disk did not take, when it is full or read-only, counts for this window; undefined: removed. */
  readonly #unwritten = new Map<string, T | undefined>();

  /** @param schema what it does not understand is left alone */
  constructor(folder: string, schema: Schema<T>) {
    this.#folder = folder;
    this.#schema = schema;
  }

  /** Whether there may be a record, at the price of one look at the folder. */
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

  /** Takes the place of the record of the same id. It is on the disk when this returns, if the disk takes it. */
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

  /** Removes a record; true for one alone of the windows that do so. */
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

  /** Tries again what the disk has not taken. */
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

/** What was begun of it takes up room. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // On a disk that is read-only there is none.
  }
}
