import * as vscode from 'vscode';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { TextInserter } from '../code/insertText.ts';
import { copyIds, insertIds } from '../commands/code.ts';
import type { Session } from '../session/session.ts';
import { describeError } from '../shared/presentError.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { ImageDetailsPanels } from './imageDetailsPanels.ts';
import { loadImageDetails } from './loadImageDetails.ts';

export interface OpenImageDetailsParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
  readonly inserter: TextInserter;
  readonly log: vscode.LogOutputChannel;
}

/** The details panels, joined to the account in force, the clipboard and the editor. */
export function openImageDetails(parts: OpenImageDetailsParts): ImageDetailsPanels {
  const { extensionUri, session, images, publishers, inserter, log } = parts;
  return new ImageDetailsPanels({
    extensionUri,
    log,
    describeError,
    session,
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
    copyId: (ref) => copyIds([ref.id]),
    insertId: (ref) => insertIds(inserter, [ref.id]),
    openExternal: (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
  });
}
