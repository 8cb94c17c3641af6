import * as vscode from 'vscode';
import { placeAgain } from '../../../code/placeAgain.ts';
import { plain } from '../../shared/plainText.ts';
import type { FoundUpdate } from './chooseUpdates.ts';

/**
 * Replaces ids in all their files, as one edit that can be undone at once. An id that has moved is looked for again; where it
 * cannot be told, the user is.
 */
export async function applyUpdates(updates: readonly FoundUpdate[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const left: FoundUpdate[] = [];
  const files = new Map(updates.map(({ found }) => [String(found.uri), found.uri]));
  const documents = new Map(
    await Promise.all(Array.from(files, async ([key, uri]) => [key, await opened(uri)] as const)),
  );
  // From here on nothing is waited for: no text can change before the edit is handed over.
  for (const update of updates) {
    const document = documents.get(String(update.found.uri));
    const span = document && placeAgain(document.getText(), update.found.place);
    if (span) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      edit.replace(document.uri, range, update.to.id);
    } else left.push(update);
  }
  const isApplied = edit.size === 0 || (await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
  if (!isApplied) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The editor did not take the changes: the files were left as they are.'),
    );
    return;
  }
  const count = updates.length - left.length;
  if (left.length > 0) {
    const places = left.map(({ found }) => plain(`${found.path}:${found.line + 1}`)).join(', ');
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Replaced: {0}. Left as they are, since the files have changed meanwhile: {1}', count, places),
    );
  } else {
    vscode.window.setStatusBarMessage(vscode.l10n.t('AMI IDs replaced: {0}', count), 5_000);
  }
}

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Deleted meanwhile, or no longer a text.
    return undefined;
  }
}
