import * as vscode from 'vscode';
import { placeNameOf } from '../../../core/regions.ts';
import type { Candidate, CellChange, MapChanges } from '../../../hints/regionMapImages.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { regionFailureText } from '../../shared/presentError.ts';
import { ageText, statusText } from '../../shared/wording.ts';

interface ChangeItem extends vscode.QuickPickItem {
  readonly change: CellChange;
}

/** Shows what would change in a map, and which regions lack the image. Undefined where the user gives up. */
export async function reviewChanges(
  title: string,
  { changes, missing }: MapChanges,
  leads: readonly Candidate[],
): Promise<readonly CellChange[] | undefined> {
  const inMap = changes.filter(({ why }) => why !== 'new');
  const added = changes.filter(({ why }) => why === 'new');
  const items = [
    separator(vscode.l10n.t('In the Map')),
    ...inMap.map(changeItem),
    separator(vscode.l10n.t('New Entries')),
    ...added.map(changeItem),
  ];
  const names = leads.map(({ image }) => plainFacts(image.name, image.architecture)).join('; ');
  const picked = await vscode.window.showQuickPick<ChangeItem | vscode.QuickPickItem>(items, {
    title,
    prompt: [names, ...missingTexts(missing)].join('\u2002—\u2002'),
    placeHolder: vscode.l10n.t('Select the changes to make'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.flatMap((each) => ('change' in each ? [each.change] : []));
}

function changeItem(change: CellChange): ChangeItem {
  const { region, slot, from, to, was } = change;
  const isOtherName = to.by === 'copy';
  return {
    change,
    picked: true,
    label: plainFacts(region, slotText(slot)),
    description: plainFacts(placeNameOf(region), from === undefined ? to.image.id : `${from} → ${to.image.id}`),
    detail: plainFacts(
      reasonText(change),
      was?.name,
      isOtherName ? vscode.l10n.t('copy named {0}', plain(to.image.name)) : vscode.l10n.t('same owner and name'),
      statusText(to.image, Date.now()),
    ),
  };
}

function reasonText({ why }: CellChange): string {
  switch (why) {
    case 'new':
      return vscode.l10n.t('new entry');
    case 'empty':
      return vscode.l10n.t('no image so far');
    case 'other-image':
      return vscode.l10n.t('different image');
    case 'not-there':
      return vscode.l10n.t('not found in this region');
  }
}

/** Which regions lack the image or failed, in lines. */
export function missingTexts(missing: MapChanges['missing']): readonly string[] {
  const without = missing.filter(({ error }) => error === undefined);
  const failed = new Map(
    missing.flatMap(({ region, error }) => (error === undefined ? [] : [[region, error] as const])),
  );
  const regions = [...new Set(without.map(({ region, slot }) => plainFacts(region, slotText(slot))))];
  return [
    ...(regions.length > 0 ? [vscode.l10n.t('Image not found in: {0}', regions.join(', '))] : []),
    ...Array.from(failed, ([region, error]) => regionFailureText(region, error)),
  ];
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly candidate: Candidate;
}

/** Asks which of several images of a slot the other regions should have. Undefined where the user gives up. */
export async function chooseLead(title: string, candidates: readonly Candidate[]): Promise<Candidate | undefined> {
  const now = Date.now();
  const items = candidates.map((candidate): CandidateItem => {
    const { image, regions, slot } = candidate;
    return {
      candidate,
      label: plain(image.name) || plain(image.id),
      description: plainFacts(
        slotText(slot),
        image.architecture,
        ageText(image.creationDate, now),
        statusText(image, now),
      ),
      detail: regions.join(', '),
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('The map has different images. Select the one to use in all regions.'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.candidate;
}

/** The keys between region and id, or the form of the keys where they have more than the region: `*.docker`. */
function slotText(slot: string): string {
  return slot === '*' ? '' : slot.replace(/^\*\//, '');
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
