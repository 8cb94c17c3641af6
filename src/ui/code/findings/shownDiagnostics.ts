import * as vscode from 'vscode';

interface Shown {
  readonly diagnostics: readonly vscode.Diagnostic[];
  readonly lines: ReadonlySet<number>;
  readonly lastLine: number;
  /** Whether a diagnostic may no longer be drawn as it was reported. */
  isOutdated: boolean;
}

/** The diagnostics of documents. Those that have not changed are not reported again: the editor takes all of them anew. */
export class ShownDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('amiExplorer');
  readonly #shown = new WeakMap<vscode.TextDocument, Shown>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const shown = this.#shown.get(document);
        if (shown && contentChanges.some((change) => mayTouch(change, shown))) shown.isOutdated = true;
      }),
    );
  }

  /** @param diagnostics of the present text, in their order; equal codes are one object */
  set(document: vscode.TextDocument, diagnostics: readonly vscode.Diagnostic[]): void {
    const { diagnostics: before, isOutdated } = this.#shown.get(document) ?? { diagnostics: [], isOutdated: false };
    if (!isOutdated && areSame(before, diagnostics, isSameDiagnostic)) return;
    const lines = diagnostics.flatMap(({ range }) => [range.start.line, range.end.line]);
    const lastLine = lines.reduce((last, line) => Math.max(last, line), -1);
    this.#shown.set(document, { diagnostics, lines: new Set(lines), lastLine, isOutdated: false });
    this.#collection.set(document.uri, diagnostics);
  }

  delete(document: vscode.TextDocument): void {
    if (this.#shown.delete(document)) this.#collection.delete(document.uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** The editor moves what it has drawn with the text, and draws nothing any more of what was deleted, also once that is undone. */
function mayTouch({ range, text }: vscode.TextDocumentContentChangeEvent, { lines, lastLine }: Shown): boolean {
  if (range.start.line > lastLine) return false;
  return !range.isSingleLine || /[\r\n]/.test(text) || lines.has(range.start.line);
}

function areSame<T>(some: readonly T[], others: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  return some.length === others.length && some.every((one, index) => isSame(one, others[index] as T));
}

function isSameDiagnostic(one: vscode.Diagnostic, other: vscode.Diagnostic): boolean {
  return (
    one.message === other.message &&
    one.severity === other.severity &&
    one.code === other.code &&
    one.range.isEqual(other.range) &&
    areSame(one.relatedInformation ?? [], other.relatedInformation ?? [], isSameInformation)
  );
}

function isSameInformation(
  one: vscode.DiagnosticRelatedInformation,
  other: vscode.DiagnosticRelatedInformation,
): boolean {
  return (
    one.message === other.message &&
    one.location.range.isEqual(other.location.range) &&
    one.location.uri.toString() === other.location.uri.toString()
  );
}
