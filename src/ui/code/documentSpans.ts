import * as vscode from 'vscode';
import type { TextEdit } from '../../code/textEdit.ts';
import type { TextSpan } from '../../code/textSpan.ts';

/** A span of the document's present text. */
export function rangeOf(document: vscode.TextDocument, { start, end }: TextSpan): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** As `rangeOf`, from a range. */
export function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): TextSpan {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** Edits of the document's present text. */
export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    edits.map(({ span, newText }) => vscode.TextEdit.replace(rangeOf(document, span), newText)),
  );
  return edit;
}
