import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { isUnderWay } from '../../images/watches/imageBeingMade.ts';
import { ImageCreations } from '../../images/watches/imageCreations.ts';
import type { Ended, WatchEvent } from '../../images/watches/watchEvent.ts';
import { Watches } from '../../images/watches/watches.ts';
import type { WatchFolders } from '../../images/watches/watchFolders.ts';
import type { TextInserter } from '../editor/insertText.ts';
import type { ImageDetailsPanels } from '../panels/imageDetailsPanels.ts';
import type { Session } from '../session/session.ts';
import { type CommandHandlers, inBackground } from '../shared/runCommand.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { Views } from '../trees/views.ts';
import { imageBeingMadeWords, unwatchedRow } from './imageBeingMadeWords.ts';
import type { OutcomeHost } from './imageOutcomes.ts';
import { unansweredCreationWords } from './unansweredCreationWords.ts';
import { showWatchList } from './watchList.ts';
import { WatchStatus } from './watchStatus.ts';
import type { AnyWatchWords } from './watchWords.ts';

export interface WatchesParts {
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly views: Pick<Views, 'images' | 'revealImage'>;
  readonly imagesTree: Pick<ImagesTree, 'progressOf'>;
  readonly details: Pick<ImageDetailsPanels, 'show'>;
  readonly inserter: TextInserter;
  readonly folders: WatchFolders;
  readonly log: vscode.LogOutputChannel;
}

export interface OpenWatches extends vscode.Disposable {
  readonly creations: ImageCreations;
  readonly commands: Pick<CommandHandlers, typeof commands.showPendingImages>;
}

/** Builds the watches and their surfaces: status bar, list, and progress in the tree. Each outcome is notified once. */
export function openWatches(parts: WatchesParts): OpenWatches {
  const { session, images, views, imagesTree, details, inserter, folders, log } = parts;
  const changed = new vscode.EventEmitter<void>();
  const host: OutcomeHost = { showImage: (ref) => details.show(ref, { preview: false }), inserter };
  const words: readonly AnyWatchWords[] = [
    imageBeingMadeWords(host),
    unansweredCreationWords({
      lookNow: (id) => creations.lookNow(id),
      onFound: (sendingId, { region, id }) => {
        creations.found(sendingId, id);
        return views.revealImage(region, id);
      },
    }),
  ];
  const notifyOutcome = (ended: readonly Ended[]) => {
    for (const { record } of ended) {
      log.info(`No longer watched: ${record.kind} ${record.id}`);
    }
    const ofKind = words.find(({ kind }) => kind.name === ended[0]?.record.kind);
    inBackground(log, 'watch', async () => ofKind?.notify(ended));
  };
  const tell = (event: WatchEvent) => {
    switch (event.kind) {
      case 'changed':
        changed.fire();
        break;
      case 'over':
        notifyOutcome(event.ended);
        changed.fire();
    }
  };
  const watches = new Watches({ session, images, folders, kinds: words.map(({ kind }) => kind), tell, log });
  const creations = new ImageCreations(watches);
  imagesTree.progressOf = (imageId) => watches.progressOf(imageId);
  const surfaces = vscode.Disposable.from(
    changed,
    watches,
    new WatchStatus(watches, words, views.images, changed.event),
    // Takes over what a closed window has watched.
    vscode.window.onDidChangeWindowState(({ focused }) => focused && watches.resume()),
  );
  return {
    creations,
    commands: {
      [commands.showPendingImages]: () =>
        showWatchList({
          session,
          watches,
          words,
          isPending: (image, connection) => isUnderWay(images.of(connection).cached(image) ?? image),
          unwatchedRow: (image, connection) =>
            unwatchedRow(image, host, () => {
              const { region, id: imageId, name } = image;
              return creations.watch(connection, { region, imageId, name });
            }),
          onDidChange: changed.event,
          log,
        }),
    },
    dispose: () => surfaces.dispose(),
  };
}
