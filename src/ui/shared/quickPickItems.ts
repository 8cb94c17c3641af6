import type * as vscode from 'vscode';
import { TickEchoes } from './tickEchoes.ts';

/** The same for an item and the one that takes its place; undefined for one that cannot be chosen. */
export type KeyOf<T> = (item: T) => string | undefined;

/** Replaces the items of a quick pick that is open. The active line stays so, and in view. */
export function replaceItems<T extends vscode.QuickPickItem>(
  pick: vscode.QuickPick<T>,
  items: readonly T[],
  keyOf: KeyOf<T>,
): void {
  const keys = keysOf(pick.activeItems, keyOf);
  const isActive = (item: T) => keys.has(keyOf(item) ?? '');
  const active = items.filter(isActive);
  // Where the list has grown above the active line, the editor scrolls to that only if it does not keep its position.
  pick.keepScrollPosition = pick.items.findIndex(isActive) === items.findIndex(isActive);
  pick.items = items;
  if (active.length > 0) {
    pick.activeItems = active;
  }
}

/** The ticks of a quick pick whose items are replaced while it is open. */
export class TickedItems<T extends vscode.QuickPickItem> {
  readonly #pick: vscode.QuickPick<T>;
  readonly #keyOf: KeyOf<T>;
  readonly #echoes = new TickEchoes();
  #keys: ReadonlySet<string> = new Set();

  /** @param onChange called when the user has ticked or unticked something */
  constructor(pick: vscode.QuickPick<T>, keyOf: KeyOf<T>, onChange: () => void = () => {}) {
    this.#pick = pick;
    this.#keyOf = keyOf;
    pick.canSelectMany = true;
    pick.onDidChangeSelection((selected) => {
      const keys = keysOf(selected, keyOf);
      if (!this.#echoes.takes(keys)) {
        this.#keys = keys;
        onChange();
      }
    });
  }

  /** The keys of the items that are ticked. */
  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  /** Replaces the items, with the ticks that they have from then on; those that they had where left out. */
  replace(items: readonly T[], keys = this.#keys): void {
    this.#echoes.replacing(this.#keys, keys);
    this.#keys = keys;
    replaceItems(this.#pick, items, this.#keyOf);
    this.#pick.selectedItems = items.filter((item) => keys.has(this.#keyOf(item) ?? ''));
  }
}

function keysOf<T>(items: readonly T[], keyOf: KeyOf<T>): ReadonlySet<string> {
  return new Set(items.map(keyOf).filter((key) => key !== undefined));
}
