/** How long (ms) the editor mostly takes to draw children that it was given. */
const drawingTime = 200;

/** How long (ms) the editor may take to ask after a change; then twice as long, … */
const firstRetryDelay = 1_000;
/** … and so often. A node that is collapsed, or not in sight, is not asked for at all. */
const maxTries = 5;

interface Change<N> {
  readonly node: N | undefined;
  tries: number;
  timer: NodeJS.Timeout | undefined;
}

interface Questions {
  /** How many there have been: the editor draws the answer to the last one alone. */
  count: number;
  /** How many are being answered. */
  open: number;
  /** When the last one was, on the clock of `performance`. */
  answered: number;
}

/**
 * The changes of a tree. The editor drops one of a node whose children it is asking for, or drawing, at that very moment: a
 * change is told once they should be drawn, and again until the editor has asked for the children since. Of nodes with the same id
 * the editor knows only the one that it was answered last: a change of any of them is told of that one.
 */
export class TreeChanges<N extends { readonly id: string }> {
  readonly #fire: (node: N | undefined) => void;
  /** The nodes whose children the editor has asked for, by key. */
  readonly #questions = new Map<string, Questions>();
  /** The nodes that the editor was answered last, by id. */
  readonly #answered = new Map<string, N>();
  /** What the editor has not asked for since. */
  readonly #changes = new Map<string, Change<N>>();

  /** @param tell fires the event that the editor listens to */
  constructor(tell: (node: N | undefined) => void) {
    this.#fire = tell;
  }

  /** The whole tree changes where no node is given. */
  fire(node?: N): void {
    const key = keyOf(node);
    const questions = this.#questions.get(key);
    this.#forget(key);
    if (!questions) {
      // There is nothing of it but its own row, which no change is dropped of.
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
    // What is answered from now on has all changes in it.
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
      // The editor asks for the first nodes once it has forgotten all others.
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
