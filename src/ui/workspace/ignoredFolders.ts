import ignore, { type Ignore } from 'ignore';
import { boundedRules } from './boundedRules.ts';
import type { IgnoreFile } from './ignoreRules.ts';

/** In characters: the editor hands all globs to its search as one argument, of which Windows takes some 32,000. */
const maxGlobsLength = 8_000;

/** The shortest globs, as `a/**`, have five characters with their comma. */
const maxGlobs = maxGlobsLength / 5;

/** More different wildcards that take names in again, which each folder's name is held against, are too many to look at. */
const maxWildcards = 200;

/** Names and paths of folders, without anything that only git understands. */
const plainPattern = /^\/?[\w.@+-]+(?:\/[\w.@+-]+)*\/?$/;

/** A folder that a file leaves out. */
interface LeftOut {
  /** Of the file. */
  readonly folder: string;
  /** The last of its path. */
  readonly name: string;
  readonly glob: string;
}

/**
 * Globs for folders that are left out as a whole, so that nobody looks into them. Those that may be taken in again are not
 * among them, nor what is too much for the editor.
 */
export function ignoredFolders(files: readonly IgnoreFile[]): readonly string[] {
  const lines = files.flatMap(({ folder, text }) =>
    boundedRules(text)
      .split('\n')
      .map((line) => ({ folder, pattern: line.trimEnd() })),
  );
  const all = new Map(lines.flatMap((line) => leftOutBy(line).map((each) => [each.glob, each])));
  const shortestFirst = [...all.values()].sort((a, b) => a.glob.length - b.glob.length).slice(0, maxGlobs);
  const takenIn = new NamesTakenIn(lines);
  const globs: string[] = [];
  let length = 0;
  for (const { folder, name, glob } of shortestFirst) {
    if (takenIn.below(folder, name)) continue;
    length += glob.length + 1;
    if (length > maxGlobsLength) break;
    globs.push(glob);
  }
  return globs;
}

interface Line {
  /** Of the file. */
  readonly folder: string;
  readonly pattern: string;
}

function leftOutBy({ folder, pattern }: Line): readonly LeftOut[] {
  const path = pattern.replace(/^\/|\/$/g, '');
  // No folder is called `..`.
  if (!plainPattern.test(pattern) || /(?:^|\/)\.\.?(?:\/|$)/.test(path)) return [];
  const isAnchored = pattern.slice(0, -1).includes('/');
  const root = folder === '' ? '' : `${folder.replace(/[*?{}[\],]/g, '?')}/`;
  return [{ folder, name: lastName(path), glob: `${root}${isAnchored ? '' : '**/'}${path}/**` }];
}

/** What lines with `!` take in again: by git's rules that is at or below the folder of their own file. */
class NamesTakenIn {
  /** By name, the folders in which it is taken in. */
  readonly #plain = new Map<string, Set<string>>();
  readonly #wildcards = new Map<string, { readonly rules: Ignore; readonly folders: Set<string> }>();
  /** Where any name may be. */
  readonly #any = new Set<string>();
  readonly #known = new Map<string, readonly string[]>();

  constructor(lines: readonly Line[]) {
    for (const { folder, pattern } of lines) {
      if (pattern.startsWith('!')) this.#add(folder, pattern.slice(1));
    }
  }

  /** Whether a folder of that name may be taken in again at or below a folder. */
  below(folder: string, name: string): boolean {
    return this.#foldersOf(name).some((each) => folder === '' || each === folder || each.startsWith(`${folder}/`));
  }

  #add(folder: string, pattern: string): void {
    const name = lastName(pattern);
    const wildcard = this.#wildcards.get(name);
    if (/[[\\]/.test(pattern)) this.#any.add(folder);
    else if (!/[*?]/.test(pattern)) this.#plain.set(name, (this.#plain.get(name) ?? new Set()).add(folder));
    else if (wildcard) wildcard.folders.add(folder);
    else if (this.#wildcards.size === maxWildcards) this.#any.add(folder);
    else this.#wildcards.set(name, { rules: ignore({ ignorecase: false }).add(name), folders: new Set([folder]) });
  }

  #foldersOf(name: string): readonly string[] {
    const known = this.#known.get(name);
    if (known) return known;
    const byWildcard = [...this.#wildcards.values()].filter(({ rules }) => rules.ignores(name));
    const folders = [this.#plain.get(name) ?? [], this.#any, ...byWildcard.map((each) => each.folders)];
    const found = [...new Set(folders.flatMap((each) => [...each]))];
    this.#known.set(name, found);
    return found;
  }
}

function lastName(pattern: string): string {
  return pattern.replace(/\/$/, '').split('/').at(-1) ?? '';
}
