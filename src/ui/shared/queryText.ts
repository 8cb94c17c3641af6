import * as vscode from 'vscode';
import type { ParsedProblem } from '../../core/catalogQuery.ts';
import { plain } from './plainText.ts';

/** What is not understood of a search. */
export function problemText({ kind, text }: Pick<ParsedProblem, 'kind' | 'text'>): string {
  switch (kind) {
    case 'unknown-field':
      return vscode.l10n.t('There is no field of this name: “{0}” is searched for as text.', plain(text));
    case 'value-missing':
      return vscode.l10n.t('“{0}” needs a value.', plain(text));
    case 'not-a-date':
      return vscode.l10n.t('“{0}”: write a date as 2026, 2026-11 or 2026-11-23.', plain(text));
  }
}

/** What to type where public images cannot be searched by what is typed. */
export function unaskedText(): string {
  return vscode.l10n.t('Type a word, or owner: and a publisher or account ID, to search public images');
}
