import { join } from 'node:path';
import * as vscode from 'vscode';
import { Catalog } from './catalog/catalog.ts';
import { commands } from './contributions/commands.ts';
import type { ViewName } from './contributions/views.ts';
import { Connections } from './ec2/connection.ts';
import { Secrets } from './ec2/credentials/secrets.ts';
import { ConnectionImages } from './images/connectionImages.ts';
import { RecentImages } from './images/recentImages.ts';
import { watchFoldersIn } from './images/watches/watchFolders.ts';
import type { OpenedSampleAccount } from './sample/inProcess.ts';
import { TextScans } from './scan/textScans.ts';
import { ThreadScanner } from './scan/threadScanner.ts';
import { createImageHandler } from './ui/actions/createImage/handler.ts';
import { openCode } from './ui/code/openCode.ts';
import { regionMapCommands } from './ui/code/regionMaps/completeRegionMap.ts';
import { browseCommands } from './ui/commands/browse.ts';
import { connectionCommands } from './ui/commands/connection.ts';
import { copyAndInsertCommands } from './ui/commands/copyAndInsert.ts';
import { getStartedCommands } from './ui/commands/getStarted.ts';
import { imageLinkCommands, openImageLink } from './ui/commands/imageLinks.ts';
import { ImageTargets } from './ui/commands/imageTargets.ts';
import { instanceCommands } from './ui/commands/instances.ts';
import { parameterCommands } from './ui/commands/parameters.ts';
import { sampleAccountCommands, showSavingProblem } from './ui/commands/sampleAccount.ts';
import { dragImages } from './ui/editor/draggedImages.ts';
import { registerDroppedImages } from './ui/editor/dropImages.ts';
import { DroppedCode } from './ui/editor/droppedCode.ts';
import { imageCode } from './ui/editor/imageCode.ts';
import type { TextInserter } from './ui/editor/insertText.ts';
import { pastedLinks } from './ui/editor/pastedLinks.ts';
import { UnverifiedImages } from './ui/editor/unverifiedImages.ts';
import type { LazyViews } from './ui/lazy/lazyViews.ts';
import type { LoadedExtension } from './ui/lazy/loadedExtension.ts';
import { openInstanceDetails } from './ui/panels/instancePanels.ts';
import { openCatalogs } from './ui/panels/openCatalogs.ts';
import { openImageDetails } from './ui/panels/openImageDetails.ts';
import { offerOldPins, pinCommands, pinnedImages } from './ui/pins/pinCommands.ts';
import { PinStore } from './ui/pins/pinStore.ts';
import { askForMfaCode } from './ui/session/mfaPrompt.ts';
import { networkSettings } from './ui/session/networkSettings.ts';
import { Session } from './ui/session/session.ts';
import { joinToEditor } from './ui/session/sessionInEditor.ts';
import { SignIns } from './ui/session/signIn.ts';
import { logCall } from './ui/shared/callLog.ts';
import { joinHandlers } from './ui/shared/joinHandlers.ts';
import { safeLog } from './ui/shared/log.ts';
import { PublisherSettings } from './ui/shared/publisherSettings.ts';
import { type CommandHandlers, inBackground, runCommand } from './ui/shared/runCommand.ts';
import { setContextKey } from './ui/shared/setContextKey.ts';
import {
  autoReveal,
  catalogIncludeDeprecated,
  catalogMaxSize,
  chosenRegions,
  connectionChoice,
  isReadOnly,
} from './ui/shared/settings.ts';
import { ImageFilter } from './ui/trees/imageFilter.ts';
import { ImagesTree } from './ui/trees/imagesTree.ts';
import { InstancesTree } from './ui/trees/instancesTree.ts';
import { RowStates } from './ui/trees/rowStates.ts';
import { Views } from './ui/trees/views.ts';
import { openWatches } from './ui/watches/openWatches.ts';
import { imageUsesIn } from './ui/workspace/imageUses.ts';
import { openWorkspaceView } from './ui/workspace/openWorkspaceView.ts';
import { updateImagesCommands } from './ui/workspace/updates/updateImages.ts';
import { WorkspaceSearch } from './ui/workspace/workspaceSearch.ts';

/** What src/extension.ts has built at the start of the window. */
export interface StartParts {
  readonly context: vscode.ExtensionContext;
  readonly inserter: TextInserter;
  readonly views: Pick<LazyViews, ViewName>;
}

/** The composition root: builds all parts and connects them. */
export function start({ context, inserter, views: registered }: StartParts): LoadedExtension {
  const secrets = new Secrets();
  const log = safeLog(vscode.window.createOutputChannel('AMI Explorer', { log: true }), secrets.mask);
  let sample: Promise<OpenedSampleAccount> | undefined;
  const openSample = () => {
    // One for the window, so that all connections to it share what is in memory.
    sample ??= import('./sample/inProcess.ts').then(({ openSampleAccount }) =>
      openSampleAccount({
        file: join(context.globalStorageUri.fsPath, 'sample-account.json'),
        onProblem: showSavingProblem,
      }),
    );
    return sample;
  };
  const connections = new Connections({
    env: process.env,
    secrets,
    mfaCodeProvider: (...asked) => session.askUser(() => askForMfaCode(...asked)),
    network: networkSettings,
    sampleRequestHandler: async () => (await openSample()).requestHandler,
    onCall: (call) => {
      logCall(log, call);
      session.noteCall(call.error);
      if (call.error) {
        signIns.noteError(call.error);
      }
    },
    onBusy: (busy) => catalog.setBusy(busy),
  });
  const session = new Session(connections, { choice: connectionChoice, regions: chosenRegions });
  context.subscriptions.push(session, joinToEditor(session));
  const signIns = new SignIns({ session, env: process.env, log });
  const publishers = new PublisherSettings(log);
  const thread = (name: string) => join(context.extensionPath, 'dist', `${name}.cjs`);
  const catalog = new Catalog({
    folder: join(context.globalStorageUri.fsPath, 'catalog'),
    threads: { search: thread('catalog-search'), download: thread('catalog-download') },
    connection: () => session.connection(),
    quietConnection: () => session.connectionQuietly(),
    includeDeprecated: catalogIncludeDeprecated,
    maxSize: catalogMaxSize,
  });
  const pins = new PinStore({
    folder: join(context.globalStorageUri.fsPath, 'pins'),
    memento: context.globalState,
    session,
    log,
  });
  const images = new ConnectionImages(catalog);
  const { workspaceState } = context;
  const filter = new ImageFilter(workspaceState);
  const imageRowStates = new RowStates(workspaceState, 'images.rows', registered.images, () => !filter.search.isEmpty);
  const instanceRowStates = new RowStates(workspaceState, 'instances.rows', registered.instances);
  const imagesTree = new ImagesTree({
    session,
    publishers,
    catalog,
    images,
    pins,
    filter,
    rowStates: imageRowStates,
  });
  const instancesTree = new InstancesTree(session, instanceRowStates);
  const views = new Views({ session, catalog, filter, imagesTree, instancesTree, registered });
  const recent = new RecentImages(join(context.globalStorageUri.fsPath, 'recent'));
  const targets = new ImageTargets({ session, publishers, catalog, images, imagesTree, pins, recent, views });
  const codeOfImages = imageCode({ session, publishers, loadedImages: () => imagesTree.loadedImages });
  const snippets = { session, publishers, code: codeOfImages, inserter };
  const droppedCode = new DroppedCode({ code: codeOfImages, session, images });
  const { extensionUri } = context;
  const scanThread = { thread: thread('scan') };
  const scanner = new ThreadScanner(scanThread);
  const search = new WorkspaceSearch({ scanner, log });
  const uses = imageUsesIn(search);
  const instanceDetails = openInstanceDetails({
    extensionUri,
    session,
    images,
    showImage: (ref, options) => details.show(ref, options),
    log,
  });
  const details = openImageDetails({
    extensionUri,
    session,
    images,
    publishers,
    instances: instanceDetails,
    uses,
    pins: pinnedImages(pins),
    recent,
    log,
  });
  const folders = watchFoldersIn(context.globalStorageUri.fsPath);
  const watches = openWatches({ session, images, views, imagesTree, details, inserter, folders, log });
  const { creations } = watches;
  const textScanner = new TextScans(scanThread);
  const code = openCode({
    scanner: textScanner,
    session,
    images,
    publishers,
    catalog,
    pins: () => pins.all,
    log,
  });
  const { known } = code;
  const workspace = openWorkspaceView({ search, known, images, view: registered.workspace, session, publishers });
  const catalogs = openCatalogs({
    ...snippets,
    extensionUri,
    extensionId: context.extension.id,
    catalog,
    images,
    pins,
    details,
    log,
  });
  const unverified = new UnverifiedImages({
    session,
    images,
    publishers,
    moreRegions: catalogs.regions,
    showDetails: (ref) => details.show(ref, { preview: true }),
  });
  context.subscriptions.push(
    inserter.onDidInsert(() => setContextKey('imageInserted', true)),
    inserter.onDidInsert((texts) => void unverified.noteTexts(texts)),
    log,
    signIns,
    publishers,
    filter,
    imageRowStates,
    instanceRowStates,
    imagesTree,
    instancesTree,
    views,
    pins,
    offerOldPins(session, pins),
    details,
    instanceDetails,
    details.onDidActivate((ref) => {
      if (autoReveal()) inBackground(log, 'reveal', () => views.revealListed(ref));
    }),
    catalogs,
    { dispose: () => void catalog.dispose() },
    registerDroppedImages(droppedCode, (ids) => void unverified.noteIds(ids)),
    workspace,
    search,
    { dispose: () => void scanner.dispose() },
    watches,
    code,
    textScanner,
  );
  const actionHost = { session, isReadOnly, images, log };
  const handlers: CommandHandlers = joinHandlers(
    connectionCommands({ session, connections }),
    getStartedCommands(context.extension.id),
    sampleAccountCommands({ session, reset: async () => (await openSample()).reset() }),
    { [commands.signIn]: () => signIns.signIn() },
    browseCommands({
      session,
      images,
      filter,
      imagesTree,
      instancesTree,
      workspaceTree: workspace.tree,
      targets,
      inserter,
      details,
      log,
    }),
    copyAndInsertCommands({ ...snippets, targets }),
    imageLinkCommands({ targets, extensionId: context.extension.id }),
    instanceCommands({ session, views, details, instances: instanceDetails }),
    parameterCommands(inserter),
    regionMapCommands({ session, images, finder: textScanner }),
    updateImagesCommands({ session, search, references: code.references, known }),
    pinCommands({ pins, targets }),
    catalogs.commands,
    watches.commands,
    code.commands,
    { [commands.createImage]: createImageHandler({ actionHost, session, views, creations }) },
  );
  return {
    dragImages: (nodes, transfer) => void droppedCode.of(dragImages(nodes, transfer)),
    pastedLinks,
    completion: code.completion,
    openLink: (uri) => {
      session.userActed();
      inBackground(log, 'link', () => openImageLink({ session, details }, uri));
    },
    runCommand: (id, args) => runCommand({ session, log }, id, handlers[id], args),
    images: imagesTree,
    instances: instancesTree,
    workspace: workspace.tree,
    restorePanel: {
      'amiExplorer.imageDetails': details.restore,
      'amiExplorer.instanceDetails': instanceDetails.restore,
      'amiExplorer.publicCatalog': catalogs.restore,
    },
  };
}
