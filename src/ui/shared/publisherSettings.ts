import * as vscode from 'vscode';
import { settings } from '../../contributions/settings.ts';
import { type Publisher, readPublishers } from '../../core/publishers.ts';
import { publisherProblemText } from '../../hints/publisherProblemText.ts';
import { editorL10n } from './editorL10n.ts';
import { plainMessage } from './plainText.ts';
import { customPublishers, settingsEvent } from './settings.ts';

/** The publishers of the user's settings, parsed when the setting changes. */
export class PublisherSettings implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: { dispose(): void };
  #publishers: readonly Publisher[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#read();
    this.#subscription = settingsEvent([settings.publishers])(() => {
      this.#read();
      this.#changed.fire();
    });
  }

  get publishers(): readonly Publisher[] {
    return this.#publishers;
  }

  /** Takes the valid entries, and reports the others with a button that opens the setting. */
  #read(): void {
    const { publishers, problems } = readPublishers(customPublishers());
    this.#publishers = publishers;
    for (const problem of problems) {
      this.#log.warn(`${settings.publishers}: ${publisherProblemText(problem, editorL10n)}`);
    }
    const [first] = problems;
    if (first) {
      void this.#warn(plainMessage(publisherProblemText(first, editorL10n)));
    }
  }

  async #warn(problem: string): Promise<void> {
    const open = vscode.l10n.t('Open Setting');
    const pressed = await vscode.window.showWarningMessage(`${settings.publishers}: ${problem}`, open);
    if (pressed === open) {
      await vscode.commands.executeCommand('workbench.action.openSettings', settings.publishers);
    }
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#subscription).dispose();
  }
}
