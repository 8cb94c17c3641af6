import * as vscode from 'vscode';
import type { EarlierPlace } from '../../../code/placeAgain.ts';
import type { IdReference, Reference } from '../../../code/reference.ts';
import type { OpenReferences } from '../../code/openReferences.ts';
import type { WorkspaceSearch } from '../workspaceSearch.ts';

/** An id in a file, or in an editor with changes that are not saved. */
export interface FoundId {
  readonly uri: vscode.Uri;
  /** As the workspace shows it. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly reference: IdReference;
  readonly place: EarlierPlace;
}

/** All ids of the workspace. What is open counts as it stands in the editor: it may not be saved, or not be searched yet. */
export async function foundIds(
  search: WorkspaceSearch,
  open: Pick<OpenReferences, 'current'>,
  signal: AbortSignal,
): Promise<readonly FoundId[]> {
  const cancellation = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancellation.cancel());
  const searched = new Set(search.files.map(({ uri }) => uri));
  // What is typed into a file that named nothing before counts, unless the file is one that is left out.
  const typed = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && !searched.has(String(uri)));
  const counted = await search.searchedAmong(
    typed.map(({ uri }) => uri),
    cancellation.token,
  );
  const wanted = new Set([...searched, ...counted.map(String)]);
  const documents = vscode.workspace.textDocuments.filter(({ uri }) => wanted.has(String(uri)));
  const inEditors = new Map<string, readonly FoundId[]>();
  await Promise.all(
    documents.map(async (document) => {
      const found = await open.current(document, cancellation.token);
      const { uri } = document;
      const placed = found?.references.map((reference) => ({
        reference,
        line: document.positionAt(reference.span.start).line,
      }));
      if (placed) inEditors.set(String(uri), idsIn(uri, pathOf(uri), placed));
    }),
  );
  const onDisk = search.files
    .filter(({ uri }) => !inEditors.has(uri))
    .map(({ uri, path, references }) =>
      idsIn(
        vscode.Uri.parse(uri, true),
        path,
        references.map(({ reference, start }) => ({ reference, line: start.line })),
      ),
    );
  return [...onDisk, ...inEditors.values()].flat();
}

function idsIn(
  uri: vscode.Uri,
  path: string,
  references: readonly { readonly reference: Reference; readonly line: number }[],
): readonly FoundId[] {
  const counts = new Map<string, number>();
  const found = references.flatMap(({ reference, line }) => {
    if (reference.kind !== 'id') return [];
    const index = counts.get(reference.value) ?? 0;
    counts.set(reference.value, index + 1);
    return [{ reference, line, index }];
  });
  return found.map(({ reference, line, index }) => {
    const { value: id, span } = reference;
    return { uri, path, line, reference, place: { id, span, index, count: counts.get(id) ?? 1 } };
  });
}

function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
}
