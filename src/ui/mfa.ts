import * as vscode from 'vscode';
import { plain } from './plainText.ts';

/** Asks for the code of the MFA device that a profile's role requires; rejects when the user gives none. */
export async function askForMfaCode(serialNumber: string): Promise<string> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t('AWS asks for a code'),
    prompt: vscode.l10n.t('The code of the MFA device {0}', plain(serialNumber)),
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value.trim()) ? undefined : vscode.l10n.t('A code has six digits.')),
  });
  if (code === undefined) {
    throw new vscode.CancellationError();
  }
  return code.trim();
}
