import * as vscode from 'vscode';

/** How long (ms) the editor may take to draw children that it was given. */
const drawingTime = 200;

/**
 * The change events of a tree. The editor drops a change of a node whose children it is asking for at that very moment,
 * so such a change is told after it has drawn them.
 */
export class TreeChanges<N extends { readonly id: string }> implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<N | undefined>();
  readonly #asking = new Map<string, number>();
  readonly #late = new Map<string, N | undefined>();
  readonly #timers = new Set<NodeJS.Timeout>();

  readonly event = this.#emitter.event;

  /** The whole tree changes where no node is given. */
  fire(node?: N): void {
    if (this.#asking.has(keyOf(node))) {
      this.#late.set(keyOf(node), node);
    } else {
      this.#emitter.fire(node);
    }
  }

  /** Wraps the answer to the editor's question for a node's children. */
  async answering<T>(node: N | undefined, answer: Promise<T>): Promise<T> {
    const key = keyOf(node);
    this.#asking.set(key, (this.#asking.get(key) ?? 0) + 1);
    try {
      return await answer;
    } finally {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#drawn(key);
      }, drawingTime);
      this.#timers.add(timer);
    }
  }

  #drawn(key: string): void {
    const others = (this.#asking.get(key) ?? 1) - 1;
    if (others > 0) {
      this.#asking.set(key, others);
      return;
    }
    this.#asking.delete(key);
    if (this.#late.has(key)) {
      const node = this.#late.get(key);
      this.#late.delete(key);
      this.#emitter.fire(node);
    }
  }

  dispose(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#emitter.dispose();
  }
}

function keyOf(node: { readonly id: string } | undefined): string {
  return node?.id ?? '';
}
