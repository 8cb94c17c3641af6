import * as v from 'valibot';
import type * as vscode from 'vscode';
import { listOf, read } from '../../core/schemas.ts';

interface Row {
  readonly id: string;
}

/** The newest are saved. */
const maxSaved = 300;

const savedRow = v.tuple([v.string(), v.boolean()]);

/** Which rows of a view the user has opened and closed, saved over a reload of the window. */
export class RowStates implements vscode.Disposable {
  readonly #save: (rows: readonly (readonly [string, boolean])[]) => void;
  /** Whether a row is open, by its id; in the order of the changes. */
  readonly #isOpen: Map<string, boolean>;
  readonly #isFiltered: () => boolean;
  readonly #subscriptions: readonly vscode.Disposable[];

  /** @param isFiltered whether a filter is in force: what it opens is none of the user's doing, and is not saved */
  constructor(
    memento: vscode.Memento,
    key: string,
    view: Pick<vscode.TreeView<Row>, 'onDidExpandElement' | 'onDidCollapseElement'>,
    isFiltered: () => boolean = () => false,
  ) {
    this.#isFiltered = isFiltered;
    this.#save = (rows) => void memento.update(key, rows);
    this.#isOpen = new Map(read(listOf(savedRow), memento.get(key)));
    this.#subscriptions = [
      view.onDidExpandElement(({ element }) => this.#note(element, true)),
      view.onDidCollapseElement(({ element }) => this.#note(element, false)),
    ];
  }

  /** Whether the user left a row open or closed; undefined where neither is known. */
  isOpen(id: string): boolean | undefined {
    return this.#isOpen.get(id);
  }

  #note({ id }: Row, isOpen: boolean): void {
    if (this.#isFiltered()) {
      return;
    }
    this.#isOpen.delete(id);
    this.#isOpen.set(id, isOpen);
    for (const oldest of [...this.#isOpen.keys()].slice(0, Math.max(0, this.#isOpen.size - maxSaved))) {
      this.#isOpen.delete(oldest);
    }
    this.#save([...this.#isOpen]);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }
}
