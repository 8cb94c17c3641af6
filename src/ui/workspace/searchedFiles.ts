import { join } from 'node:path';
import * as vscode from 'vscode';
import { ignoredFolders } from './ignoredFolders.ts';
import { ignoreFileText } from './ignoreFileText.ts';
import { type IgnoreFile, IgnoreRules, ignoreFileNames } from './ignoreRules.ts';
import { excludingGlob } from './searchGlobs.ts';

/** Files that are looked at in one workspace. */
const maxFiles = 50_000;

/** More files that leave out others are not read: nobody writes so many. */
const maxIgnoreFiles = 2_000;

/** In characters, of all of them together. */
const maxIgnoreText = 1_000_000;

/** The settings that say which files are searched, each in the scope of a folder. */
export const searchSettings: readonly string[] = ['files.exclude', 'search.exclude', 'search.useIgnoreFiles'];

/** What is left out of a search of one folder. */
interface Exclusions {
  readonly glob: string;
  readonly ignored: IgnoreRules;
}

/**
 * The files of the workspace that its folders' settings do not leave out, nor as whole folders files such as `.gitignore`.
 * `isIgnored` tells of single files: it is asked about those alone that have references.
 */
export class SearchedFiles {
  /** By the folder's URI, as of the last search of all files. */
  #exclusions = new Map<string, Exclusions>();

  /** Those on disk. `isPartial`: there are more than are looked for. */
  async find(
    token: vscode.CancellationToken,
  ): Promise<{ readonly files: readonly vscode.Uri[]; readonly isPartial: boolean }> {
    const exclusions = new Map<string, Exclusions>();
    const files: vscode.Uri[] = [];
    let left = maxFiles;
    for (const folder of foldersOnDisk()) {
      const excluded = await readExclusions(folder, token);
      exclusions.set(String(folder.uri), excluded);
      const all = new vscode.RelativePattern(folder, '**/*');
      const found = left > 0 ? await vscode.workspace.findFiles(all, excluded.glob, left, token) : [];
      left -= found.length;
      files.push(...found.filter((uri) => isOf(folder, uri)));
    }
    if (!token.isCancellationRequested) {
      this.#exclusions = exclusions;
    }
    return { files, isPartial: left <= 0 };
  }

  /**
   * Those of a few files that are searched, and of folders what is in them: of one that is moved, or made with its files, the
   * editor tells nothing else. The editor looks for each by itself.
   */
  async among(changed: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    const found = await Promise.all(
      changed.map(async (uri) => {
        const folder = vscode.workspace.getWorkspaceFolder(uri);
        const excluded = folder && this.#exclusions.get(String(folder.uri));
        if (!folder || !excluded) {
          return [];
        }
        const path = pathIn(folder, uri).replace(/[*?{},[\]]/g, '?');
        const pattern = new vscode.RelativePattern(folder, `{${path},${path}/**}`);
        const here = await vscode.workspace.findFiles(pattern, excluded.glob, maxFiles, token);
        return here.filter((each) => each.path === uri.path || each.path.startsWith(`${uri.path}/`));
      }),
    );
    const byUri = new Map(found.flat().map((uri) => [String(uri), uri]));
    return [...byUri.values()].filter((uri) => !this.isIgnored(uri));
  }

  /** Whether a file such as `.gitignore` leaves out one of those found. */
  isIgnored(uri: vscode.Uri): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return (
      folder !== undefined && this.#exclusions.get(String(folder.uri))?.ignored.ignores(pathIn(folder, uri)) === true
    );
  }
}

function foldersOnDisk(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/** What a folder's settings hide from the explorer and from searches, and what its files such as `.gitignore` leave out. */
async function readExclusions(folder: vscode.WorkspaceFolder, token: vscode.CancellationToken): Promise<Exclusions> {
  const configuration = vscode.workspace.getConfiguration(undefined, folder);
  const patterns = ['files.exclude', 'search.exclude'].flatMap((name) => {
    const values = configuration.get<Readonly<Record<string, unknown>>>(name) ?? {};
    return Object.keys(values).filter((pattern) => values[pattern] === true);
  });
  const files =
    configuration.get('search.useIgnoreFiles') === false
      ? []
      : await readIgnoreFiles(folder, excludingGlob(patterns), token);
  return { glob: excludingGlob([...patterns, ...ignoredFolders(files)]), ignored: new IgnoreRules(files) };
}

async function readIgnoreFiles(
  folder: vscode.WorkspaceFolder,
  exclude: string,
  token: vscode.CancellationToken,
): Promise<readonly IgnoreFile[]> {
  const names = new vscode.RelativePattern(folder, `**/{${ignoreFileNames.join(',')}}`);
  const found = await vscode.workspace.findFiles(names, exclude, maxIgnoreFiles, token);
  const rankOf = ({ path }: vscode.Uri) => ignoreFileNames.indexOf(path.split('/').at(-1) ?? '');
  const sorted = found.filter((uri) => isOf(folder, uri)).sort((a, b) => rankOf(a) - rankOf(b));
  const own = join(folder.uri.fsPath, '.git', 'info', 'exclude');
  const files = [
    { folder: '', file: own },
    ...sorted.map((uri) => ({ folder: pathIn(folder, uri).split('/').slice(0, -1).join('/'), file: uri.fsPath })),
  ];
  const read: IgnoreFile[] = [];
  let left = maxIgnoreText;
  for (const { folder: of, file } of files) {
    const text = await ignoreFileText(file);
    left -= text.length;
    if (left < 0 || token.isCancellationRequested) break;
    if (text !== '') read.push({ folder: of, text });
  }
  return read;
}

/** Whether a file is of that folder and not of another one within it, which has settings of its own. */
function isOf(folder: vscode.WorkspaceFolder, uri: vscode.Uri): boolean {
  const { workspaceFolders = [] } = vscode.workspace;
  return workspaceFolders.length < 2 || String(vscode.workspace.getWorkspaceFolder(uri)?.uri) === String(folder.uri);
}

/** With `/`. */
function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}
