import * as vscode from 'vscode';
import type { IdReference } from '../../code/reference.ts';

/** How long (ms) an id counts as unfinished after an edit, while the cursor stays in it. */
const typingTime = 4_000;

/** In ms. */
const stillTime = 300;

/** Tells which ids are being typed: nothing is asked or said of them until the cursor has left, or rests for a while. */
export class UnfinishedIds implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** The document that was edited last, until what is typed there counts as finished. */
  #edited: vscode.TextDocument | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stillTimer: NodeJS.Timeout | undefined;
  /** Whether `testIn` has found one since the last change. */
  #hasFound = false;

  /** Ids that were unfinished may be no longer. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === vscode.window.activeTextEditor?.document) this.#begin(document);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === this.#edited) this.#moved();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.#edited && editor?.document !== this.#edited) this.#end();
      }),
    );
  }

  /** A test for the ids of a document that are unfinished now. */
  testIn(document: vscode.TextDocument): (reference: Pick<IdReference, 'span'>) => boolean {
    const editor = vscode.window.activeTextEditor;
    if (document !== this.#edited || editor?.document !== document) return () => false;
    const offsets = editor.selections.map(({ active }) => document.offsetAt(active));
    return ({ span }) => {
      const isUnfinished =
        document === this.#edited && offsets.some((offset) => span.start <= offset && offset <= span.end);
      this.#hasFound ||= isUnfinished;
      return isUnfinished;
    };
  }

  #begin(document: vscode.TextDocument): void {
    this.#edited = document;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), typingTime);
  }

  /** Typing moves the cursor, too: it has left when it is still for a moment. */
  #moved(): void {
    clearTimeout(this.#stillTimer);
    this.#stillTimer = setTimeout(() => this.#fire(), stillTime);
  }

  #end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#stillTimer);
    this.#edited = undefined;
    this.#fire();
  }

  /** Most typing is in no id at all. */
  #fire(): void {
    if (!this.#hasFound) return;
    this.#hasFound = false;
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#stillTimer);
    this.#subscriptions.dispose();
  }
}
