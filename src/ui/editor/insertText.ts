import * as vscode from 'vscode';

/** Schemes of editors that nothing is to be inserted into. */
const excludedSchemes = new Set(['output', 'debug', 'comment', 'search-editor']);

/**
 * Inserts text into the active text editor. Where a web view, a view or a quick pick has the focus, the text editor
 * that was active last is used, even if another tab covers it.
 */
export class TextInserter implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;
  #last: vscode.TextEditor | undefined;

  constructor() {
    this.#last = usable(vscode.window.activeTextEditor);
    this.#subscriptions = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#last = usable(editor) ?? this.#last;
    });
  }

  /** Inserts at every cursor, and replaces what is selected. Returns false where no editor takes the text. */
  async insert(text: string): Promise<boolean> {
    const editor = usable(vscode.window.activeTextEditor) ?? (await this.#reopened());
    if (!editor) {
      return false;
    }
    const done = await editor.edit((edit) => {
      for (const selection of editor.selections) {
        edit.replace(selection, text);
      }
    });
    if (done) {
      // As after a paste, the cursors are behind the text.
      editor.selections = editor.selections.map((selection) => new vscode.Selection(selection.end, selection.end));
      await vscode.window.showTextDocument(editor.document, { ...columnOf(editor), preserveFocus: false });
    }
    return done;
  }

  async #reopened(): Promise<vscode.TextEditor | undefined> {
    const last = this.#last;
    const { visibleTextEditors } = vscode.window;
    if (!last || last.document.isClosed || !isOpenInTab(last.document.uri)) {
      return visibleTextEditors.find((editor) => usable(editor));
    }
    const visible = visibleTextEditors.find((editor) => editor.document === last.document);
    if (visible) {
      return visible;
    }
    const editor = await vscode.window.showTextDocument(last.document, { ...columnOf(last), preview: false });
    editor.selections = last.selections;
    return editor;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function usable(editor: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
  return editor && !excludedSchemes.has(editor.document.uri.scheme) ? editor : undefined;
}

function columnOf(editor: vscode.TextEditor): { viewColumn?: vscode.ViewColumn } {
  return editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn };
}

function isOpenInTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some((group) =>
    group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString()),
  );
}
