import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Records of what is under way, a file each: windows share them, and none loses what another has written, as they would in
 * one value. A record is on the disk when `add` returns. They are few and small, and read anew each time.
 */
export class RecordFolder<T extends { readonly id: string }> {
  readonly #folder: string;
  readonly #isRecord: (value: unknown) => value is T;
  /** What could not be written, on a full disk for instance, counts for this window at least. */
  readonly #unwritten = new Map<string, T>();

  constructor(folder: string, isRecord: (value: unknown) => value is T) {
    this.#folder = folder;
    this.#isRecord = isRecord;
  }

  get all(): readonly T[] {
    const written = this.#names().flatMap((name) => this.#read(join(this.#folder, name)) ?? []);
    return [...written.filter(({ id }) => !this.#unwritten.has(id)), ...this.#unwritten.values()];
  }

  get(id: string): T | undefined {
    return this.#unwritten.get(id) ?? this.#read(this.#fileOf(id));
  }

  /** Takes the place of the record of the same id. */
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
    }
  }

  remove(id: string): void {
    this.#unwritten.delete(id);
    try {
      rmSync(this.#fileOf(id), { force: true });
    } catch {
      // On a disk that is read-only it is read again, and found settled again.
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

  #read(file: string): T | undefined {
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return this.#isRecord(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
