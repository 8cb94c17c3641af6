import * as vscode from 'vscode';
import type { Watches } from '../../images/watches/watches.ts';
import { inBackground } from '../shared/runCommand.ts';
import type { AnyWatchWords, WatchRow } from './watchWords.ts';

interface WatchItem extends vscode.QuickPickItem {
  readonly id: string;
  readonly row: WatchRow;
}

/** How long (ms) the status bar says that a watch was stopped. */
const stoppedDuration = 5_000;

/** A quick pick of the watches, with a button to stop each. Resolves when what the user chose is done. */
export async function showWatchList(
  watches: Watches,
  words: readonly AnyWatchWords[],
  onDidChange: vscode.Event<void>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const pick = vscode.window.createQuickPick<WatchItem>();
  pick.title = vscode.l10n.t('Images Being Made');
  pick.placeholder = vscode.l10n.t('Enter shows the details. EC2 goes on whether or not somebody watches.');
  const show = () => {
    const active = pick.activeItems[0]?.id;
    pick.items = words.flatMap((ofKind) =>
      watches.watched(ofKind.kind).map((watched) => itemOf(watched.record.id, ofKind.row(watched))),
    );
    pick.activeItems = pick.items.filter((item) => item.id === active);
    if (pick.items.length === 0) {
      pick.hide();
    }
  };
  const subscription = onDidChange(show);
  try {
    const picked = await new Promise<WatchRow | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item && !item.row.onAccept.closesList) {
          inBackground(log, item.id, item.row.onAccept.run);
        } else {
          resolve(item?.row);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ item: { id, row }, button }) => {
        const index = row.buttons.findIndex(({ tooltip }) => tooltip === button.tooltip);
        if (index >= 0) {
          inBackground(log, id, async () => row.buttons[index]?.run());
          return;
        }
        watches.remove(id);
        if (row.stoppedText) {
          vscode.window.setStatusBarMessage(row.stoppedText, stoppedDuration);
        }
      });
      pick.show();
      show();
    });
    await picked?.onAccept.run();
  } finally {
    subscription.dispose();
    pick.dispose();
  }
}

function itemOf(id: string, row: WatchRow): WatchItem {
  const { label, description, detail, stopTooltip } = row;
  const buttons = [...row.buttons, { icon: 'eye-closed', tooltip: stopTooltip }];
  return {
    id,
    row,
    label,
    description,
    detail,
    buttons: buttons.map(({ icon, tooltip }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip })),
  };
}
