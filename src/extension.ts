import * as vscode from 'vscode';
import { Connections } from './ec2/connection.ts';
import type { SampleRequestHandler } from './sample/requestHandler.ts';
import { logCall } from './ui/callLog.ts';
import { askFor, type BrowseCommandsDeps, registerBrowseCommands } from './ui/commands/browse.ts';
import { registerCodeCommands } from './ui/commands/code.ts';
import { registerConnectionCommands } from './ui/commands/connection.ts';
import { TextInserter } from './ui/editor/insertText.ts';
import { askForMfaCode } from './ui/mfa.ts';
import { PublisherSettings } from './ui/publisherSettings.ts';
import { Session } from './ui/session.ts';
import { ImagesTree } from './ui/tree/imagesTree.ts';
import { InstancesTree } from './ui/tree/instancesTree.ts';
import { Views } from './ui/views.ts';

/** The composition root: the only place that knows all the parts. It builds them and joins them, and does nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('AMI Explorer', { log: true });
  let sample: Promise<SampleRequestHandler> | undefined;
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: askForMfaCode,
    sampleRequestHandler: () => {
      // Kept, so that what was made in the sample account is still there after a look at another one.
      sample ??= import('./sample/inProcess.ts').then(({ openSampleAccount }) => openSampleAccount());
      return sample;
    },
    onCall: (call) => logCall(log, call),
  });
  const session = new Session(connections);
  const publisherSettings = new PublisherSettings(log);
  const publishers = () => publisherSettings.publishers;
  const imagesTree = new ImagesTree({ session, publishers, progressOf: () => undefined });
  const instancesTree = new InstancesTree(session);
  const views = new Views(session, imagesTree, instancesTree);
  const inserter = new TextInserter();
  const browse: BrowseCommandsDeps = {
    session,
    views,
    imagesTree,
    instancesTree,
    inserter,
    find: { session, publishers, loadedImages: () => imagesTree.loadedImages },
    showDetails: async () => undefined,
    log,
  };
  context.subscriptions.push(
    log,
    session,
    publisherSettings,
    imagesTree,
    instancesTree,
    views,
    inserter,
    registerConnectionCommands({ session, connections, log }),
    registerBrowseCommands(browse),
    registerCodeCommands({ session, publishers, inserter, log, images: (args) => askFor(browse, args) }),
    publisherSettings.onDidChange(() => imagesTree.refresh()),
  );
}
