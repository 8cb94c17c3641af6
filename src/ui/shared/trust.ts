import * as vscode from 'vscode';

/** Whether the workspace is trusted. Tells the user where it is not: what its files name is sent to nobody then. */
export async function isTrustedOrTold(): Promise<boolean> {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('AWS is not queried about the files of an untrusted workspace.'),
    manage,
  );
  if (pressed === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}
