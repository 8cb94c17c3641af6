import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import { placesAgain } from '../../../code/placeAgain.ts';
import { plain } from '../../shared/plainText.ts';
import type { FoundUpdate } from './chooseUpdates.ts';

/** More places that were left as they are are counted alone. */
const maxNamed = 5;

type Obstacle = 'changed' | 'gone' | 'readOnly' | 'encoding';

interface UpdatedFile {
  readonly updates: readonly FoundUpdate[];
  readonly document: vscode.TextDocument | Exclude<Obstacle, 'changed'>;
}

/**
 * Replaces ids in all their files, as one edit that can be undone at once. An id that has moved is looked for again; where it
 * cannot be told, the user is.
 */
export async function applyUpdates(updates: readonly FoundUpdate[]): Promise<void> {
  const files = new Map<string, FoundUpdate[]>();
  for (const update of updates) {
    const key = String(update.found.uri);
    const ofFile = files.get(key) ?? [];
    ofFile.push(update);
    files.set(key, ofFile);
  }
  const opened = await Promise.all(Array.from(files.values(), openedFile));
  // From here on nothing is waited for: no text can change before the edit is handed over.
  const edit = new vscode.WorkspaceEdit();
  const left: { readonly update: FoundUpdate; readonly obstacle: Obstacle }[] = [];
  for (const { document, updates: ofFile } of opened) {
    if (typeof document === 'string') {
      left.push(...ofFile.map((update) => ({ update, obstacle: document })));
      continue;
    }
    const places = ofFile.map(({ found }) => found.place);
    const spans = placesAgain(document.getText(), places);
    for (const [index, update] of ofFile.entries()) {
      const span = spans[index];
      if (span) {
        const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
        edit.replace(document.uri, range, update.to.id);
      } else left.push({ update, obstacle: 'changed' });
    }
  }
  const isApplied = edit.size === 0 || (await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
  if (!isApplied) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The changes could not be applied. No file was edited.'));
    return;
  }
  const count = updates.length - left.length;
  if (left.length > 0) {
    const named = left.slice(0, maxNamed).map(({ update: { found }, obstacle }) => {
      return `${plain(`${found.path}:${found.line + 1}`)} (${obstacleText(obstacle)})`;
    });
    const others = left.length > maxNamed ? [vscode.l10n.t('and {0} more', left.length - maxNamed)] : [];
    void vscode.window.showWarningMessage(
      vscode.l10n.t('AMI IDs replaced: {0}. Not replaced: {1}', count, [...named, ...others].join(', ')),
    );
  } else {
    vscode.window.setStatusBarMessage(vscode.l10n.t('AMI IDs replaced: {0}', count), 5_000);
  }
}

async function openedFile(updates: readonly FoundUpdate[]): Promise<UpdatedFile> {
  const uri = updates[0]?.found.uri ?? vscode.Uri.file('');
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!(await isWritable(uri))) {
      return { updates, document: 'readOnly' };
    }
    // Bytes that the encoding does not have are lost when the file is saved. Who has it in a tab sees them.
    return { updates, document: document.getText().includes('\ufffd') && !isInTab(uri) ? 'encoding' : document };
  } catch {
    // Deleted meanwhile, or no longer a text.
    return { updates, document: 'gone' };
  }
}

/** Documents alone do not tell: one that was opened for an edit stays for minutes, unseen. */
function isInTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && String(input.uri) === String(uri)),
  );
}

async function isWritable({ scheme, fsPath }: vscode.Uri): Promise<boolean> {
  if (scheme !== 'file') return vscode.workspace.fs.isWritableFileSystem(scheme) !== false;
  return access(fsPath, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function obstacleText(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'changed':
      return vscode.l10n.t('changed in the meantime');
    case 'gone':
      return vscode.l10n.t('cannot be opened');
    case 'readOnly':
      return vscode.l10n.t({ message: 'read-only', comment: ['Of a file'] });
    case 'encoding':
      return vscode.l10n.t('has bytes that are invalid in its encoding');
  }
}
