import * as vscode from 'vscode';
import type { CatalogPort } from '../catalog/port.ts';
import { chooseRegion, registerCatalogCommands } from './commands/catalog.ts';
import { copyIds, insertIds } from './commands/code.ts';
import { settings } from './contributions.ts';
import type { TextInserter } from './editor/insertText.ts';
import { CatalogPanels } from './panels/catalogPanel.ts';
import type { ImageDetailsPanels } from './panels/imageDetails.ts';
import type { PublisherSettings } from './publisherSettings.ts';
import type { Session } from './session.ts';
import { catalogIncludeDeprecated, writeSetting } from './settings.ts';

export interface CatalogSurfaceParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly catalog: CatalogPort;
  readonly publishers: PublisherSettings;
  readonly details: ImageDetailsPanels;
  readonly inserter: TextInserter;
  readonly log: vscode.LogOutputChannel;
}

/** The panels with public catalogs and their commands, joined to the account in force, the clipboard and the editor. */
export function registerCatalog(parts: CatalogSurfaceParts): vscode.Disposable {
  const { extensionUri, session, catalog, publishers, details, inserter, log } = parts;
  const panels = new CatalogPanels({
    extensionUri,
    log,
    catalog,
    publishers: () => publishers.publishers,
    includeDeprecated: catalogIncludeDeprecated,
    setIncludeDeprecated: (include) => writeSetting(settings.catalogIncludeDeprecated, include),
    userActed: () => session.userActed(),
    describeImages: async (region, ids) => {
      const connection = await session.connection();
      return connection.ec2.describeImages(region, ids, new AbortController().signal);
    },
    showImage: (ref, keep) => details.show(ref, { preview: !keep }),
    copyIds,
    insertIds: (images) => insertIds(inserter, images),
    chooseRegion: (current) => chooseRegion(session, current),
  });
  return vscode.Disposable.from(
    panels.register(),
    session.onDidChangeConnection(() => panels.catalogsChanged()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.catalogIncludeDeprecated)) {
        panels.catalogsChanged();
      }
    }),
    registerCatalogCommands({ session, catalog, panels, log }),
  );
}
