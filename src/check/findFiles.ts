import { accessSync, constants, type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { maxTextLength } from '../code/bounds.ts';
import { errorCode } from '../core/errors.ts';
import type { FileToScan } from '../scan/port.ts';
import { isTooLargeText } from '../scan/readText.ts';
import { type Problem, problem } from './problems.ts';

/** Folders of copies of other people's code, and of what tools keep for themselves. */
const leftOut: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', 'bower_components', '.terraform', '.terragrunt-cache'],
  ...['.venv', '__pycache__', '.tox', '.mypy_cache'],
]);

/** A file to check. Its `path` begins at the root of its repository, whose folders may name regions. */
export interface FoundFile extends FileToScan {
  /** As it is named to the user: from where the check was started, with `/`. */
  readonly shown: string;
  /** The folder that `path` begins at. */
  readonly root: string;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/**
 * The files of paths, which are files or folders, each once. Links in folders are not followed.
 *
 * @param cwd where the paths begin
 * @param exclude globs of files and folders to leave out; one without `/` is for names
 */
export function findFiles(paths: readonly string[], cwd: string, exclude: readonly string[] = []): FoundFiles {
  const named = new Set(paths.map((path) => resolve(cwd, path)));
  const files = new Map<string, FoundFile | undefined>();
  const problems: Problem[] = [];
  const shownAs = (file: string) => relative(cwd, file).split(sep).join('/') || '.';
  const attempt = <T>(file: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(problem(problemText(shownAs(file), error)));
      return undefined;
    }
  };
  const isLeftOut = (file: string) => exclude.some((glob) => isMatch(glob, shownAs(file)));
  const readable = (file: string, root: string): FoundFile | undefined => {
    if (!attempt(file, () => accessSync(file, constants.R_OK) ?? true)) return undefined;
    if (isTooLargeText(file)) {
      const text = `${shownAs(file)}: it is left out, since it is larger than ${maxTextLength / 1_000_000} MB.`;
      problems.push({ text, level: named.has(file) ? 'error' : 'note' });
      return undefined;
    }
    return { file, path: relative(root, file).split(sep).join('/'), shown: shownAs(file), root };
  };
  const add = (file: string, root: string) => {
    if (!files.has(file)) files.set(file, readable(file, root));
  };
  const walk = (folder: string, root: string) => {
    const entries: readonly Dirent[] = attempt(folder, () => readdirSync(folder, { withFileTypes: true })) ?? [];
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (isLeftOut(path)) continue;
      if (entry.isDirectory() && !leftOut.has(entry.name)) walk(path, root);
      else if (entry.isFile()) add(path, root);
    }
  };
  for (const path of paths) {
    const start = resolve(cwd, path);
    const stats = attempt(start, () => statSync(start));
    if (!stats) continue;
    const folder = stats.isDirectory() ? start : dirname(start);
    const root = repositoryOf(folder) ?? (isWithin(cwd, folder) ? cwd : folder);
    if (stats.isDirectory()) walk(start, root);
    else if (stats.isFile()) add(start, root);
    else problems.push(problem(`${shownAs(start)}: it is neither a file nor a folder.`));
  }
  return { files: [...files.values()].filter((file) => file !== undefined), problems };
}

function isMatch(glob: string, shown: string): boolean {
  const pattern = glob.split(sep).join('/').replace(/^\.\//, '').replace(/\/$/, '');
  const text = pattern.includes('/') ? shown : posix.basename(shown);
  return posix.matchesGlob(text, pattern);
}

/** The folder of the repository that a folder is in. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function isWithin(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return !isAbsolute(path) && path.split(sep)[0] !== '..';
}

function problemText(shown: string, error: unknown): string {
  const code = errorCode(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'it may not be read',
    EPERM: 'it may not be read',
    ELOOP: 'it is a link to itself',
  };
  const reason = reasons[code ?? ''] ?? `it cannot be read (${code ?? String(error)})`;
  return `${shown}: ${reason}.`;
}
