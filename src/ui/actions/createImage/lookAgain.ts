import * as vscode from 'vscode';
import type { ImageCreations } from '../../../images/watches/imageCreations.ts';

/** Looks for images whose answers were lost; what has shown is told by whoever watches them. */
export async function lookAgain(sought: Pick<ImageCreations, 'lookNow'>, sendingIds: readonly string[]): Promise<void> {
  const again = vscode.l10n.t('Look Again');
  const shown = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the image…') },
    () => Promise.all(sendingIds.map((id) => sought.lookNow(id))),
  );
  const left = sendingIds.filter((_, index) => !shown[index]);
  if (left.length > 0) {
    const pressed = await vscode.window.showInformationMessage(
      left.length === 1
        ? vscode.l10n.t('The image does not show so far. You are told when it does.')
        : vscode.l10n.t('{0} images do not show so far. You are told when they do.', left.length),
      again,
    );
    if (pressed === again) {
      await lookAgain(sought, left);
    }
  }
}
