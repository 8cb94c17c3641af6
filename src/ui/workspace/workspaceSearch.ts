import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { sistersOf } from '../../code/sisters.ts';
import { Emitter } from '../../core/emitter.ts';
import type { FileScanner, FileToScan } from '../../scan/port.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { findSearchedFiles, maxFiles, searchedAmong } from './searchedFiles.ts';
import { isNeverSearched } from './searchGlobs.ts';
import type { WorkspaceFile } from './workspaceNodes.ts';

export interface WorkspaceSearchParts {
  readonly scanner: FileScanner;
  readonly log: vscode.LogOutputChannel;
}

export type SearchState =
  | { readonly kind: 'searching' }
  /** `isPartial`: the workspace has more files than are searched. */
  | { readonly kind: 'done'; readonly isPartial: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** In ms: files are saved many at a time. */
const changeDelay = 300;

/** In ms. */
const drawInterval = 250;

/** More files than that to read again, as after a checkout, are a search of the whole workspace. */
const maxChanged = 20;

/** The references in the files of the workspace, as saved on disk. Searches when it is first asked, and follows changes. */
export class WorkspaceSearch implements vscode.Disposable {
  readonly #parts: WorkspaceSearchParts;
  readonly #found = new Map<string, WorkspaceFile>();
  readonly #changed = new Emitter();
  readonly #fire = atMostEvery(drawInterval, () => this.#changed.fire());
  readonly #changedFiles = new Map<string, vscode.Uri>();
  #subscriptions: vscode.Disposable | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #state: SearchState = { kind: 'searching' };
  #done: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(parts: WorkspaceSearchParts) {
    this.#parts = parts;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** In the order of their paths. */
  get files(): readonly WorkspaceFile[] {
    return [...this.#found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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
        if (['files.exclude', 'search.exclude'].some((name) => event.affectsConfiguration(name))) {
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

  /** Searches again, where somebody has asked for a search. */
  refresh(): void {
    if (this.#subscriptions) {
      this.#searchAll();
    }
  }

  #searchAll(): void {
    this.#changedFiles.clear();
    this.#run(async (token, signal) => {
      const files = await findSearchedFiles(token);
      const found = new Set<string>();
      for await (const file of this.#scan(files, signal)) {
        found.add(file.uri);
      }
      if (token.isCancellationRequested) {
        return false;
      }
      for (const key of [...this.#found.keys()]) {
        if (!found.has(key)) {
          this.#found.delete(key);
        }
      }
      return files.length >= maxFiles;
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
    while (this.#state.kind === 'searching') {
      // The search under way may have read the files before they were changed.
      await this.#done;
    }
    const changed = [...this.#changedFiles.values()];
    this.#changedFiles.clear();
    if (changed.length === 0 || !this.#subscriptions) {
      return;
    }
    const affected = [...changed, ...this.#dependentOn(changed)];
    if (affected.length > maxChanged || this.#state.kind === 'failed') {
      this.#searchAll();
    } else {
      this.#searchChanged(affected);
    }
  }

  #searchChanged(affected: readonly vscode.Uri[]): void {
    const { state } = this;
    this.#run(async (token, signal) => {
      const files = await searchedAmong(affected, token);
      const found = new Set<string>();
      for await (const file of this.#scan(files, signal)) {
        found.add(file.uri);
      }
      for (const uri of affected) {
        // A folder that was deleted is told without its files.
        for (const key of [...this.#found.keys()]) {
          if (!found.has(key) && (key === String(uri) || key.startsWith(`${uri}/`))) {
            this.#found.delete(key);
          }
        }
      }
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
    return Array.from(this.#found.values())
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
      for (const scanned of part) {
        const uri = uris.get(scanned.file);
        if (uri) {
          const file = { ...scanned, uri: String(uri) };
          this.#found.set(file.uri, file);
          yield file;
        }
      }
      this.#fire();
    }
  }

  /** Ends what is under way: its files are among those of the next run, or their changes were noted. */
  #run(search: (token: vscode.CancellationToken, signal: AbortSignal) => Promise<boolean>): void {
    this.#running?.cancel();
    const running = new vscode.CancellationTokenSource();
    const abort = new AbortController();
    running.token.onCancellationRequested(() => abort.abort());
    this.#running = running;
    this.#state = { kind: 'searching' };
    this.#fire();
    this.#done = search(running.token, abort.signal)
      .then(
        (isPartial): SearchState => ({ kind: 'done', isPartial }),
        (error: unknown): SearchState => ({ kind: 'failed', error }),
      )
      .then((state) => {
        running.dispose();
        if (this.#running === running) {
          this.#state = state;
          if (state.kind === 'failed') {
            this.#parts.log.error('The files of the workspace could not be searched.', state.error);
          }
          this.#fire();
        }
      });
  }

  dispose(): void {
    this.#running?.cancel();
    this.#subscriptions?.dispose();
    this.#subscriptions = undefined;
    this.#changed.dispose();
  }
}

function pathOf(uri: vscode.Uri): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return vscode.workspace.asRelativePath(uri, folders.length > 1);
}
