import type * as vscode from 'vscode';
import type { FileStatements } from '../../code/regions/explainedNames.ts';
import type { TextScanner } from '../../scan/port.ts';
import { documentPath } from './documentPath.ts';

interface Known {
  readonly version: number;
  /** The user may choose another one for the same version. */
  readonly languageId: string;
  readonly statements: Promise<FileStatements>;
}

/** What open documents state about regions for others, found once for each version that somebody asks for. */
export class DocumentStatements {
  readonly #scanner: TextScanner;
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  constructor(scanner: TextScanner) {
    this.#scanner = scanner;
  }

  /** Of the document's present text. @throws Error where it cannot be scanned */
  of(document: vscode.TextDocument): Promise<FileStatements> {
    const { uri, version, languageId } = document;
    const known = this.#known.get(document);
    if (known?.version === version && known.languageId === languageId) return known.statements;
    const statements = this.#scanner.statements({ path: documentPath(uri), text: document.getText(), languageId });
    this.#known.set(document, { version, languageId, statements });
    return statements;
  }
}
