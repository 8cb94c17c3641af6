import * as vscode from 'vscode';
import { plain } from '../shared/plainText.ts';
import { flatCode } from './flatCode.ts';
import { apart, inOrder, type PlaceTexts } from './insertText.ts';

/** So much of it is seen beside the text of a line. */
const maxLength = 80;

/**
 * Shows where code would go, and how it begins, beside the text of an editor. The document itself stays as it is, and so
 * does what can be undone.
 */
export class CodePreview implements vscode.Disposable {
  readonly #editor: vscode.TextEditor;
  readonly #ghost = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('editorGhostText.foreground'), fontStyle: 'italic', margin: '0 0 0 1ch' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

  constructor(editor: vscode.TextEditor) {
    this.#editor = editor;
  }

  show(textsFor: PlaceTexts): void {
    const { document, selections } = this.#editor;
    const placed = apart(textsFor(document, inOrder(selections)));
    this.#editor.setDecorations(
      this.#ghost,
      placed.map(({ range, text }) => ({
        range: new vscode.Range(range.end, range.end),
        renderOptions: { after: { contentText: plain(flatCode(text, maxLength)) } },
      })),
    );
  }

  dispose(): void {
    this.#ghost.dispose();
  }
}
