import * as v from 'valibot';
import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { isInstanceId } from '../../core/imageId.ts';
import { refKey } from '../../core/imageRef.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { imageConsolePage, instanceConsolePage, missingConsole } from '../../images/consolePages.ts';
import type { TextInserter } from '../editor/insertText.ts';
import type { ImageDetailsPanels } from '../panels/imageDetailsPanels.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandler, CommandHandlers } from '../shared/runCommand.ts';
import type { ImageFilter } from '../trees/imageFilter.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { InstancesTree } from '../trees/instancesTree.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';
import type { CodeMoreNode } from '../workspace/workspaceNodes.ts';
import type { WorkspaceTree } from '../workspace/workspaceTree.ts';
import { copyIds, insertIds } from './copyAndInsert.ts';
import { filterImages } from './filterImages.ts';
import type { ImageTargets } from './imageTargets.ts';
import { namedInstances } from './instanceArguments.ts';
import { PreviewClicks } from './previewClicks.ts';

export interface BrowseCommandsDeps {
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly filter: ImageFilter;
  readonly imagesTree: ImagesTree;
  readonly instancesTree: InstancesTree;
  readonly workspaceTree: WorkspaceTree;
  readonly targets: ImageTargets;
  readonly inserter: TextInserter;
  readonly details: ImageDetailsPanels;
  readonly log: vscode.LogOutputChannel;
}

export function browseCommands(deps: BrowseCommandsDeps) {
  const { filter, imagesTree, instancesTree, workspaceTree, targets, inserter, details, log } = deps;
  return {
    [commands.refresh]: (node) => refresh(deps, node),
    [commands.retry]: (node) => {
      if (isNode(node)) {
        instancesTree.isNode(node) ? instancesTree.retry(node) : imagesTree.retry(node as ImagesNode);
      }
    },
    [commands.loadMore]: (node) => {
      if (isMoreCode(node)) {
        workspaceTree.showMore(node);
      } else if (isNode(node)) {
        instancesTree.isNode(node) ? instancesTree.showMore(node) : imagesTree.showMore(node as ImagesNode);
      }
    },
    [commands.filterImages]: (node) => filterImages(filter, node),
    [commands.clearFilter]: () => filter.set('', { typing: false }),
    [commands.findImage]: async () => {
      const image = await targets.find(vscode.l10n.t('Find Image'), {
        onCopy: (found) => void copyIds([found.id]),
        onInsert: (found) => void insertIds(inserter, [found.id]),
        onInsertAs: ({ id, region }) => void vscode.commands.executeCommand(commands.insertImageAs, id, region),
      });
      if (image) {
        await details.show(image, { preview: true, preserveFocus: false });
      }
    },
    [commands.showImage]: showImageCommand(deps),
    [commands.openInConsole]: (...args) => openInConsole(deps, args),
    [commands.showLog]: () => log.show(),
  } satisfies Partial<CommandHandlers>;
}

function showImageCommand({ targets, details }: BrowseCommandsDeps): CommandHandler {
  const clicks = new PreviewClicks();
  return async (...args) => {
    const ref = await targets.ref(args);
    if (ref) {
      await details.show(ref, { preview: clicks.isPreview(args, refKey(ref)) });
    }
  };
}

function refresh(
  { session, images, imagesTree, instancesTree, workspaceTree }: BrowseCommandsDeps,
  node: unknown,
): void {
  if (isNode(node)) {
    instancesTree.isNode(node) ? instancesTree.refresh(node) : imagesTree.refresh(node as ImagesNode);
  } else if (session.state.kind === 'open') {
    images.clear(session.state.connection);
    workspaceTree.refresh();
    imagesTree.refresh();
    instancesTree.refresh();
  } else {
    session.reopen();
  }
}

async function openInConsole({ session, targets }: BrowseCommandsDeps, args: readonly unknown[]): Promise<void> {
  const connection = await session.connection();
  const missing = missingConsole(connection);
  if (missing !== undefined) {
    void vscode.window.showInformationMessage(missingConsoleText(missing, connection));
    return;
  }
  const [instance] = namedInstances(args);
  const ref = instance && isInstanceId(instance.id) ? undefined : await targets.ref(args);
  const url = ref ? imageConsolePage(connection, ref) : instance && instanceConsolePage(connection, instance);
  if (url !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}

function missingConsoleText(
  missing: NonNullable<ReturnType<typeof missingConsole>>,
  { foreignEndpoint, defaultRegion }: Pick<Connection, 'foreignEndpoint' | 'defaultRegion'>,
): string {
  switch (missing) {
    case 'sample':
      return vscode.l10n.t('The AWS console does not show the sample account.');
    case 'endpoint':
      return vscode.l10n.t('The AWS console does not show what is on the endpoint {0}.', plain(foreignEndpoint ?? ''));
    case 'partition':
      return vscode.l10n.t('No AWS console is known for {0}.', plain(defaultRegion));
  }
}

const anyNode = v.object({ kind: v.string(), id: v.string() });

function isMoreCode(value: unknown): value is CodeMoreNode {
  return v.is(anyNode, value) && value.kind === 'codeMore';
}

function isNode(value: unknown): value is ImagesNode | InstancesNode {
  return v.is(anyNode, value);
}
