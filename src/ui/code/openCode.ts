import * as vscode from 'vscode';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { TextScanner } from '../../scan/port.ts';
import type { Session } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import { registerHover } from './hover/hoverProvider.ts';
import { OpenImages } from './openImages.ts';
import { OpenReferences } from './openReferences.ts';
import { UnfinishedIds } from './unfinishedIds.ts';

export interface CodeParts {
  readonly scanner: TextScanner;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
  readonly log: vscode.LogOutputChannel;
}

/** Everything that is shown of images in code, and what it knows of images. */
export function openCode({
  scanner,
  session,
  images,
  publishers,
  log,
}: CodeParts): vscode.Disposable & { readonly known: OpenImages } {
  const references = new OpenReferences({ scanner, log });
  const unfinished = new UnfinishedIds();
  const known = new OpenImages({ references, unfinished, session, images, publishers });
  const hover = registerHover({ references, images: known });
  const parts = vscode.Disposable.from(hover, known, unfinished, references);
  return { known, dispose: () => parts.dispose() };
}
