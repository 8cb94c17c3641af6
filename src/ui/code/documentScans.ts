import type * as vscode from 'vscode';
import type { FileScan } from '../../code/scanText.ts';
import type { TextScanner } from '../../scan/port.ts';
import { documentPath } from './documentPath.ts';

interface DocumentScan {
  readonly version: number;
  /** The user may choose another one for the same version. */
  readonly languageId: string;
  readonly scan: Promise<FileScan>;
}

/** The scans of open documents, one for each version that somebody asks for. */
export class DocumentScans {
  readonly #scanner: TextScanner;
  readonly #scans = new WeakMap<vscode.TextDocument, DocumentScan>();

  constructor(scanner: TextScanner) {
    this.#scanner = scanner;
  }

  /** Of the document's present text. @throws Error where it cannot be scanned */
  of(document: vscode.TextDocument): Promise<FileScan> {
    const { uri, version, languageId } = document;
    const known = this.#scans.get(document);
    if (known?.version === version && known.languageId === languageId) return known.scan;
    const scan = this.#scanner.scan({ path: documentPath(uri), text: document.getText(), languageId });
    this.#scans.set(document, { version, languageId, scan });
    return scan;
  }
}
