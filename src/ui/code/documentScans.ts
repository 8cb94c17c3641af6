import type * as vscode from 'vscode';
import type { FileScan } from '../../code/scanText.ts';
import type { TextScanner } from '../../scan/port.ts';
import { documentPath } from './documentPath.ts';

/** The scans of open documents, one for each version that somebody asks for. */
export class DocumentScans {
  readonly #scanner: TextScanner;
  readonly #scans = new WeakMap<vscode.TextDocument, { readonly version: number; readonly scan: Promise<FileScan> }>();

  constructor(scanner: TextScanner) {
    this.#scanner = scanner;
  }

  /** Of the document's present text. @throws Error where it cannot be scanned */
  of(document: vscode.TextDocument): Promise<FileScan> {
    const known = this.#scans.get(document);
    if (known?.version === document.version) return known.scan;
    const { uri, version, languageId } = document;
    const scan = this.#scanner.scan({ path: documentPath(uri), text: document.getText(), languageId });
    this.#scans.set(document, { version, scan });
    return scan;
  }
}
