import * as vscode from 'vscode';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Session } from '../session/session.ts';
import { describeError } from '../shared/presentError.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import type { ImageUses } from './detailsContent.ts';
import { ImageDetailsPanels } from './imageDetailsPanels.ts';
import { loadImageDetails } from './loadImageDetails.ts';

export interface OpenImageDetailsParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
  readonly uses: ImageUses;
  readonly log: vscode.LogOutputChannel;
}

/** Builds the panels of image details on the connection and the clipboard. */
export function openImageDetails(parts: OpenImageDetailsParts): ImageDetailsPanels {
  const { extensionUri, session, images, publishers, uses, log } = parts;
  return new ImageDetailsPanels({
    extensionUri,
    uses,
    log,
    describeError,
    session,
    images,
    isCurrent: (connection) => session.state.kind === 'open' && session.state.connection === connection,
    load: (ref, signal, arrived, options) =>
      loadImageDetails(
        {
          images,
          connection: () => session.connection(),
          account: () => session.identity?.account,
          publishers: () => publishers.publishers,
          describeError,
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
