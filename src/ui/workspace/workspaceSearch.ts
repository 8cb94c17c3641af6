import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { sistersOf } from '../../code/sisters.ts';
import type { FileScanner, FileToScan } from '../../scan/port.ts';
import { FoundFiles } from './foundFiles.ts';
import { isIgnoreFile } from './ignoreRules.ts';
import { SearchedFiles, searchSettings } from './searchedFiles.ts';
import { isNeverSearched } from './searchGlobs.ts';
import { type SearchState, ToldSearch } from './toldSearch.ts';
import type { WorkspaceFile, WorkspacePlaces } from './workspacePlaces.ts';

export interface WorkspaceSearchParts {
  readonly scanner: FileScanner;
  readonly log: vscode.LogOutputChannel;
}

/** In ms: files are saved many at a time. */
const changeDelay = 300;

/** A search after a change is told of once it takes longer (ms): what was found before stays true enough. */
const quietTime = 1_000;

/** More files than that to read again, as after a checkout, are a search of the whole workspace. */
const maxChanged = 20;

/** The references in the files of the workspace, as saved on disk. Searches when it is first asked, and follows changes. */
export class WorkspaceSearch implements vscode.Disposable {
  readonly #parts: WorkspaceSearchParts;
  readonly #found = new FoundFiles();
  readonly #told = new ToldSearch(() => ({ state: this.#state, files: this.#found.inOrder }));
  readonly #changedFiles = new Map<string, vscode.Uri>();
  readonly #searchedFiles = new SearchedFiles();
  #subscriptions: vscode.Disposable | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #state: SearchState = { kind: 'searching' };
  #done: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#told.onDidChange;

  constructor(parts: WorkspaceSearchParts) {
    this.#parts = parts;
  }

  /** As of the last change that was told of. */
  get state(): SearchState {
    return this.#told.state;
  }

  /** What the files name, as of that change, too. */
  get places(): WorkspacePlaces {
    return this.#told.places;
  }

  /** In the order of their paths, as of now. */
  get files(): readonly WorkspaceFile[] {
    return this.#found.inOrder;
  }

  /** Begins to search, once. */
  start(): void {
    if (this.#subscriptions) {
      return;
    }
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const note = (uri: vscode.Uri) => void this.#noteChange(uri);
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(note),
      watcher.onDidChange(note),
      watcher.onDidDelete(note),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#searchAll()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (searchSettings.some((name) => event.affectsConfiguration(name))) {
          this.#searchAll();
        }
      }),
    );
    this.#searchAll();
  }

  /** Resolves when the search under way is over; begins one if there was none. */
  async searched(): Promise<SearchState> {
    this.start();
    let awaited: Promise<void>;
    do {
      awaited = this.#done;
      await awaited;
    } while (awaited !== this.#done);
    return this.#state;
  }

  /** Those of some files that a search does not leave out, whatever is in them. */
  searchedAmong(files: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    return this.#searchedFiles.among(files, token);
  }

  /** Searches again, where somebody has asked for a search. */
  refresh(): void {
    if (this.#subscriptions) {
      this.#searchAll();
    }
  }

  #searchAll(): void {
    this.#changedFiles.clear();
    this.#run(async (token, signal) => {
      const { files, isPartial } = await this.#searchedFiles.find(token);
      const found = new Set<string>();
      for await (const file of this.#scan(files, signal)) {
        found.add(file.uri);
      }
      if (token.isCancellationRequested) {
        return false;
      }
      this.#found.removeMissing(found, 'all');
      return isPartial;
    });
  }

  async #noteChange(uri: vscode.Uri): Promise<void> {
    if (uri.scheme !== 'file' || isNeverSearched(uri.path)) {
      return;
    }
    const isFirst = this.#changedFiles.size === 0;
    this.#changedFiles.set(String(uri), uri);
    if (!isFirst) {
      return;
    }
    await delay(changeDelay);
    while (this.#running) {
      // The search under way may have read the files before they were changed.
      await this.#done;
    }
    const changed = [...this.#changedFiles.values()];
    this.#changedFiles.clear();
    if (changed.length === 0 || !this.#subscriptions) {
      return;
    }
    const affected = [...changed, ...this.#dependentOn(changed)];
    if (
      affected.length > maxChanged ||
      this.#state.kind === 'failed' ||
      changed.some(({ path }) => isIgnoreFile(path))
    ) {
      this.#searchAll();
    } else {
      this.#searchChanged(affected);
    }
  }

  #searchChanged(affected: readonly vscode.Uri[]): void {
    const state = this.#state;
    this.#run(async (token, signal) => {
      const files = await this.#searchedFiles.among(affected, token);
      const found = new Set<string>();
      for await (const file of this.#scan(files, signal)) {
        found.add(file.uri);
      }
      if (token.isCancellationRequested) {
        return false;
      }
      // A folder that was deleted is told without its files.
      this.#found.removeMissing(found, affected.map(String));
      return state.kind === 'done' && state.isPartial;
    });
  }

  /** The known files whose regions may be stated in one of the changed ones. */
  #dependentOn(changed: readonly vscode.Uri[]): readonly vscode.Uri[] {
    const known = new Set(changed.map(String));
    const names = new Map<string, string[]>();
    for (const parts of changed.map((uri) => pathOf(uri).split('/'))) {
      const name = parts.pop() ?? '';
      const folder = parts.join('/');
      names.set(folder, [...(names.get(folder) ?? []), name]);
    }
    return this.#found.all
      .filter(
        ({ uri, path }) =>
          !known.has(uri) &&
          sistersOf(path).some((sister) => names.get(sister.folder)?.some((name) => sister.names.test(name))),
      )
      .map(({ uri }) => vscode.Uri.parse(uri, true));
  }

  async *#scan(files: readonly vscode.Uri[], signal: AbortSignal): AsyncIterable<WorkspaceFile> {
    const uris = new Map(files.map((uri) => [uri.fsPath, uri]));
    const toScan = files.map((uri): FileToScan => ({ file: uri.fsPath, path: pathOf(uri) }));
    for await (const part of this.#parts.scanner.scan(toScan, signal)) {
      const realPaths = await Promise.all(part.map(({ file }) => realpath(file).catch(() => file)));
      for (const [index, scanned] of part.entries()) {
        const uri = uris.get(scanned.file);
        if (uri && !this.#searchedFiles.isIgnored(uri)) {
          const file = { ...scanned, uri: String(uri), realPath: realPaths[index] ?? scanned.file };
          this.#found.set(file);
          yield file;
        }
      }
      if (part.length > 0) {
        this.#told.update();
      }
    }
  }

  /** Ends what is under way: its files are among those of the next run, or their changes were noted. */
  #run(search: (token: vscode.CancellationToken, signal: AbortSignal) => Promise<boolean>): void {
    this.#running?.cancel();
    const running = new vscode.CancellationTokenSource();
    const abort = new AbortController();
    running.token.onCancellationRequested(() => abort.abort());
    this.#running = running;
    const tell = () => {
      this.#state = { kind: 'searching' };
      this.#told.update();
    };
    const telling = this.#state.kind === 'done' ? setTimeout(tell, quietTime) : undefined;
    if (!telling) tell();
    this.#done = search(running.token, abort.signal)
      .then(
        (isPartial): SearchState => ({ kind: 'done', isPartial }),
        (error: unknown): SearchState => ({ kind: 'failed', error }),
      )
      .then((state) => {
        clearTimeout(telling);
        running.dispose();
        if (this.#running === running) {
          this.#running = undefined;
          this.#state = state;
          if (state.kind === 'failed') {
            this.#parts.log.error('The files of the workspace could not be searched.', state.error);
          }
          this.#told.update();
        }
      });
  }

  dispose(): void {
    this.#running?.cancel();
    this.#subscriptions?.dispose();
    this.#subscriptions = undefined;
    this.#told.dispose();
  }
}

function pathOf(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return vscode.workspace.asRelativePath(uri, folders.length > 1);
}
