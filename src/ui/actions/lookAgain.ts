import * as vscode from 'vscode';
import type { Sendings } from '../../images/watches/sending.ts';

/**
 * Looks for images whose answers were lost, until all are found or the user leaves. The watches notify of those
 * found.
 */
export async function lookAgain(
  sendings: Pick<Sendings<never>, 'lookNow'>,
  sendingIds: readonly string[],
): Promise<void> {
  const again = vscode.l10n.t('Look Again');
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the image…') },
    () => Promise.all(sendingIds.map((id) => sendings.lookNow(id))),
  );
  const left = sendingIds.filter((_, index) => !found[index]);
  if (left.length > 0) {
    const pressed = await vscode.window.showInformationMessage(
      left.length === 1
        ? vscode.l10n.t('The image has not appeared yet. You will be notified when it does.')
        : vscode.l10n.t('{0} images have not appeared yet. You will be notified when they do.', left.length),
      again,
    );
    if (pressed === again) {
      await lookAgain(sendings, left);
    }
  }
}
