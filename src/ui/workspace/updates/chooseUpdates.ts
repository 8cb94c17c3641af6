import * as vscode from 'vscode';
import type { ImageSummary } from '../../../core/image.ts';
import { hasVerifiedName } from '../../../core/verifiedName.ts';
import {
  differencesBetween,
  type ImageDifference,
  type ImageUpdate,
  mostUrgentFirst,
  type UpdateReason,
} from '../../../hints/imageUpdates.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { ageText, sentencesText, sizeText, statusText } from '../../shared/wording.ts';
import type { FoundId } from './foundIds.ts';

export interface FoundUpdate extends ImageUpdate {
  readonly found: FoundId;
}

interface UpdateItem extends vscode.QuickPickItem {
  readonly update: FoundUpdate;
}

interface Choice {
  /** What else there is to know, such as regions that have not answered. */
  readonly notes: readonly string[];
  /** Whether the user has asked for these updates, so that those that are certain are chosen at first. */
  readonly areMeant: boolean;
}

/** Shows what would be replaced. Undefined where the user gives up. */
export function chooseUpdates(
  updates: readonly FoundUpdate[],
  { notes, areMeant }: Choice,
): Promise<readonly FoundUpdate[] | undefined> {
  const sorted = [...updates].sort(mostUrgentFirst);
  const items = sorted.flatMap((update, index): readonly (UpdateItem | vscode.QuickPickItem)[] => [
    ...(update.why === sorted[index - 1]?.why
      ? []
      : [{ label: groupText(update.why), kind: vscode.QuickPickItemKind.Separator }]),
    updateItem(update),
  ]);
  const pick = vscode.window.createQuickPick<UpdateItem | vscode.QuickPickItem>();
  pick.title = vscode.l10n.t('Update AMIs in Workspace');
  pick.placeholder = vscode.l10n.t('Select the AMI IDs to replace with the newest image of their family');
  pick.prompt = sentencesText(notes);
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.selectedItems = items.filter((item) => areMeant && 'update' in item && item.update.isCertain);
  pick.onDidTriggerItemButton(({ item }) => {
    if ('update' in item) void showPlace(item.update);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.flatMap((each) => ('update' in each ? [each.update] : [])));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Beside the list, which stays. */
async function showPlace({ found: { uri, line } }: FoundUpdate): Promise<void> {
  const options = { selection: new vscode.Range(line, 0, line, 0), preserveFocus: true, preview: true };
  await vscode.window.showTextDocument(uri, options).then(undefined, () => undefined);
}

function updateItem(update: FoundUpdate): UpdateItem {
  const { found, from, to, isCertain } = update;
  const now = Date.now();
  const named = (name: string, image: typeof from) => {
    const facts = plainFacts(ageText(image.creationDate, now), statusText(image, now));
    return facts ? `${plain(name)} (${facts})` : plain(name);
  };
  const { before, after } = shortNames(from, to);
  return {
    update,
    label: plain(`${found.path}:${found.line + 1}`),
    description: plainFacts(`${from.id} → ${to.id}`, to.region, !isCertain && vscode.l10n.t('region uncertain')),
    detail: [`${named(before, from)} → ${named(after, to)}`, ...differencesBetween(from, to).map(differenceText)].join(
      ' · ',
    ),
    buttons: [{ iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Show in File') }],
  };
}

/**
 * Names without the folders that both have where a verified publisher has named them, the second one without the words that
 * it begins with as the first one does.
 */
function shortNames(
  image: ImageSummary,
  { name: to }: ImageSummary,
): { readonly before: string; readonly after: string } {
  const { name: from } = image;
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  const folder = hasVerifiedName(image) ? from.lastIndexOf('/', common - 1) + 1 : 0;
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
      return vscode.l10n.t('root volume {0} → {1}', sizeText(from), sizeText(to));
    case 'bootMode':
      return vscode.l10n.t('boot mode {0} → {1}', plain(from), plain(to));
    case 'imdsSupport':
      return vscode.l10n.t('IMDS {0} → {1}', plain(from), plain(to));
    case 'rootDeviceName':
      return vscode.l10n.t('root device {0} → {1}', plain(from), plain(to));
  }
}
