import * as vscode from 'vscode';
import type { FileStatements } from '../../code/regions/explainedNames.ts';
import { type SisterFiles, sistersOf } from '../../code/sisters.ts';
import type { TextScanner } from '../../scan/port.ts';
import { documentPath } from './documentPath.ts';
import type { DocumentStatements } from './documentStatements.ts';

/** In bytes. Files that state regions for others are written by hand. */
const maxSize = 1_000_000;

/** More files of one folder are not read. */
const maxFiles = 200;

interface Folder {
  readonly uri: vscode.Uri;
  readonly watcher: vscode.FileSystemWatcher;
  names: Thenable<readonly string[]> | undefined;
  readonly scans: Map<string, Promise<FileStatements | undefined>>;
}

/**
 * What the files state whose statements count for an open document. What is open counts as it stands in the editor,
 * everything else as it is on disk, in whatever file system the document is.
 */
export class SisterScans implements vscode.Disposable {
  readonly #scanner: TextScanner;
  readonly #documents: DocumentStatements;
  readonly #folders = new Map<string, Folder>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  /** A file of a folder that was asked for has changed on disk. */
  readonly onDidChange = this.#changed.event;

  constructor(scanner: TextScanner, documents: DocumentStatements) {
    this.#scanner = scanner;
    this.#documents = documents;
  }

  /** The closest first. Files that state nothing, or cannot be read or scanned, are left out. */
  async of(document: vscode.TextDocument): Promise<readonly FileStatements[]> {
    const found = await Promise.all(
      foldersOf(document.uri).map(async ({ uri, names }) => {
        const folder = this.#folder(uri);
        const all = await this.#namesIn(folder);
        const sisters = all
          .filter((name) => names.test(name))
          .map((name) => ({ name, uri: vscode.Uri.joinPath(uri, name) }))
          .filter((sister) => sister.uri.toString() !== document.uri.toString())
          .slice(0, maxFiles);
        return Promise.all(sisters.map((sister) => this.#scan(folder, sister.uri)));
      }),
    );
    return found.flat().filter((file): file is FileStatements => (file?.statements.length ?? 0) > 0);
  }

  /** Ends the watches of folders that none of these documents needs. */
  keepOnly(documents: readonly vscode.TextDocument[]): void {
    const needed = new Set(documents.flatMap(({ uri }) => foldersOf(uri).map((folder) => folder.uri.toString())));
    for (const [key, { watcher }] of this.#folders) {
      if (!needed.has(key)) {
        watcher.dispose();
        this.#folders.delete(key);
      }
    }
  }

  #folder(uri: vscode.Uri): Folder {
    const key = uri.toString();
    const known = this.#folders.get(key);
    if (known) return known;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '*'));
    const folder: Folder = { uri, watcher, names: undefined, scans: new Map() };
    const changed = (file: vscode.Uri) => {
      // A change may be the first that is heard of a file: the watch begins a moment after the folder was read.
      folder.names = undefined;
      folder.scans.delete(file.toString());
      this.#changed.fire(file);
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    this.#folders.set(key, folder);
    return folder;
  }

  #namesIn(folder: Folder): Thenable<readonly string[]> {
    folder.names ??= vscode.workspace.fs.readDirectory(folder.uri).then(
      (entries) =>
        entries
          .filter(([, type]) => (type & vscode.FileType.File) !== 0)
          .map(([name]) => name)
          .sort(),
      () => [],
    );
    return folder.names;
  }

  #scan(folder: Folder, uri: vscode.Uri): Promise<FileStatements | undefined> {
    const key = uri.toString();
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
    if (open) return this.#documents.of(open).catch(() => undefined);
    const known = folder.scans.get(key) ?? this.#scanFile(uri).catch(() => undefined);
    folder.scans.set(key, known);
    return known;
  }

  async #scanFile(uri: vscode.Uri): Promise<FileStatements | undefined> {
    if ((await vscode.workspace.fs.stat(uri)).size > maxSize) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return this.#scanner.statements({ path: documentPath(uri), text: new TextDecoder().decode(bytes) });
  }

  dispose(): void {
    this.keepOnly([]);
    this.#changed.dispose();
  }
}

/** Whether what a file states counts for another one. */
export function isSisterOf(uri: vscode.Uri, other: vscode.Uri): boolean {
  const folder = vscode.Uri.joinPath(uri, '..').toString();
  const name = uri.path.split('/').at(-1) ?? '';
  return (
    uri.toString() !== other.toString() &&
    foldersOf(other).some((sisters) => sisters.uri.toString() === folder && sisters.names.test(name))
  );
}

/** The folders with the sister files of a file. */
function foldersOf(uri: vscode.Uri): readonly (Pick<SisterFiles, 'names'> & { readonly uri: vscode.Uri })[] {
  if (!uri.path.startsWith('/')) return [];
  const path = documentPath(uri);
  const depth = path.split('/').length - 1;
  return sistersOf(path).map(({ folder, names }) => {
    const up = depth - (folder === '' ? 0 : folder.split('/').length);
    return { names, uri: vscode.Uri.joinPath(uri, ...Array.from({ length: up + 1 }, () => '..')) };
  });
}
