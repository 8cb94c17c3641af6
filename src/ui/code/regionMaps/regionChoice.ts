import * as vscode from 'vscode';
import { placeNameOf } from '../../../core/regions.ts';

interface RegionItem extends vscode.QuickPickItem {
  readonly region: string;
}

/**
 * Asks which regions to add to a map. Undefined where the user gives up.
 *
 * @param chosen the regions of the settings, which are offered first
 */
export async function chooseNewRegions(
  title: string,
  chosen: readonly string[],
  others: readonly string[],
): Promise<readonly string[] | undefined> {
  const item = (region: string, picked: boolean): RegionItem => ({
    region,
    label: region,
    description: placeNameOf(region) ?? '',
    picked,
  });
  const items = [
    separator(vscode.l10n.t('Selected Regions')),
    ...chosen.map((region) => item(region, true)),
    separator(vscode.l10n.t('Other Regions of the Account')),
    ...[...others].sort().map((region) => item(region, false)),
  ];
  if (chosen.length + others.length === 0) {
    return [];
  }
  const picked = await vscode.window.showQuickPick<RegionItem | vscode.QuickPickItem>(items, {
    title,
    placeHolder: vscode.l10n.t('Select regions to add to the map, or none to check its existing entries'),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.flatMap((each) => ('region' in each ? [each.region] : []));
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
