import * as vscode from 'vscode';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { savedInstance } from '../../protocol/instance.ts';
import { unfitnessText } from '../actions/createImage/chooseInstances.ts';
import type { Session } from '../session/session.ts';
import { describeError } from '../shared/presentError.ts';
import { instanceStateText } from '../shared/wording.ts';
import type { ShownRef } from './askedContent.ts';
import { InstanceContent, type InstanceContentDeps } from './instanceContent.ts';
import { loadInstance } from './loadInstance.ts';
import { instanceNotFound } from './notFound.ts';
import type { PanelKind } from './panelFrame.ts';
import { PreviewPanels } from './previewPanels.ts';

const kind: PanelKind = {
  viewType: 'amiExplorer.instanceDetails',
  entry: 'instance',
  icon: 'vm',
  pageTitle: () => vscode.l10n.t('Instance Details'),
  hasFindWidget: true,
};

export interface OpenInstanceDetailsParts {
  readonly extensionUri: vscode.Uri;
  readonly session: Session;
  readonly images: Pick<ConnectionImages, 'of'>;
  readonly showImage: InstanceContentDeps['showImage'];
  readonly log: vscode.LogOutputChannel;
}

export type InstancePanels = PreviewPanels<ShownRef, InstanceContent>;

/** Builds the panels of instance details on the connection and the clipboard. */
export function openInstanceDetails(parts: OpenInstanceDetailsParts): InstancePanels {
  const { extensionUri, session, images, showImage, log } = parts;
  const deps: InstanceContentDeps = {
    load: (ref, signal, arrived) =>
      loadInstance(
        {
          images,
          connection: () => session.connection(),
          stateText: instanceStateText,
          unfitText: unfitnessText,
          notFound: instanceNotFound,
        },
        ref,
        signal,
        arrived,
      ),
    describeError,
    showImage,
    copy: (text) => vscode.env.clipboard.writeText(text),
    run: async (command, ref) => (await vscode.commands.executeCommand(command, ref)) === true,
  };
  return new PreviewPanels<ShownRef, InstanceContent>({
    kind,
    deps: { extensionUri, log, session },
    saved: savedInstance,
    create: (instance, preview, changed) => new InstanceContent(instance, preview, deps, changed),
  });
}
