import * as vscode from 'vscode';
import {
  differencesBetween,
  type ImageDifference,
  type ImageUpdate,
  mostUrgentFirst,
  type UpdateReason,
} from '../../../hints/imageUpdates.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { ageText, statusText } from '../../shared/wording.ts';
import type { FoundId } from './foundIds.ts';

export interface FoundUpdate extends ImageUpdate {
  readonly found: FoundId;
}

interface UpdateItem extends vscode.QuickPickItem {
  readonly update: FoundUpdate;
}

/**
 * Shows what would be replaced, with all that is certain chosen. Undefined where the user gives up.
 *
 * @param notes what else there is to know, such as regions that have not answered
 */
export async function chooseUpdates(
  updates: readonly FoundUpdate[],
  notes: readonly string[],
): Promise<readonly FoundUpdate[] | undefined> {
  const sorted = [...updates].sort(mostUrgentFirst);
  const items = sorted.flatMap((update, index): readonly (UpdateItem | vscode.QuickPickItem)[] => [
    ...(update.why === sorted[index - 1]?.why
      ? []
      : [{ label: groupText(update.why), kind: vscode.QuickPickItemKind.Separator }]),
    updateItem(update),
  ]);
  const picked = await vscode.window.showQuickPick<UpdateItem | vscode.QuickPickItem>(items, {
    title: vscode.l10n.t('Update AMIs in Workspace'),
    placeHolder: vscode.l10n.t('What to replace by the newest image of its family'),
    ...(notes.length > 0 ? { prompt: notes.join(' ') } : {}),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.flatMap((each) => ('update' in each ? [each.update] : []));
}

function updateItem(update: FoundUpdate): UpdateItem {
  const { found, from, to, isCertain } = update;
  const now = Date.now();
  const named = (name: string, image: typeof from) => {
    const facts = plainFacts(ageText(image.creationDate, now), statusText(image, now));
    return facts ? `${plain(name)} (${facts})` : plain(name);
  };
  const { before, after } = shortNames(from.name, to.name);
  return {
    update,
    picked: isCertain,
    label: plain(`${found.path}:${found.line + 1}`),
    description: plainFacts(
      `${from.id} → ${to.id}`,
      to.region,
      !isCertain && vscode.l10n.t('the region is not certain'),
    ),
    detail: [`${named(before, from)} → ${named(after, to)}`, ...differencesBetween(from, to).map(differenceText)].join(
      ' · ',
    ),
  };
}

/** Names without the folders that both have, the second one without the words that it begins with as the first one does. */
function shortNames(from: string, to: string): { readonly before: string; readonly after: string } {
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  const folder = from.lastIndexOf('/', common - 1) + 1;
  const word = from.slice(0, common).search(/[^-_. /]*$/);
  return {
    before: from.slice(folder),
    after: common < to.length && word > 0 ? `…${to.slice(word)}` : to.slice(folder),
  };
}

function groupText(why: UpdateReason): string {
  switch (why) {
    case 'deregistered':
      return vscode.l10n.t('Deregistered');
    case 'unusable':
      return vscode.l10n.t('Not Available');
    case 'deprecated':
      return vscode.l10n.t('Deprecated');
    case 'newer':
      return vscode.l10n.t('Newer Image');
  }
}

function differenceText({ kind, from, to }: ImageDifference): string {
  switch (kind) {
    case 'rootSize':
      return vscode.l10n.t('root volume {0} → {1} GiB', from, to);
    case 'bootMode':
      return vscode.l10n.t('boot mode {0} → {1}', plain(from), plain(to));
    case 'imdsSupport':
      return vscode.l10n.t('IMDS {0} → {1}', plain(from), plain(to));
    case 'rootDeviceName':
      return vscode.l10n.t('root device {0} → {1}', plain(from), plain(to));
  }
}
