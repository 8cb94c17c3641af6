import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AccountChanges, changesText, readChanges } from './accountChanges.ts';

/**
 * `unreadable`: the account begins anew, and the file is set aside. `unwritable`: changes are in memory alone. Each is
 * told once.
 */
export type SavingProblem = 'unreadable' | 'unwritable';

/** In bytes: thousands of images. */
const maxSize = 8_000_000;

/** The changes of a sample account in a file that all windows share. A file is written whole or not at all. */
export class SavedAccount {
  readonly #file: string;
  readonly #onProblem: (problem: SavingProblem) => void;
  /** Tells the file that was last read or written from others; empty where there was none. */
  #stamp = '';
  readonly #told = new Set<SavingProblem>();

  constructor(file: string, onProblem: (problem: SavingProblem) => void) {
    this.#file = file;
    this.#onProblem = onProblem;
  }

  /** The saved changes; undefined where they are those that were last read or written. */
  read(): AccountChanges | undefined {
    const stamp = stampOf(this.#file);
    if (stamp === undefined || stamp === this.#stamp) {
      return undefined;
    }
    const text = stamp === '' ? '' : this.#text();
    // What cannot be read now is read at the next request.
    if (text === undefined) {
      return undefined;
    }
    this.#stamp = stamp;
    if (stamp === '') {
      return {};
    }
    const changes = readChanges(text);
    if (!changes) {
      this.#setAside();
      this.#tell('unreadable');
    }
    return changes ?? {};
  }

  write(changes: AccountChanges): void {
    const draft = `${this.#file}.${process.pid}.new`;
    try {
      const text = changesText(changes);
      if (Buffer.byteLength(text) > maxSize) {
        throw new Error('Too much has changed.');
      }
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(draft, text);
      renameSync(draft, this.#file);
      this.#stamp = stampOf(this.#file) ?? '';
    } catch {
      remove(draft);
      this.#tell('unwritable');
    }
  }

  clear(): void {
    remove(this.#file);
    this.#stamp = stampOf(this.#file) ?? '';
  }

  /** Empty for a file that is too large. */
  #text(): string | undefined {
    try {
      return statSync(this.#file).size > maxSize ? '' : readFileSync(this.#file, 'utf8');
    } catch {
      return undefined;
    }
  }

  #setAside(): void {
    try {
      renameSync(this.#file, `${this.#file}.unreadable`);
      this.#stamp = '';
    } catch {
      // It is overwritten at the next change.
    }
  }

  #tell(problem: SavingProblem): void {
    if (!this.#told.has(problem)) {
      this.#told.add(problem);
      this.#onProblem(problem);
    }
  }
}

/** Each time that a file is written it is another one, of another number. Undefined where that cannot be told. */
function stampOf(file: string): string | undefined {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    return `${ino}/${mtimeMs}/${size}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined;
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A read-only disk keeps what it has.
  }
}
