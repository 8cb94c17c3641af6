import * as vscode from 'vscode';
import type { L10n } from '../../core/l10n.ts';

/** For what is put into words outside of the editor's layer. */
export const editorL10n: L10n = { t: vscode.l10n.t, language: vscode.env.language };
