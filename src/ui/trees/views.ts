import * as vscode from 'vscode';
import { type ViewName, views } from '../../contributions/views.ts';
import type { Event } from '../../core/emitter.ts';
import { type ImageRef, refKey } from '../../core/imageRef.ts';
import type { Instance } from '../../core/instance.ts';
import type { LazyViews } from '../lazy/lazyViews.ts';
import { FirstHits } from './firstHits.ts';
import type { ImagesTree } from './imagesTree.ts';
import type { InstancesTree } from './instancesTree.ts';
import type { ImageNode, ImagesNode, InstancesNode } from './nodes.ts';
import { type DescriptionSources, describeViews } from './viewDescriptions.ts';

export interface ViewsParts extends DescriptionSources {
  readonly imagesTree: ImagesTree;
  readonly instancesTree: InstancesTree;
  /** The views as the editor made them at the start. */
  readonly registered: Pick<LazyViews, ViewName>;
}

/** The two views of the sidebar, and their selections. */
export class Views implements vscode.Disposable {
  readonly images: vscode.TreeView<ImagesNode>;
  readonly instances: vscode.TreeView<InstancesNode>;
  readonly #workspace: Pick<vscode.TreeView<unknown>, 'selection'>;
  readonly #imagesTree: ImagesTree;
  readonly #instancesTree: InstancesTree;
  readonly #subscriptions: vscode.Disposable;

  constructor({ registered, imagesTree, instancesTree, ...describedBy }: ViewsParts) {
    this.#imagesTree = imagesTree;
    this.#instancesTree = instancesTree;
    this.images = registered.images;
    this.instances = registered.instances;
    this.#workspace = registered.workspace;
    this.#subscriptions = vscode.Disposable.from(
      describeViews(
        { view: this.images, account: imagesTree.account },
        { view: this.instances, account: instancesTree.account },
        describedBy,
      ),
      new FirstHits(this.images, imagesTree, describedBy.filter),
      showProgress(views.images, imagesTree.onDidChangeLoading),
      showProgress(views.instances, instancesTree.onDidChangeLoading),
    );
  }

  get selectedImages(): readonly ImageNode[] {
    return this.#imagesTree.account.shown ? this.images.selection.filter((node) => node.kind === 'image') : [];
  }

  /** What is selected in a view, of the account that it shows. */
  selectionOf(view: ViewName): readonly unknown[] {
    switch (view) {
      case 'images':
        return this.#imagesTree.account.shown ? this.images.selection : [];
      case 'instances':
        return this.#instancesTree.account.shown ? this.instances.selection : [];
      case 'workspace':
        return this.#workspace.selection;
    }
  }

  get selectedInstances(): readonly Instance[] {
    const { selection } = this.instances;
    return this.#instancesTree.account.shown
      ? selection.flatMap((node) => (node.kind === 'instance' ? [node.instance] : []))
      : [];
  }

  async revealImage(region: string, imageId: string): Promise<void> {
    const node = await this.#imagesTree.findOwned(region, imageId);
    if (node && this.images.visible) {
      await this.images.reveal(node, { select: true, focus: false });
    }
  }

  /** Selects an image that is listed, unless a row of it is selected already, and leaves the focus where it is. */
  async revealListed(ref: ImageRef): Promise<void> {
    const isShown = () =>
      this.images.visible && !this.selectedImages.some(({ image }) => refKey(image) === refKey(ref));
    if (isShown()) {
      const node = await this.#imagesTree.findListed(ref);
      if (node && isShown()) {
        await this.images.reveal(node, { select: true, focus: false });
      }
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Shows a view's progress bar while it is loading. */
export function showProgress(viewId: string, onDidChange: Event<boolean>): vscode.Disposable {
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
