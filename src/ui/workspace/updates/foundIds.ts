import * as vscode from 'vscode';
import type { IdPlace } from '../../../code/placeAgain.ts';
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
  readonly place: IdPlace;
}

/** All ids of the workspace. What is open and not saved counts as it stands in the editor. */
export async function foundIds(
  search: WorkspaceSearch,
  open: Pick<OpenReferences, 'current'>,
  signal: AbortSignal,
): Promise<readonly FoundId[]> {
  const cancellation = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancellation.cancel());
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file');
  const inEditors = await Promise.all(
    unsaved
      .filter(({ uri }) => vscode.workspace.getWorkspaceFolder(uri))
      .map(async (document) => {
        const references = (await open.current(document, cancellation.token))?.references ?? [];
        const line = ({ span }: Reference) => document.positionAt(span.start).line;
        return idsIn(
          document.uri,
          pathOf(document.uri),
          references.map((each) => ({ reference: each, line: line(each) })),
        );
      }),
  );
  const isUnsaved = new Set(unsaved.map(({ uri }) => String(uri)));
  const onDisk = search.files
    .filter(({ uri }) => !isUnsaved.has(uri))
    .map(({ uri, path, references }) =>
      idsIn(
        vscode.Uri.parse(uri, true),
        path,
        references.map(({ reference, start }) => ({ reference, line: start.line })),
      ),
    );
  return [...onDisk, ...inEditors].flat();
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
