import * as vscode from 'vscode';
import { views } from '../../contributions/views.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';
import type { WorkspaceNode } from '../workspace/workspaceNodes.ts';
import { lazyDrag } from './lazyDrag.ts';
import { LazyTree } from './lazyTree.ts';
import type { LoadedExtension } from './loadedExtension.ts';

type Trees = Pick<LoadedExtension, 'images' | 'instances' | 'workspace'>;
type Loaded = Trees & Pick<LoadedExtension, 'dragImages'>;

/** The views of the sidebar. Their trees are loaded when the first view is shown. */
export class LazyViews implements vscode.Disposable {
  readonly images: vscode.TreeView<ImagesNode>;
  readonly instances: vscode.TreeView<InstancesNode>;
  readonly workspace: vscode.TreeView<WorkspaceNode>;
  readonly #imagesTree: LazyTree<ImagesNode>;
  readonly #instancesTree: LazyTree<InstancesNode>;
  readonly #workspaceTree: LazyTree<WorkspaceNode>;
  readonly #subscriptions: vscode.Disposable;

  constructor(load: () => Promise<Loaded>) {
    this.#imagesTree = new LazyTree(async () => (await load()).images);
    this.#instancesTree = new LazyTree(async () => (await load()).instances);
    this.#workspaceTree = new LazyTree(async () => (await load()).workspace);
    this.images = vscode.window.createTreeView(views.images, {
      treeDataProvider: this.#imagesTree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: lazyDrag(load),
    });
    this.instances = vscode.window.createTreeView(views.instances, {
      treeDataProvider: this.#instancesTree,
      canSelectMany: true,
    });
    this.workspace = vscode.window.createTreeView(views.workspace, {
      treeDataProvider: this.#workspaceTree,
      showCollapseAll: true,
      dragAndDropController: lazyDrag(load),
    });
    this.#subscriptions = vscode.Disposable.from(
      this.images,
      this.instances,
      this.workspace,
      this.images.onDidChangeVisibility(({ visible }) => visible && this.#imagesTree.askAgain()),
      this.instances.onDidChangeVisibility(({ visible }) => visible && this.#instancesTree.askAgain()),
      this.workspace.onDidChangeVisibility(({ visible }) => visible && this.#workspaceTree.askAgain()),
      this.#imagesTree,
      this.#instancesTree,
      this.#workspaceTree,
    );
  }

  /** To be called once the trees are loaded. */
  follow({ images, instances, workspace }: Trees): void {
    this.#imagesTree.follow(images);
    this.#instancesTree.follow(instances);
    this.#workspaceTree.follow(workspace);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
