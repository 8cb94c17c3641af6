import * as vscode from 'vscode';
import { copyIds, insertIds } from '../commands/code.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { describeError } from '../presentError.ts';
import type { PublisherSettings } from '../publisherSettings.ts';
import type { Session } from '../session.ts';
import { ImageDetailsPanels } from './imageDetails.ts';
import { loadImageDetails } from './loadImageDetails.ts';

export interface OpenImageDetailsParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly publishers: PublisherSettings;
  readonly inserter: TextInserter;
  readonly log: vscode.LogOutputChannel;
}

/** The details panels, joined to the account in force, the clipboard and the editor. */
export function openImageDetails(parts: OpenImageDetailsParts): ImageDetailsPanels {
  const { extensionUri, session, publishers, inserter, log } = parts;
  return new ImageDetailsPanels({
    extensionUri,
    log,
    describeError,
    userActed: () => session.userActed(),
    load: (ref, signal, arrived, answered) =>
      loadImageDetails(
        {
          connection: () => session.connection(),
          account: () => session.identity?.account,
          publishers: () => publishers.publishers,
          describeError,
          now: () => Date.now(),
        },
        ref,
        signal,
        arrived,
        answered,
      ),
    copy: (text) => vscode.env.clipboard.writeText(text),
    copyId: (ref) => copyIds([ref]),
    insertId: (ref) => insertIds(inserter, [ref]),
    openExternal: (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
  });
}
