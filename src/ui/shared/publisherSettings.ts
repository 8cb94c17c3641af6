import * as vscode from 'vscode';
import { settings } from '../../contributions/settings.ts';
import { type Publisher, type PublisherProblem, readPublishers } from '../../core/publishers.ts';
import { plain } from './plainText.ts';
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
      this.#log.warn(`${settings.publishers}: ${problemText(problem)}`);
    }
    const [first] = problems;
    if (first) {
      void this.#warn(problemText(first));
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

/** Numbers the entries from 1. */
function problemText(problem: PublisherProblem): string {
  switch (problem.kind) {
    case 'not-a-list':
      return vscode.l10n.t('a list of publishers is expected.');
    case 'not-an-object':
      return vscode.l10n.t('entry {0} is not an object with name and ownerIds.', problem.index + 1);
    case 'name-missing':
      return vscode.l10n.t('entry {0} has no name.', problem.index + 1);
    case 'name-taken':
      return vscode.l10n.t('entry {0}: there is a publisher "{1}" already.', problem.index + 1, plain(problem.name));
    case 'owner-ids-missing':
      return vscode.l10n.t('entry {0} has no ownerIds.', problem.index + 1);
    case 'owner-id-malformed':
      return vscode.l10n.t(
        'entry {0}: "{1}" is not an account id of 12 digits.',
        problem.index + 1,
        plain(problem.ownerId),
      );
    case 'owner-id-verified':
      return vscode.l10n.t(
        'entry {0}: {1} is the account of {2}.',
        problem.index + 1,
        plain(problem.ownerId),
        plain(problem.publisher),
      );
  }
}
