import * as vscode from 'vscode';

/** Stands for a tree that is loaded when the editor first asks for its rows. */
export class LazyTree<N> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #load: () => Promise<vscode.TreeDataProvider<N>>;
  readonly #changed = new vscode.EventEmitter<N | N[] | undefined>();
  #subscription: vscode.Disposable | undefined;
  #isUnanswered = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => Promise<vscode.TreeDataProvider<N>>) {
    this.#load = load;
  }

  /** To be called once the tree is loaded, for whatever reason. */
  follow({ onDidChangeTreeData }: vscode.TreeDataProvider<N>): void {
    this.#subscription = onDidChangeTreeData?.((node) => this.#changed.fire(node ?? undefined));
    this.askAgain();
  }

  /** Makes the editor ask again, if loading failed when it asked. */
  askAgain(): void {
    if (this.#isUnanswered) {
      this.#isUnanswered = false;
      this.#changed.fire(undefined);
    }
  }

  async getChildren(node?: N): Promise<N[] | null | undefined> {
    const tree = await this.#load().catch((error: unknown) => {
      this.#isUnanswered = true;
      throw error;
    });
    return tree.getChildren(node);
  }

  async getTreeItem(node: N): Promise<vscode.TreeItem> {
    return (await this.#load()).getTreeItem(node);
  }

  async getParent(node: N): Promise<N | null | undefined> {
    return (await this.#load()).getParent?.(node);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: N,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem | null | undefined> {
    return (await this.#load()).resolveTreeItem?.(item, node, token);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }
}
