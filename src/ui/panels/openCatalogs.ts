import * as vscode from 'vscode';
import type { CatalogPort } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import type { Image } from '../../core/image.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { catalogCommands, chooseRegion } from '../commands/catalog.ts';
import { copyAs, copyIds, insertAs, insertIds, type SnippetDeps } from '../commands/copyAndInsert.ts';
import { copyImageLinks } from '../commands/imageLinks.ts';
import type { RestorePanel } from '../lazy/loadedExtension.ts';
import { pinFamilies, pinImages } from '../pins/pinCommands.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { Session } from '../session/session.ts';
import { showError } from '../shared/presentError.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { catalogIncludeDeprecated, settingsEvent, writeSetting } from '../shared/settings.ts';
import { CatalogPanels } from './catalogPanels.ts';
import type { ImageDetailsPanels } from './imageDetailsPanels.ts';

export interface CatalogSurfaceParts extends SnippetDeps {
  readonly extensionUri: vscode.Uri;
  readonly extensionId: string;
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly catalog: CatalogPort;
  readonly images: ConnectionImages;
  readonly pins: PinStore;
  readonly details: ImageDetailsPanels;
  readonly log: vscode.LogOutputChannel;
}

export interface CatalogSurface extends vscode.Disposable {
  readonly restore: RestorePanel;
  readonly commands: ReturnType<typeof catalogCommands>;
  /** The regions of the panels that are open. */
  readonly regions: () => readonly string[];
}

/** Builds the panels of public catalogs and their commands on the connection, the clipboard and the editor. */
export function openCatalogs(parts: CatalogSurfaceParts): CatalogSurface {
  const { extensionUri, extensionId, session, catalog, images, publishers, pins, details, inserter, log } = parts;
  const ask = async (refs: readonly ImageRef[], use: (found: readonly Image[]) => Promise<void>) => {
    try {
      const byId = images.of(await session.connection());
      const found = await byId.getAll(refs, new AbortController().signal);
      sayWhatIsGone(refs, found);
      if (found.length > 0) {
        await use(found);
      }
    } catch (error) {
      await showError(error);
    }
  };
  const panels = new CatalogPanels({
    extensionUri,
    log,
    catalog,
    publishers: () => publishers.publishers,
    includeDeprecated: catalogIncludeDeprecated,
    setIncludeDeprecated: (include) => writeSetting(settings.catalogIncludeDeprecated, include),
    session,
    showImage: (ref) => details.show(ref, { preview: true, preserveFocus: false }),
    copyIds,
    insertIds: (ids) => insertIds(inserter, ids),
    copyAs: (refs) => ask(refs, (found) => copyAs(parts, found)),
    copyLinks: (refs) => copyImageLinks(extensionId, refs),
    insertAs: (refs) => ask(refs, (found) => insertAs(parts, found)),
    pinImages: (found) => pinImages(pins, found),
    pinFamilies: (refs) => ask(refs, (found) => pinFamilies(pins, found)),
    chooseRegion: (current) => chooseRegion(session, current),
  });
  const surfaces = vscode.Disposable.from(
    panels,
    settingsEvent([settings.catalogIncludeDeprecated])(() => panels.catalogsChanged()),
  );
  return {
    restore: panels.restore,
    regions: () => panels.regions,
    commands: catalogCommands({ session, catalog, panels }),
    dispose: () => surfaces.dispose(),
  };
}

function sayWhatIsGone(asked: readonly ImageRef[], found: readonly Image[]): void {
  if (found.length < asked.length) {
    void vscode.window.showWarningMessage(
      asked.length === 1
        ? vscode.l10n.t('{0} no longer exists: it was deregistered or is no longer public.', asked[0]?.id ?? '')
        : vscode.l10n.t(
            '{0} of the {1} images no longer exist: they were deregistered or are no longer public.',
            asked.length - found.length,
            asked.length,
          ),
    );
  }
}
