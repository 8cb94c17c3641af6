import * as vscode from 'vscode';
import { type Publisher, readPublishers } from '../core/publishers.ts';
import { settings } from './contributions.ts';
import { customPublishers } from './settings.ts';

/** The publishers that the user has defined, parsed when the setting changes and not at every look-up. */
export class PublisherSettings implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #publishers: readonly Publisher[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#read();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.publishers)) {
        this.#read();
        this.#changed.fire();
      }
    });
  }

  get publishers(): readonly Publisher[] {
    return this.#publishers;
  }

  /** Entries that are wrong are said in the log; the settings editor marks them where they stand. */
  #read(): void {
    const { publishers, problems } = readPublishers(customPublishers());
    this.#publishers = publishers;
    for (const problem of problems) {
      this.#log.warn(`${settings.publishers}: ${JSON.stringify(problem)}`);
    }
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#subscription).dispose();
  }
}
