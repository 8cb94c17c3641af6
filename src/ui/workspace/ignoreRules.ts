import ignore, { type Ignore } from 'ignore';
import { boundedRules } from './boundedRules.ts';

/** Names of files that tell what is left out of searches, the last with the last word. */
export const ignoreFileNames: readonly string[] = ['.gitignore', '.ignore', '.rgignore'];

export function isIgnoreFile(path: string): boolean {
  return ignoreFileNames.includes(path.split('/').at(-1) ?? '');
}

/** What one such file says about the paths below a folder. */
export interface IgnoreFile {
  /** The folder, with `/`, from the root of the search; empty for that root. */
  readonly folder: string;
  /** Of files of the same folder, the one that stands later counts more. */
  readonly text: string;
}

/** Nobody has files in so many folders: the rules would take long for them. */
const maxDepth = 50;

/**
 * Tells what `.gitignore` and the like leave out, by git's rules. Paths have `/` and start at the root of the search. A path
 * takes some 0.1 ms where there are many rules.
 */
export class IgnoreRules {
  /** By folder, those with the last word first. */
  readonly #rules = new Map<string, readonly Ignore[]>();
  readonly #folders = new Map<string, boolean>();

  constructor(files: readonly IgnoreFile[]) {
    for (const { folder, text } of files) {
      // Names differ in case where it counts, as on Linux; git has a setting for that.
      const rules = ignore({ ignorecase: false }).add(boundedRules(text));
      this.#rules.set(folder, [rules, ...(this.#rules.get(folder) ?? [])]);
    }
  }

  ignores(path: string): boolean {
    if (this.#rules.size === 0 || path.split('/').length > maxDepth) return false;
    const end = path.lastIndexOf('/');
    return (end > 0 && this.#ignoresFolder(path.slice(0, end))) || this.#isIgnored(path, '');
  }

  #ignoresFolder(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const end = folder.lastIndexOf('/');
    // What is in a folder that is left out cannot be taken in again.
    const isIgnored = (end > 0 && this.#ignoresFolder(folder.slice(0, end))) || this.#isIgnored(folder, '/');
    this.#folders.set(folder, isIgnored);
    return isIgnored;
  }

  /** By the closest file that says something of the path. */
  #isIgnored(path: string, suffix: '' | '/'): boolean {
    let end = path.lastIndexOf('/');
    for (;;) {
      const folder = end < 0 ? '' : path.slice(0, end);
      for (const rules of this.#rules.get(folder) ?? []) {
        const { ignored, unignored } = rules.test(path.slice(end + 1) + suffix);
        if (unignored) return false;
        if (ignored && !isByFolder(rules, path.slice(end + 1), suffix)) return true;
      }
      if (end < 0) return false;
      end = path.lastIndexOf('/', end - 1);
    }
  }
}

/** Whether rules leave a path out only for its folder, which a closer file takes in again. */
function isByFolder(rules: Ignore, path: string, suffix: '' | '/'): boolean {
  const end = path.lastIndexOf('/') + 1;
  return end > 0 && rules.test(path.slice(0, end)).ignored && !rules.test(path.slice(end) + suffix).ignored;
}
