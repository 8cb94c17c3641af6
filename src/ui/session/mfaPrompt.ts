import * as vscode from 'vscode';
import { plain } from '../shared/plainText.ts';

/**
 * Asks for the code of the MFA device that a profile's role requires.
 *
 * @param signal closes the input when its connection is closed
 * @throws CancellationError where the user gives no code, or the input was closed
 */
export async function askForMfaCode(serialNumber: string, profile: string, signal: AbortSignal): Promise<string> {
  const closed = new vscode.CancellationTokenSource();
  const close = () => closed.cancel();
  signal.addEventListener('abort', close);
  try {
    const code = await vscode.window.showInputBox(
      {
        title: vscode.l10n.t('MFA Code for the Profile “{0}”', plain(profile)),
        prompt: vscode.l10n.t('Enter the code of the MFA device {0}', plain(serialNumber)),
        ignoreFocusOut: true,
        validateInput: (value) =>
          /^\d{6}$/.test(value.trim()) ? undefined : vscode.l10n.t('The code has six digits.'),
      },
      closed.token,
    );
    if (code === undefined) {
      throw new vscode.CancellationError();
    }
    return code.trim();
  } finally {
    signal.removeEventListener('abort', close);
    closed.dispose();
  }
}
