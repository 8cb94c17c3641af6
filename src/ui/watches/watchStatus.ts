import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Watches } from '../../images/watches/watches.ts';
import { plainFacts } from '../shared/plainText.ts';
import type { AnyWatchWords } from './watchWords.ts';

/** The status bar item of the watches. A click lists them. */
export class WatchStatus implements vscode.Disposable {
  readonly #watches: Watches;
  readonly #words: readonly AnyWatchWords[];
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;

  constructor(watches: Watches, words: readonly AnyWatchWords[], onDidChange: vscode.Event<void>) {
    this.#watches = watches;
    this.#words = words;
    this.#item = vscode.window.createStatusBarItem('pendingImages', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('AMIs Being Made');
    this.#item.command = commands.showPendingImages;
    this.#subscription = vscode.Disposable.from(
      this.#item,
      onDidChange(() => this.#show()),
    );
    this.#show();
  }

  #show(): void {
    const shown = this.#words.flatMap((words) => {
      const rows = this.#watches.watched(words.kind).map((watched) => ({ watched, row: words.row(watched) }));
      const loud = rows.filter(({ row }) => !row.quiet);
      return loud.length > 0 ? [{ text: words.status(loud.map(({ watched }) => watched)), rows: loud }] : [];
    });
    const [first] = shown;
    if (!first) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(sync~spin) ${first.text}`;
    this.#item.tooltip = shown
      .flatMap(({ rows }) => rows.map(({ row }) => plainFacts(row.label, row.description, row.detail)))
      .join('\n');
    this.#item.accessibilityInformation = { label: first.text, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
