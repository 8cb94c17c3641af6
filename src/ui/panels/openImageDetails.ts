import * as vscode from 'vscode';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { RecentImages } from '../../images/recentImages.ts';
import type { Session } from '../session/session.ts';
import { describeError } from '../shared/presentError.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import type { ImagePinsPort, ImageUsesPort } from './detailsContent.ts';
import { ImageDetailsPanels } from './imageDetailsPanels.ts';
import type { InstancePanels } from './instancePanels.ts';
import { loadImageDetails } from './loadImageDetails.ts';
import { imageNotFound } from './notFound.ts';

export interface OpenImageDetailsParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
  readonly instances: Pick<InstancePanels, 'show'>;
  readonly uses: ImageUsesPort;
  readonly pins: ImagePinsPort;
  readonly recent: RecentImages;
  readonly log: vscode.LogOutputChannel;
}

/** Builds the panels of image details on the connection and the clipboard. */
export function openImageDetails(parts: OpenImageDetailsParts): ImageDetailsPanels {
  const { extensionUri, session, images, publishers, instances, uses, pins, recent, log } = parts;
  return new ImageDetailsPanels({
    extensionUri,
    uses,
    pins,
    showInstance: (ref, options) => instances.show(ref, options),
    log,
    describeError,
    session,
    images,
    isCurrent: (connection) => session.state.kind === 'open' && session.state.connection === connection,
    opened: async (image) => {
      setContextKey('imageShown', true);
      const { scope, state } = session;
      if (scope && state.kind === 'open') {
        const [known] = await images.of(state.connection).getWithoutCall([image]);
        if (known) {
          recent.add(scope, known, Date.now());
        }
      }
    },
    load: (ref, signal, arrived, options) =>
      loadImageDetails(
        {
          images,
          connection: () => session.connection(),
          account: () => session.identity?.account,
          publishers: () => publishers.publishers,
          describeError,
          notFound: imageNotFound,
        },
        ref,
        signal,
        arrived,
        options,
      ),
    copy: (text) => vscode.env.clipboard.writeText(text),
    run: async (command, ref) => (await vscode.commands.executeCommand(command, ref)) === true,
  });
}
