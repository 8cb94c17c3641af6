import * as vscode from 'vscode';
import type { Reference } from '../../code/reference.ts';
import type { TextScanner } from '../../scan/port.ts';
import { isCode, isVersionOfFile, mentionsImages } from '../lazy/loadOnMention.ts';
import { documentPath } from './documentPath.ts';
import { DocumentStatements } from './documentStatements.ts';
import { isSisterOf, SisterScans } from './sisterScans.ts';

/** Delay (ms) after a change, in which the next key is likely to be pressed. */
const usualScanDelay = 250;

/** In UTF-16 code units. Larger documents, which nobody writes by hand, have no hints: each edit would copy them. */
const maxLength = 10_000_000;

export interface DocumentReferences {
  readonly document: vscode.TextDocument;
  /** The version in which they stand. */
  readonly version: number;
  /** In their order; the offsets are those of the version's text. */
  readonly references: readonly Reference[];
}

export interface OpenReferencesParts {
  readonly scanner: TextScanner;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** From a change to the look at it, in ms. */
  readonly scanDelay?: number;
}

/** What each open document refers to, found anew a moment after each change of it or of the files that state its regions. */
export class OpenReferences implements vscode.Disposable {
  readonly #parts: OpenReferencesParts;
  readonly #sisters: SisterScans;
  readonly #open = new Map<vscode.TextDocument, OpenDocument>();
  readonly #changed = new vscode.EventEmitter<DocumentReferences>();
  readonly #closed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable;

  /** The references of a document were found in its present text. Fired for documents that have some, or had some. */
  readonly onDidChange = this.#changed.event;
  /** A document is no longer open. It may have had references that were shown last, and none when it was closed. */
  readonly onDidClose = this.#closed.event;

  constructor(parts: OpenReferencesParts) {
    this.#parts = parts;
    this.#sisters = new SisterScans(parts.scanner, new DocumentStatements(parts.scanner));
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#edited(document);
      }),
      this.#sisters.onDidChange((uri) => this.#sisterChanged(uri)),
      this.#sisters,
      this.#changed,
      this.#closed,
    );
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
  }

  /** What was last found in each open document that has references. */
  get all(): readonly DocumentReferences[] {
    return Array.from(this.#open.values(), ({ found }) => found).filter(
      (found) => found !== undefined && found.references.length > 0,
    ) as readonly DocumentReferences[];
  }

  /** The references of the document's present text; undefined where hints do not belong, or the token is cancelled. */
  async current(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<DocumentReferences | undefined> {
    const open = this.#open.get(document);
    while (open && !document.isClosed && !token.isCancellationRequested) {
      const found = await open.current();
      if (found?.version === document.version) return token.isCancellationRequested ? undefined : found;
    }
    return undefined;
  }

  /**
   * As `current`, but not before the next look at the document is due: for what shows itself at each edit, so that typing
   * has a look at its end alone.
   */
  async settled(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<DocumentReferences | undefined> {
    await this.#open.get(document)?.due(token);
    return this.current(document, token);
  }

  /** The references of another version of a file, such as a diff has on its left: nothing follows what is never edited. */
  async ofVersion(document: vscode.TextDocument): Promise<DocumentReferences | undefined> {
    if (!isVersionOfFile(document)) return undefined;
    const { version } = document;
    return { document, version, references: await this.#find(document) };
  }

  /**
   * The references that a document would have with another text, such as one with a whole id in the place of a half.
   *
   * @throws Error where it cannot be scanned
   */
  async inText(document: vscode.TextDocument, text: string): Promise<readonly Reference[]> {
    const { uri, languageId } = document;
    const file = { path: documentPath(uri), text, languageId };
    return this.#parts.scanner.references(file, await this.#sisters.of(document));
  }

  #opened(document: vscode.TextDocument): void {
    if (!isCode(document)) return;
    const find = () => this.#find(document);
    const { scanDelay = usualScanDelay } = this.#parts;
    const report = (found: DocumentReferences, before: DocumentReferences | undefined) => this.#found(found, before);
    this.#open.set(document, new OpenDocument(document, scanDelay, find, report));
    this.#open.get(document)?.schedule(0);
  }

  #edited(document: vscode.TextDocument): void {
    this.#open.get(document)?.outdate();
    this.#sisterChanged(document.uri);
  }

  #sisterChanged(uri: vscode.Uri): void {
    for (const open of this.#open.values()) {
      if (open.found?.references.length && isSisterOf(uri, open.document.uri)) open.outdate();
    }
  }

  async #find(document: vscode.TextDocument): Promise<readonly Reference[]> {
    const text = document.getText();
    if (text.length > maxLength || !(await mentionsImages(text))) return [];
    try {
      const { scanner } = this.#parts;
      const file = { path: documentPath(document.uri), text, languageId: document.languageId };
      // The folder is read for what has references alone.
      const alone = await scanner.references(file, []);
      const sisters = alone.length > 0 && isCode(document) ? await this.#sisters.of(document) : [];
      return sisters.length > 0 ? await scanner.references(file, sisters) : alone;
    } catch (error) {
      this.#parts.log.warn(`${document.uri.path}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  #found(found: DocumentReferences, before: DocumentReferences | undefined): void {
    if (found.references.length > 0 || (before?.references.length ?? 0) > 0) this.#changed.fire(found);
  }

  #forget(document: vscode.TextDocument): void {
    const open = this.#open.get(document);
    if (!open) return;
    open.dispose();
    this.#open.delete(document);
    this.#sisters.keepOnly([...this.#open.keys()]);
    this.#closed.fire(document);
    // What counts of a file that was closed without saving is what is on disk.
    this.#sisterChanged(document.uri);
  }

  dispose(): void {
    for (const open of this.#open.values()) open.dispose();
    this.#open.clear();
    this.#subscriptions.dispose();
  }
}

/** One open document: looked at once at a time, and again if it has changed meanwhile. */
class OpenDocument {
  readonly document: vscode.TextDocument;
  readonly #scanDelay: number;
  readonly #find: () => Promise<readonly Reference[]>;
  readonly #report: (found: DocumentReferences, before: DocumentReferences | undefined) => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  /** When the next look is due, in milliseconds since 1970. */
  #due = 0;
  #isOutdated = true;
  #isClosed = false;
  found: DocumentReferences | undefined;

  constructor(
    document: vscode.TextDocument,
    scanDelay: number,
    find: () => Promise<readonly Reference[]>,
    report: (found: DocumentReferences, before: DocumentReferences | undefined) => void,
  ) {
    this.document = document;
    this.#scanDelay = scanDelay;
    this.#find = find;
    this.#report = report;
  }

  schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#due = Date.now() + delay;
    this.#timer = setTimeout(() => void this.current(), delay);
  }

  /** The text, or what counts for it, has changed. */
  outdate(): void {
    this.#isOutdated = true;
    this.schedule(this.#scanDelay);
  }

  /** Waits until a look that is due later would begin. */
  async due(token: vscode.CancellationToken): Promise<void> {
    while (this.#isOutdated && !this.#isClosed && !token.isCancellationRequested && this.#due > Date.now()) {
      await new Promise((resolve) => setTimeout(resolve, this.#due - Date.now()));
    }
  }

  /** Looks at once where what was found is outdated. */
  async current(): Promise<DocumentReferences | undefined> {
    while ((this.#isOutdated || this.found?.version !== this.document.version) && !this.#isClosed) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    return this.found;
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isOutdated = false;
    const { version } = this.document;
    const references = await this.#find();
    if (this.#isClosed || this.#isOutdated) return;
    const before = this.found;
    this.found = { document: this.document, version, references };
    this.#report(this.found, before);
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
