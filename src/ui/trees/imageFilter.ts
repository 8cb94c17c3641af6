import * as vscode from 'vscode';
import { ImageSearch } from '../../core/imageSearch.ts';
import { setContextKey } from '../shared/setContextKey.ts';

const savedText = 'images.filter';

/** The filter of the Images view, for the view, its message and the menus. Saved over a reload of the window. */
export class ImageFilter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #memento: vscode.Memento;
  #search: ImageSearch;
  #typing = false;

  readonly onDidChange = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    const saved: unknown = memento.get(savedText);
    this.#search = new ImageSearch(typeof saved === 'string' ? saved : '');
    setContextKey('filtered', !this.#search.isEmpty);
  }

  get search(): ImageSearch {
    return this.#search;
  }

  /** Whether the user still types, so that nothing is to be asked for that costs a call for each text. */
  get typing(): boolean {
    return this.#typing;
  }

  /** @param text empty to show everything */
  set(text: string, { typing }: { readonly typing: boolean }): void {
    const search = new ImageSearch(text);
    if (search.text === this.#search.text && typing === this.#typing) {
      return;
    }
    this.#search = search;
    this.#typing = typing;
    setContextKey('filtered', !search.isEmpty);
    if (!typing) {
      void this.#memento.update(savedText, search.text);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
