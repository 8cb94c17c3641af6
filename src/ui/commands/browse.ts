import * as v from 'valibot';
import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { imageConsoleUrl, instanceConsoleUrl } from '../../core/consoleUrl.ts';
import { splitWords } from '../../core/search.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { TextInserter } from '../editor/insertText.ts';
import type { ImageDetailsPanels } from '../panels/imageDetailsPanels.ts';
import type { Session } from '../session/session.ts';
import type { CommandHandler, CommandHandlers } from '../shared/runCommand.ts';
import type { ImageFilter } from '../trees/imageFilter.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { InstancesTree } from '../trees/instancesTree.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';
import type { WorkspaceTree } from '../workspace/workspaceTree.ts';
import { copyIds, insertIds } from './copyAndInsert.ts';
import type { ImageTargets } from './imageTargets.ts';

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

/** Interval (ms) within which two clicks on an image keep its details open, as they do a file's editor. */
const doubleClickInterval = 500;

export function browseCommands(deps: BrowseCommandsDeps) {
  const { filter, imagesTree, instancesTree, targets, inserter, details, log } = deps;
  return {
    [commands.refresh]: (node) => refresh(deps, node),
    [commands.retry]: (node) => {
      if (isNode(node)) {
        instancesTree.isNode(node) ? instancesTree.retry(node) : imagesTree.retry(node as ImagesNode);
      }
    },
    [commands.loadMore]: (node) => {
      if (isNode(node)) {
        instancesTree.isNode(node) ? instancesTree.showMore(node) : imagesTree.showMore(node as ImagesNode);
      }
    },
    [commands.filterImages]: () => askForFilter(filter),
    [commands.clearFilter]: () => filter.set([]),
    [commands.findImage]: async () => {
      const image = await targets.find(vscode.l10n.t('Find Image'), {
        onCopy: (found) => void copyIds([found.id]),
        onInsert: (found) => void insertIds(inserter, [found.id]),
      });
      if (image) {
        await details.show(image, { preview: false });
      }
    },
    [commands.showImage]: showImageCommand(deps),
    [commands.openInConsole]: (...args) => openInConsole(deps, args),
    [commands.showLog]: () => log.show(),
  } satisfies Partial<CommandHandlers>;
}

function showImageCommand({ targets, details }: BrowseCommandsDeps): CommandHandler {
  let last = { id: '', at: 0 };
  return async (...args) => {
    const ref = await targets.ref(args);
    if (!ref) {
      return;
    }
    const now = performance.now();
    // The editor passes a click's node alone, and a menu's node with the selection. Only a click opens a preview.
    const clicked = args.length === 1 && isNode(args[0]);
    const isDoubleClick = last.id === ref.id && now - last.at < doubleClickInterval;
    last = { id: ref.id, at: now };
    await details.show(ref, { preview: clicked && !isDoubleClick });
  };
}

async function askForFilter(filter: ImageFilter): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Images'),
    prompt: vscode.l10n.t('Words that must all occur in the name or id. Public images are searched by EC2.'),
    placeHolder: 'ubuntu noble arm64',
    value: filter.words.join(' '),
  });
  if (text !== undefined) {
    filter.set(splitWords(text));
  }
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

async function openInConsole({ targets }: BrowseCommandsDeps, args: readonly unknown[]): Promise<void> {
  const [node] = args;
  const url =
    isNode(node) && node.kind === 'instance'
      ? instanceConsoleUrl(node.instance.region, node.instance.id)
      : await targets.ref(args).then((ref) => ref && (imageConsoleUrl(ref.region, ref.id) ?? ''));
  if (url) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  } else if (url === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('No console is known for this partition of AWS.'));
  }
}

const anyNode = v.object({ kind: v.string(), id: v.string() });

function isNode(value: unknown): value is ImagesNode | InstancesNode {
  return v.is(anyNode, value);
}
