import type { WorkspaceFile } from './workspacePlaces.ts';

/** The files that a search has found. */
export class FoundFiles {
  readonly #byUri = new Map<string, WorkspaceFile>();
  #inOrder: readonly WorkspaceFile[] | undefined;

  /** In the order of their paths, each once, however many links lead to it; the same list until a file changes. */
  get inOrder(): readonly WorkspaceFile[] {
    this.#inOrder ??= withoutLinks([...this.#byUri.values()]).sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
    );
    return this.#inOrder;
  }

  /** With all links. */
  get all(): readonly WorkspaceFile[] {
    return [...this.#byUri.values()];
  }

  set(file: WorkspaceFile): void {
    this.#byUri.set(file.uri, file);
    this.#inOrder = undefined;
  }

  /** Removes what a search of some files and folders, or of all, has not found again. */
  removeMissing(found: ReadonlySet<string>, searched: readonly string[] | 'all'): void {
    for (const uri of [...this.#byUri.keys()]) {
      const isSearched = searched === 'all' || searched.some((each) => uri === each || uri.startsWith(`${each}/`));
      if (isSearched && !found.has(uri)) this.#byUri.delete(uri);
    }
    this.#inOrder = undefined;
  }
}

/** Of several files that are one on disk, that which is no link, or else the first. */
function withoutLinks(files: readonly WorkspaceFile[]): WorkspaceFile[] {
  const byRealPath = new Map<string, WorkspaceFile>();
  for (const file of files) {
    if (!byRealPath.has(file.realPath) || file.file === file.realPath) byRealPath.set(file.realPath, file);
  }
  return [...byRealPath.values()];
}
