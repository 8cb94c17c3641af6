import * as vscode from 'vscode';
import type { CatalogPort, UnderWay } from '../../catalog/port.ts';
import { settings } from '../../contributions/settings.ts';
import { views } from '../../contributions/views.ts';
import type { Instance } from '../../core/instance.ts';
import type { Connection } from '../../ec2/port.ts';
import { otherPartitionText, tellOfOtherPartition } from '../session/otherPartition.ts';
import type { Session } from '../session/session.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError, showError } from '../shared/presentError.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { isReadOnly } from '../shared/settings.ts';
import type { ImagesTree } from './imagesTree.ts';
import type { InstancesTree } from './instancesTree.ts';
import type { ImageNode, ImagesNode, InstancesNode } from './nodes.ts';
import type { ViewAccount } from './viewAccount.ts';

export interface ViewsParts {
  readonly session: Session;
  readonly catalog: CatalogPort;
  readonly imagesTree: ImagesTree;
  readonly instancesTree: InstancesTree;
}

/** How often (ms) the view tells how far a download is. */
const tellInterval = 500;

/** The two views of the sidebar: what stands in their titles and messages, and what is selected in them. */
export class Views implements vscode.Disposable {
  readonly images: vscode.TreeView<ImagesNode>;
  readonly instances: vscode.TreeView<InstancesNode>;
  readonly #session: Session;
  readonly #catalog: CatalogPort;
  readonly #imagesTree: ImagesTree;
  readonly #instancesTree: InstancesTree;
  readonly #subscriptions: vscode.Disposable;

  constructor({ session, catalog, imagesTree, instancesTree }: ViewsParts) {
    this.#session = session;
    this.#catalog = catalog;
    this.#imagesTree = imagesTree;
    this.#instancesTree = instancesTree;
    this.images = vscode.window.createTreeView(views.images, {
      treeDataProvider: imagesTree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.instances = vscode.window.createTreeView(views.instances, {
      treeDataProvider: instancesTree,
      canSelectMany: true,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.images,
      this.instances,
      session.onDidChange(() => this.#describe()),
      imagesTree.account.onDidChange(() => this.#describe()),
      instancesTree.account.onDidChange(() => this.#describe()),
      // The view says what is wrong; the notification has the buttons, which a view with a message has no room for.
      session.onDidChangeConnection(() => {
        const { state } = session;
        if (state.kind === 'failed' || state.kind === 'signedOut') {
          void showError(state.error);
        } else {
          void tellOfOtherPartition(session);
        }
      }),
      session.onDidIdentify(() => this.#describe()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.readOnly)) {
          this.#describe();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#describe()),
      catalog.onDidChangeUnderWay(atMostEvery(tellInterval, () => this.#describe())),
      showProgress(views.images, imagesTree.onDidChangeLoading),
      showProgress(views.instances, instancesTree.onDidChangeLoading),
    );
    this.#describe();
  }

  get selectedImages(): readonly ImageNode[] {
    return this.#imagesTree.account.shown ? this.images.selection.filter((node) => node.kind === 'image') : [];
  }

  get selectedInstances(): readonly Instance[] {
    const { selection } = this.instances;
    return this.#instancesTree.account.shown
      ? selection.flatMap((node) => (node.kind === 'instance' ? [node.instance] : []))
      : [];
  }

  /** Filters the Images view by words that must all occur; none: shows everything. */
  filter(words: readonly string[]): void {
    this.#imagesTree.filter(words);
    setContextKey('filtered', words.length > 0);
    this.#describe();
  }

  async revealImage(region: string, imageId: string): Promise<void> {
    const node = await this.#imagesTree.findOwned(region, imageId);
    if (node && this.images.visible) {
      await this.images.reveal(node, { select: true, focus: false });
    }
  }

  #describe(): void {
    const { state } = this.#session;
    const problem = state.kind === 'failed' ? describeError(state.error).message : undefined;
    const notice = otherPartitionText(this.#session);
    const { words } = this.#imagesTree;
    const filtered = words.length > 0 ? vscode.l10n.t('Filter: {0}', plain(words.join(' '))) : undefined;
    const downloads = this.#catalog.underWay.map(progressText);
    describeView(this.images, this.#titleOf(this.#imagesTree.account), [
      ...(this.#imagesTree.account.hasOldRows ? [] : [problem ?? filtered, notice]),
      ...downloads,
    ]);
    describeView(this.instances, this.#titleOf(this.#instancesTree.account), [
      this.#instancesTree.account.hasOldRows ? undefined : problem,
    ]);
  }

  /** The account whose rows the view shows, and whether it is left as it is. */
  #titleOf({ shown }: ViewAccount): string {
    return plainFacts(
      isReadOnly() && vscode.l10n.t('read-only'),
      shown && credentialsName(shown),
      shown && this.#session.identity?.account,
      shown?.endpoint && hostOf(shown.endpoint.url),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Whose credentials are in use, by their name in the files or in the list of profiles. */
function credentialsName({ profile, credentialsFrom }: Connection): string {
  switch (credentialsFrom) {
    case 'sample':
      return vscode.l10n.t('Sample account');
    case 'environment':
      return vscode.l10n.t('environment');
    case 'profile':
      return profile ?? 'default';
    case 'chain':
      return profile ?? vscode.l10n.t('standard chain');
  }
}

function describeView(view: vscode.TreeView<unknown>, title: string, messages: readonly (string | undefined)[]): void {
  view.description = title;
  view.message = messages.filter((line) => line !== undefined).join('\n\n');
}

function progressText({ region, progress: { images, share, refreshing } }: UnderWay): string {
  const percent = share.toLocaleString(vscode.env.language, { style: 'percent' });
  return refreshing
    ? vscode.l10n.t('Public catalog of {0}: bringing it up to date, {1}', region, percent)
    : vscode.l10n.t(
        'Public catalog of {0}: {1}, {2} images',
        region,
        percent,
        images.toLocaleString(vscode.env.language),
      );
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** Draws the view's progress bar while `onDidChange` says that something is loading. */
function showProgress(viewId: string, onDidChange: vscode.Event<boolean>): vscode.Disposable {
  let finish: (() => void) | undefined;
  const subscription = onDidChange((loading) => {
    if (loading && !finish) {
      void vscode.window.withProgress(
        { location: { viewId } },
        () =>
          new Promise<void>((resolve) => {
            finish = resolve;
          }),
      );
    } else if (!loading) {
      finish?.();
      finish = undefined;
    }
  });
  return new vscode.Disposable(() => {
    finish?.();
    subscription.dispose();
  });
}
