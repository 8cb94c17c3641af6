import * as vscode from 'vscode';
import { setContextKey } from '../shared/setContextKey.ts';

/** The filter of the Images view, for the view, its message and the menus. */
export class ImageFilter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #words: readonly string[] = [];

  readonly onDidChange = this.#changed.event;

  /** An image is shown if its name or id contains all words. */
  get words(): readonly string[] {
    return this.#words;
  }

  /** @param words none to show everything */
  set(words: readonly string[]): void {
    this.#words = words;
    setContextKey('filtered', words.length > 0);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
