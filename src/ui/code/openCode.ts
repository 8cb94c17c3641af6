import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { TextScanner } from '../../scan/port.ts';
import type { Session } from '../session/session.ts';
import type { PublisherSettings } from '../shared/publisherSettings.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import { IdCompletion, type IdCompletionParts } from './completion/idCompletion.ts';
import { applyFix } from './findings/applyFix.ts';
import { CodeLenses } from './findings/codeLenses.ts';
import { Diagnostics } from './findings/diagnostics.ts';
import { FindingFixes } from './findings/findingFixes.ts';
import { OpenFindings } from './findings/openFindings.ts';
import { QuickFixes } from './findings/quickFixes.ts';
import { registerHover } from './hover/hoverProvider.ts';
import { InlayHints } from './inlayHints/inlayHints.ts';
import { OpenImages } from './openImages.ts';
import { OpenReferences } from './openReferences.ts';
import { registerRegionMapActions } from './regionMaps/regionMapActions.ts';
import { UnfinishedIds } from './unfinishedIds.ts';

export interface CodeParts extends Pick<IdCompletionParts, 'catalog' | 'pins'> {
  readonly scanner: TextScanner;
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly publishers: PublisherSettings;
  readonly log: vscode.LogOutputChannel;
}

/** Everything that is shown of images in code, with its commands and what it knows of images. */
export function openCode({ scanner, session, images, publishers, catalog, pins, log }: CodeParts) {
  const references = new OpenReferences({ scanner, log });
  const unfinished = new UnfinishedIds();
  const known = new OpenImages({ references, unfinished, session, images, publishers });
  const findings = new OpenFindings({ images: known, unfinished, session });
  const fixes = new FindingFixes(known);
  const completion = new IdCompletion({ references, known, images, catalog, pins, publishers });
  const shown = vscode.Disposable.from(
    completion,
    registerHover({ references, images: known }),
    new InlayHints({ references, images: known, unfinished, findings }),
    new Diagnostics({ references, findings }),
    new CodeLenses({ references, findings, fixes }),
    new QuickFixes({ references, findings, fixes }),
    registerRegionMapActions(references),
  );
  return {
    references,
    known,
    completion,
    commands: {
      [commands.applyFix]: (argument) => applyFix({ references, findings, fixes, session }, argument),
    } satisfies Partial<CommandHandlers>,
    dispose: () => vscode.Disposable.from(shown, findings, known, unfinished, references).dispose(),
  };
}
