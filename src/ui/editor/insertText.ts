import * as vscode from 'vscode';

/** Schemes of editors that nothing is to be inserted into. */
const excludedSchemes = new Set(['output', 'debug', 'comment', 'search-editor']);

/** A text and what it takes the place of. */
export interface PlacedText {
  readonly range: vscode.Range;
  readonly text: string;
}

/** Gives the text for a place in a document, which may differ from place to place. */
export type PlaceText = (document: vscode.TextDocument, selection: vscode.Range) => PlacedText;

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
  async insert(textFor: PlaceText): Promise<boolean> {
    const editor = usable(vscode.window.activeTextEditor) ?? (await this.#reopened());
    if (!editor) {
      return false;
    }
    const { document } = editor;
    const placed = apart(editor.selections.map((selection) => textFor(document, selection)));
    const ends = endsOf(document, placed);
    const done = await editor.edit((edit) => {
      for (const { range, text } of placed) {
        edit.replace(range, text);
      }
    });
    if (done) {
      // As after a paste, the cursors are behind the text.
      editor.selections = ends.map((end) => {
        const position = document.positionAt(end);
        return new vscode.Selection(position, position);
      });
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

/** In the order of the document, without those that reach into the one before: the editor refuses such edits. */
function apart(placed: readonly PlacedText[]): readonly PlacedText[] {
  return placed
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .filter(({ range }, index, all) => {
      const before = all[index - 1]?.range;
      return !before || range.start.isAfterOrEqual(before.end);
    });
}

/** The offsets behind the texts, once all of them are in the document. */
function endsOf(document: vscode.TextDocument, placed: readonly PlacedText[]): readonly number[] {
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  let shift = 0;
  return placed.map(({ range, text }) => {
    const start = document.offsetAt(range.start) + shift;
    const end = start + text.replace(/\r?\n/g, lineBreak).length;
    shift = end - document.offsetAt(range.end);
    return end;
  });
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
