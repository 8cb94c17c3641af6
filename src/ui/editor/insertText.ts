import * as vscode from 'vscode';

/** Schemes of editors that nothing is to be inserted into. */
const excludedSchemes = new Set(['output', 'debug', 'comment', 'search-editor']);

/** A text and what it takes the place of. */
export interface PlacedText {
  readonly range: vscode.Range;
  readonly text: string;
  /** Whether it stands elsewhere, for what is inserted at a cursor: no cursor goes there. */
  readonly isAside?: boolean;
}

/** Gives the texts for all places at once, which are in the order of the document. */
export type PlaceTexts = (document: vscode.TextDocument, selections: readonly vscode.Range[]) => readonly PlacedText[];

/**
 * Inserts text into the active text editor. Where a web view, a view or a quick pick has the focus, the text editor
 * that was active last is used, even if another tab covers it.
 */
export class TextInserter implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;
  readonly #inserted = new vscode.EventEmitter<readonly string[]>();
  #last: vscode.TextEditor | undefined;

  /** Fires with the texts. */
  readonly onDidInsert = this.#inserted.event;

  constructor() {
    this.#last = usable(vscode.window.activeTextEditor);
    this.#subscriptions = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#last = usable(editor) ?? this.#last;
    });
  }

  /** The document that a text would go into, and its editor where that is on screen. */
  get target(): { readonly document: vscode.TextDocument; readonly editor: vscode.TextEditor | undefined } | undefined {
    const editor = usable(vscode.window.activeTextEditor) ?? this.#shown();
    const document = editor?.document ?? this.#open?.document;
    return document && { document, editor };
  }

  /** Inserts at every cursor, and replaces what is selected. Returns false where no editor takes the text. */
  async insert(textsFor: PlaceTexts): Promise<boolean> {
    const editor = usable(vscode.window.activeTextEditor) ?? (await this.#reopened());
    if (!editor) {
      return false;
    }
    const { document } = editor;
    const placed = apart(textsFor(document, inOrder(editor.selections)));
    const ends = endsOf(document, placed);
    const done = await editor.edit((edit) => {
      for (const { range, text } of placed) {
        edit.replace(range, text);
      }
    });
    if (done) {
      this.#inserted.fire(placed.map(({ text }) => text));
      // As after a paste, the cursors are behind the text.
      editor.selections = ends.map((end) => {
        const position = document.positionAt(end);
        return new vscode.Selection(position, position);
      });
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      await vscode.window.showTextDocument(editor.document, { ...columnOf(editor), preserveFocus: false });
    }
    return done;
  }

  /** The last editor, unless its tab has been closed. */
  get #open(): vscode.TextEditor | undefined {
    const last = this.#last;
    return last && !last.document.isClosed && isOpenInTab(last.document.uri) ? last : undefined;
  }

  #shown(): vscode.TextEditor | undefined {
    const last = this.#open;
    return vscode.window.visibleTextEditors.find((editor) =>
      last ? editor.document === last.document : usable(editor) !== undefined,
    );
  }

  async #reopened(): Promise<vscode.TextEditor | undefined> {
    const shown = this.#shown();
    const last = this.#open;
    if (shown || !last) {
      return shown;
    }
    const editor = await vscode.window.showTextDocument(last.document, { ...columnOf(last), preview: false });
    editor.selections = last.selections;
    return editor;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#inserted.dispose();
  }
}

/** In the order of the document, in which the editor also spreads what is pasted. */
export function inOrder(selections: readonly vscode.Range[]): readonly vscode.Range[] {
  return selections.toSorted((a, b) => a.start.compareTo(b.start));
}

/** In the order of the document, without those that reach into the one before: the editor refuses such edits. */
export function apart(placed: readonly PlacedText[]): readonly PlacedText[] {
  return placed
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .filter(({ range }, index, all) => {
      const before = all[index - 1]?.range;
      return !before || range.start.isAfterOrEqual(before.end);
    });
}

/** The offsets behind the texts, once all of them are in the document; of those aside if there are no others. */
function endsOf(document: vscode.TextDocument, placed: readonly PlacedText[]): readonly number[] {
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const isAnyHere = placed.some(({ isAside }) => !isAside);
  let shift = 0;
  return placed.flatMap(({ range, text, isAside }) => {
    const start = document.offsetAt(range.start) + shift;
    const end = start + text.replace(/\r?\n/g, lineBreak).length;
    shift = end - document.offsetAt(range.end);
    return isAside && isAnyHere ? [] : [end];
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
