import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Watches } from '../../images/watches/watches.ts';
import { plainFacts } from '../shared/plainText.ts';
import type { AnyWatchWords } from './watchWords.ts';

/** The status bar item of the watches, which lists them at a click, and their number as the badge of a view. */
export class WatchStatus implements vscode.Disposable {
  readonly #watches: Watches;
  readonly #words: readonly AnyWatchWords[];
  readonly #view: Pick<vscode.TreeView<unknown>, 'badge'>;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;

  constructor(
    watches: Watches,
    words: readonly AnyWatchWords[],
    view: Pick<vscode.TreeView<unknown>, 'badge'>,
    onDidChange: vscode.Event<void>,
  ) {
    this.#watches = watches;
    this.#words = words;
    this.#view = view;
    this.#item = vscode.window.createStatusBarItem('pendingImages', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('Pending Images');
    this.#item.command = commands.showPendingImages;
    this.#subscription = vscode.Disposable.from(
      this.#item,
      onDidChange(() => this.#show()),
    );
    this.#show();
  }

  #show(): void {
    const shown = this.#words.flatMap((words) => {
      const loud = this.#watches
        .watched(words.kind)
        .map((watched) => ({ watched, row: words.row(watched) }))
        .filter(({ row }) => !row.quiet);
      const rows = loud.flatMap(({ watched: { hasEnded }, row }) => (hasEnded ? [] : [row]));
      return rows.length > 0 ? [{ text: words.status(loud.map(({ watched }) => watched)), rows }] : [];
    });
    const [first] = shown;
    this.#view.badge = first && {
      value: shown.reduce((count, { rows }) => count + rows.length, 0),
      tooltip: shown.map(({ text }) => text).join(', '),
    };
    if (!first) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(sync~spin) ${first.text}`;
    this.#item.tooltip = shown
      .flatMap(({ rows }) => rows.map((row) => plainFacts(row.label, row.description, row.detail)))
      .join('\n');
    this.#item.accessibilityInformation = { label: first.text, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#view.badge = undefined;
    this.#subscription.dispose();
  }
}
