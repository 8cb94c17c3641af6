import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import { commands } from '../../contributions/commands.ts';
import { placeNameOf } from '../../core/regions.ts';
import type { CatalogPanels } from '../panels/catalogPanels.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import { catalogSearchOf, regionOf } from './nodeArguments.ts';

export interface CatalogCommandsDeps {
  readonly session: Session;
  readonly catalog: CatalogPort;
  readonly panels: CatalogPanels;
}

export function catalogCommands({ session, catalog, panels }: CatalogCommandsDeps) {
  return {
    [commands.openCatalog]: async (...args) => {
      const region = regionOf(args) ?? (await chooseRegion(session, undefined));
      if (region) {
        panels.show(region);
      }
    },
    [commands.browseInCatalog]: (...args) => {
      const search = catalogSearchOf(args);
      if (search) {
        panels.show(search.region, search.text);
      }
    },
    [commands.clearCatalog]: async () => {
      const clear = vscode.l10n.t({ message: 'Clear', comment: ['A button that deletes the downloaded catalogs'] });
      const picked = await vscode.window.showWarningMessage(
        vscode.l10n.t('Delete all downloaded catalogs of public images? Nothing changes in AWS.'),
        { modal: true },
        clear,
      );
      if (picked === clear) {
        await catalog.clear();
      }
    },
  } satisfies Partial<CommandHandlers>;
}

/** @param current the region to be replaced; where undefined, a single region shown is taken without asking */
export async function chooseRegion(session: Session, current: string | undefined): Promise<string | undefined> {
  const connection = await session.connection();
  const shown = session.regions(connection);
  if (current === undefined && shown.length === 1) {
    return shown[0];
  }
  const all = connection.ec2
    .listRegions(new AbortController().signal)
    .then((regions) => regions.filter(({ optIn }) => optIn !== 'not-opted-in').map(({ name }) => name))
    .catch(() => []);
  const item = (name: string) => ({ region: name, label: plain(name), description: placeNameOf(name) ?? '' });
  const items = all.then((names) => {
    const others = names.filter((name) => !shown.includes(name)).sort();
    return [
      ...shown.map(item),
      ...(others.length > 0
        ? [{ label: vscode.l10n.t('Other regions'), kind: vscode.QuickPickItemKind.Separator }, ...others.map(item)]
        : []),
    ];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Browse Public Catalog'),
    placeHolder: vscode.l10n.t('Select the region whose public images to browse'),
    matchOnDescription: true,
  });
  return picked && 'region' in picked ? picked.region : undefined;
}
