/** How long (ms) the editor takes to draw children, as a rule. */
const drawingTime = 200;

/** Delay (ms) before a change is fired again that the editor has not asked about. It doubles each time. */
const firstRetryDelay = 1_000;
/** How often a change is fired. The editor never asks for a node that is collapsed or out of sight. */
const maxTries = 5;

interface Change<N> {
  readonly node: N | undefined;
  tries: number;
  timer: NodeJS.Timeout | undefined;
}

interface Questions {
  /** The number of all requests. The editor draws the answer to the last one alone. */
  count: number;
  /** The number of requests that are being answered. */
  open: number;
  /** The time of the last answer, by `performance.now()`. */
  answered: number;
}

/**
 * Fires the changes of a tree. The editor drops a change of a node whose children it is asking for or drawing, so a
 * change waits until they should be drawn, and is fired again until the editor has asked for the children.
 */
export class TreeChanges<N extends { readonly id: string }> {
  readonly #fire: (node: N | undefined) => void;
  /** The editor's requests for children, by the key of their parent. */
  readonly #questions = new Map<string, Questions>();
  /** By id, the nodes that the editor got last. It knows no other objects with these ids. */
  readonly #answered = new Map<string, N>();
  /** Changes that the editor has not asked about yet. */
  readonly #changes = new Map<string, Change<N>>();

  /** @param fire fires the event that the editor listens to */
  constructor(fire: (node: N | undefined) => void) {
    this.#fire = fire;
  }

  /** @param node the changed node, or undefined for the whole tree */
  fire(node?: N): void {
    const key = keyOf(node);
    const questions = this.#questions.get(key);
    this.#forget(key);
    if (!questions) {
      // The editor has not asked for its children, and drops no change of the row itself.
      this.#fireFor(node);
      return;
    }
    const change: Change<N> = { node, tries: 0, timer: undefined };
    this.#changes.set(key, change);
    if (questions.open === 0) {
      const drawnIn = questions.answered + drawingTime - performance.now();
      if (drawnIn > 0) {
        this.#tryIn(drawnIn, key, change);
      } else {
        this.#try(key, change);
      }
    }
  }

  /** Answers the editor's question for a node's children. */
  async answer(node: N | undefined, children: () => Promise<readonly N[]>): Promise<readonly N[]> {
    const key = keyOf(node);
    // The answer has all changes so far.
    this.#forget(key);
    const questions = this.#questions.get(key) ?? { count: 0, open: 0, answered: 0 };
    this.#questions.set(key, questions);
    questions.count += 1;
    questions.open += 1;
    const { count } = questions;
    try {
      const nodes = await children();
      if (count === questions.count) {
        this.#remember(node, nodes);
      }
      return nodes;
    } finally {
      questions.open -= 1;
      questions.answered = performance.now();
      const change = this.#changes.get(key);
      if (change && questions.open === 0) {
        this.#tryIn(drawingTime, key, change);
      }
    }
  }

  #remember(parent: N | undefined, nodes: readonly N[]): void {
    if (!parent) {
      // The editor has dropped all nodes when it asks for the first ones.
      this.#answered.clear();
    }
    for (const node of nodes) {
      this.#answered.set(node.id, node);
    }
  }

  #try(key: string, change: Change<N>): void {
    change.tries += 1;
    if (change.tries < maxTries) {
      this.#tryIn(firstRetryDelay * 2 ** (change.tries - 1), key, change);
    } else {
      this.#changes.delete(key);
    }
    this.#fireFor(change.node);
  }

  #fireFor(node: N | undefined): void {
    this.#fire(node && (this.#answered.get(node.id) ?? node));
  }

  #tryIn(time: number, key: string, change: Change<N>): void {
    clearTimeout(change.timer);
    change.timer = setTimeout(() => this.#try(key, change), time);
  }

  #forget(key: string): void {
    clearTimeout(this.#changes.get(key)?.timer);
    this.#changes.delete(key);
  }

  dispose(): void {
    for (const key of this.#changes.keys()) {
      this.#forget(key);
    }
  }
}

function keyOf(node: { readonly id: string } | undefined): string {
  return node?.id ?? '';
}
