import type * as vscode from 'vscode';
import type { ImageFilter } from './imageFilter.ts';
import type { ImagesTree } from './imagesTree.ts';
import type { ImagesNode } from './nodes.ts';

/** The shortest interval (ms) between two looks for one filter. */
const lookInterval = 50;

/** Opens the branches of the first image that a filter finds, once it is listed. */
export class FirstHits implements vscode.Disposable {
  readonly #view: Pick<vscode.TreeView<ImagesNode>, 'visible' | 'reveal'>;
  readonly #tree: Pick<ImagesTree, 'firstHit'>;
  readonly #subscriptions: readonly { dispose(): void }[];
  #loading = false;
  #isAwaited = false;
  /** Counts the changes of the filter. */
  #change = 0;
  #isLooking = false;
  /** Whether something has changed since the look under way began. */
  #isStale = false;

  constructor(
    view: Pick<vscode.TreeView<ImagesNode>, 'visible' | 'reveal'>,
    tree: Pick<ImagesTree, 'firstHit' | 'onDidChangeLoading' | 'onDidChangeTreeData'>,
    filter: Pick<ImageFilter, 'search' | 'onDidChange'>,
  ) {
    this.#view = view;
    this.#tree = tree;
    this.#subscriptions = [
      filter.onDidChange(() => {
        this.#change += 1;
        this.#isAwaited = !filter.search.isEmpty;
        void this.#look();
      }),
      tree.onDidChangeLoading((loading) => {
        this.#loading = loading;
        void this.#look();
      }),
      tree.onDidChangeTreeData(() => void this.#look()),
    ];
  }

  /** One look at a time: to look is to read rows, which begins listings and so changes what is looked at. */
  async #look(): Promise<void> {
    this.#isStale = true;
    if (this.#isLooking) {
      return;
    }
    this.#isLooking = true;
    try {
      while (this.#isStale && this.#isAwaited && this.#view.visible) {
        this.#isStale = false;
        await this.#lookOnce();
        if (this.#isStale && this.#isAwaited) {
          await new Promise((resolve) => setTimeout(resolve, lookInterval));
        }
      }
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce(): Promise<void> {
    const change = this.#change;
    const hit = await this.#tree.firstHit();
    if (change !== this.#change) {
      return;
    }
    if (hit || !(this.#loading || this.#isStale)) {
      this.#isAwaited = false;
    }
    try {
      if (hit) {
        await this.#view.reveal(hit, { select: false, focus: false });
      }
    } catch {
      // The rows have changed meanwhile: another filter is in force, or another account.
    }
  }

  dispose(): void {
    this.#isAwaited = false;
    this.#change += 1;
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }
}
