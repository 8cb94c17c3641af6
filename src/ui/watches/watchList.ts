import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors.ts';
import type { Image } from '../../core/image.ts';
import type { Connection } from '../../ec2/port.ts';
import { pendingImages } from '../../images/pendingImages.ts';
import { imageBeingMade } from '../../images/watches/imageBeingMade.ts';
import type { Watches } from '../../images/watches/watches.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { replaceItems } from '../shared/quickPickItems.ts';
import { inBackground } from '../shared/runCommand.ts';
import { listText } from '../shared/wording.ts';
import type { AnyWatchWords, WatchRow } from './watchWords.ts';

export interface WatchListParts {
  readonly session: Pick<Session, 'connection' | 'regions' | 'onDidChangeConnection'>;
  readonly watches: Watches;
  readonly words: readonly AnyWatchWords[];
  /** Whether an image is still being made, as far as is known by now. */
  readonly isPending: (image: Image, connection: Connection) => boolean;
  /** The row of an image that nobody watches. */
  readonly unwatchedRow: (image: Image, connection: Connection) => WatchRow;
  readonly onDidChange: vscode.Event<void>;
  readonly log: vscode.LogOutputChannel;
}

interface WatchItem extends vscode.QuickPickItem {
  /** Undefined for a line that only says something. */
  readonly id?: string;
  readonly row?: WatchRow;
}

/** How long (ms) the status bar says that a watch was stopped. */
const stoppedDuration = 5_000;

/**
 * A quick pick of what is watched, with a button to stop each, and of the account's other pending images in the regions
 * shown. Resolves when what the user chose is done. Rejects with AmiError where there is no connection.
 */
export async function showWatchList(parts: WatchListParts): Promise<void> {
  const { session, watches, words, isPending, unwatchedRow, onDidChange, log } = parts;
  const connection = await session.connection();
  const regions = session.regions(connection);
  const pick = vscode.window.createQuickPick<WatchItem>();
  pick.title = vscode.l10n.t('Pending Images');
  pick.placeholder = vscode.l10n.t('Select an image to show its details. Creation continues when VS Code is closed.');
  pick.matchOnDescription = true;
  pick.busy = true;
  const abort = new AbortController();
  const pending = new Map<string, readonly Image[]>();
  const errors: WatchItem[] = [];
  const show = () => {
    const watched = words.flatMap(({ kind, row }) =>
      watches
        .watched(kind)
        .filter(({ hasEnded }) => !hasEnded)
        .map((each) => itemOf(each.record.id, row(each))),
    );
    const own = new Set(watches.watched(imageBeingMade).map(({ record }) => record.subject.imageId));
    const others = [...pending.values()]
      .flat()
      .filter((image) => !own.has(image.id) && isPending(image, connection))
      .map((image) => itemOf(image.id, unwatchedRow(image, connection)));
    const items = [...watched, ...others, ...errors];
    replaceItems(pick, items.length > 0 || pick.busy ? items : [noneItem(regions)], ({ id }) => id);
  };
  const list = async (region: string) => {
    try {
      pending.set(region, await pendingImages(connection.ec2, region, abort.signal));
    } catch (error) {
      if (!isCancelled(error)) {
        errors.push({ label: `$(error) ${describeError(error).message}`, alwaysShow: true });
      }
    }
    show();
  };
  const subscriptions = [onDidChange(show), session.onDidChangeConnection(() => pick.hide())];
  try {
    const picked = await new Promise<WatchRow | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        if (item?.id !== undefined && item.row && !item.row.onAccept.closesList) {
          inBackground(log, item.id, item.row.onAccept.run);
        } else if (item?.row) {
          resolve(item.row);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ item: { id, row }, button }) => {
        if (id === undefined || !row) {
          return;
        }
        const action = row.buttons.find(({ tooltip }) => tooltip === button.tooltip);
        if (action) {
          inBackground(log, id, action.run);
          return;
        }
        watches.remove(id);
        if (row.stop?.text) {
          vscode.window.setStatusBarMessage(row.stop.text, stoppedDuration);
        }
      });
      pick.show();
      show();
      void Promise.all(regions.map(list)).then(() => {
        if (!abort.signal.aborted) {
          pick.busy = false;
          show();
        }
      });
    });
    await picked?.onAccept.run();
  } finally {
    abort.abort();
    for (const subscription of subscriptions) {
      subscription.dispose();
    }
    pick.dispose();
  }
}

function itemOf(id: string, row: WatchRow): WatchItem {
  const { label, description, detail, stop } = row;
  const buttons = [...row.buttons, ...(stop ? [{ icon: 'eye-closed', tooltip: stop.tooltip }] : [])];
  return {
    id,
    row,
    label,
    description,
    detail,
    buttons: buttons.map(({ icon, tooltip }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip })),
  };
}

function noneItem(regions: readonly string[]): WatchItem {
  return {
    label: vscode.l10n.t('$(info) No image is being created in {0}', listText(regions.map(plain))),
    alwaysShow: true,
  };
}
