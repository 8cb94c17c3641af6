import * as vscode from 'vscode';
import { imageConsoleUrl, instanceConsoleUrl } from '../../core/consoleUrl.ts';
import type { Image } from '../../core/image.ts';
import { splitWords } from '../../core/search.ts';
import { commands } from '../contributions.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { type FindImageDeps, findImage } from '../findImage.ts';
import { registerCommand } from '../register.ts';
import type { Session } from '../session.ts';
import { type ImageRef, imageIdOf, imagesOf } from '../targets.ts';
import type { ImagesTree } from '../tree/imagesTree.ts';
import type { InstancesTree } from '../tree/instancesTree.ts';
import type { ImagesNode, InstancesNode } from '../tree/nodes.ts';
import type { Views } from '../views.ts';
import { copyIds, insertIds } from './code.ts';

export interface BrowseCommandsDeps {
  readonly session: Session;
  readonly views: Views;
  readonly imagesTree: ImagesTree;
  readonly instancesTree: InstancesTree;
  readonly find: FindImageDeps;
  readonly inserter: TextInserter;
  readonly showDetails: (ref: ImageRef, options: { readonly preview: boolean }) => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** Two clicks within this time (ms) on the same image keep its details open, as they do a file's editor. */
const doubleClick = 500;

export function registerBrowseCommands(deps: BrowseCommandsDeps): vscode.Disposable {
  const { views, imagesTree, instancesTree, log } = deps;
  const register = (id: Parameters<typeof registerCommand>[1], run: Parameters<typeof registerCommand>[2]) =>
    registerCommand(log, id, run);
  return vscode.Disposable.from(
    register(commands.refresh, (node) => refresh(deps, node)),
    register(commands.retry, (node) => {
      if (isNode(node)) {
        isInstancesNode(instancesTree, node) ? instancesTree.retry(node) : imagesTree.retry(node as ImagesNode);
      }
    }),
    register(commands.loadMore, (node) => {
      if (isNode(node)) {
        isInstancesNode(instancesTree, node) ? instancesTree.showMore(node) : imagesTree.showMore(node as ImagesNode);
      }
    }),
    register(commands.filterImages, () => filter(deps)),
    register(commands.clearFilter, () => views.filter([])),
    register(commands.findImage, async () => {
      const image = await findImage(deps.find, vscode.l10n.t('Find Image'), {
        onCopy: (found) => void copyIds([found]),
        onInsert: (found) => void insertIds(deps.inserter, [found]),
      });
      if (image) {
        await deps.showDetails(image, { preview: false });
      }
    }),
    register(commands.showImage, showImageCommand(deps)),
    register(commands.openInConsole, (...args) => openInConsole(deps, args)),
    register(commands.showLog, () => log.show()),
  );
}

function showImageCommand(deps: BrowseCommandsDeps): (...args: readonly unknown[]) => Promise<void> {
  let last = { id: '', at: 0 };
  return async (...args) => {
    const [image] = imagesOf(args);
    if (image) {
      const now = performance.now();
      // The context menu hands over the selection as well; a click does not.
      const keep = args.length > 1 || (last.id === image.id && now - last.at < doubleClick);
      last = { id: image.id, at: now };
      await deps.showDetails(image, { preview: !keep });
      return;
    }
    const named = imageIdOf(args);
    const found = named ? await locate(deps, named) : (await askFor(deps))[0];
    if (found) {
      await deps.showDetails(found, { preview: false });
    }
  };
}

/** The images that a command is about; asks the user where neither the arguments nor the selection name one. */
export async function askFor(deps: BrowseCommandsDeps, args: readonly unknown[] = []): Promise<readonly Image[]> {
  const given = imagesOf(args);
  if (given.length > 0) {
    return given;
  }
  const named = imageIdOf(args);
  if (named) {
    const ref = await locate(deps, named);
    const connection = await deps.session.connection();
    return ref ? connection.ec2.describeImages(ref.region, [ref.id], new AbortController().signal) : [];
  }
  const selected = deps.views.selectedImages;
  if (selected.length > 0) {
    return selected.map((node) => node.image);
  }
  const image = await findImage(deps.find, vscode.l10n.t('Which image?'));
  return image ? [image] : [];
}

/** Ids are unique in a region only: an id without one is looked for in every region that is shown. */
async function locate(
  deps: BrowseCommandsDeps,
  named: { readonly id: string; readonly region: string | undefined },
): Promise<ImageRef | undefined> {
  const { id, region } = named;
  if (region) {
    return { id, region };
  }
  const loaded = deps.imagesTree.loadedImages.find((image) => image.id === id);
  if (loaded) {
    return loaded;
  }
  const connection = await deps.session.connection();
  const regions = deps.session.regions(connection);
  const { signal } = new AbortController();
  const answers = await Promise.allSettled(
    regions.map((candidate) => connection.ec2.describeImages(candidate, [id], signal)),
  );
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))[0];
  if (found) {
    return found;
  }
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
  void vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is in none of the regions shown ({1}), or you may not see it.', id, regions.join(', ')),
  );
  return undefined;
}

async function filter({ views, imagesTree }: BrowseCommandsDeps): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Images'),
    prompt: vscode.l10n.t('Words that must all occur in the name or id. Public images are searched by EC2.'),
    placeHolder: 'ubuntu noble arm64',
    value: imagesTree.words.join(' '),
  });
  if (text !== undefined) {
    views.filter(splitWords(text));
  }
}

function refresh({ session, imagesTree, instancesTree }: BrowseCommandsDeps, node: unknown): void {
  if (isNode(node)) {
    isInstancesNode(instancesTree, node) ? instancesTree.refresh(node) : imagesTree.refresh(node as ImagesNode);
  } else if (session.state.kind === 'open') {
    imagesTree.refresh();
    instancesTree.refresh();
  } else {
    session.reopen();
  }
}

async function openInConsole(deps: BrowseCommandsDeps, args: readonly unknown[]): Promise<void> {
  const [node] = args;
  const url =
    isNode(node) && node.kind === 'instance'
      ? instanceConsoleUrl(node.instance.region, node.instance.id)
      : await askFor(deps, args).then(([image]) => image && (imageConsoleUrl(image.region, image.id) ?? ''));
  if (url) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  } else if (url === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('No console is known for this partition of AWS.'));
  }
}

function isNode(value: unknown): value is ImagesNode | InstancesNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'kind') === 'string' &&
    typeof Reflect.get(value, 'id') === 'string'
  );
}

/** Both views have regions and notes: which view a node belongs to is known to the tree that made it. */
function isInstancesNode(tree: InstancesTree, node: ImagesNode | InstancesNode): node is InstancesNode {
  return tree.owns(node);
}
