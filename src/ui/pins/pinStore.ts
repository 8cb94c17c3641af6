import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { AccountScope } from '../../core/accountScope.ts';
import { type Pin, pinKey, readPins } from '../../core/pins.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Session } from '../session/session.ts';
import { PinFiles } from './pinFiles.ts';

/** Where earlier versions saved pins, without their account. */
const oldKey = 'pins';

/** Delay (ms) before changed files are read, several changes at once. */
const readDelay = 50;

export interface PinStoreParts {
  readonly folder: string;
  readonly memento: vscode.Memento;
  readonly session: Session;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** The pins of the current account. All windows share them. */
export class PinStore implements vscode.Disposable {
  readonly #parts: PinStoreParts;
  readonly #files: PinFiles;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #all: readonly Pin[] = [];
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(parts: PinStoreParts) {
    this.#parts = parts;
    this.#files = new PinFiles(parts.folder);
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      parts.session.onDidChangeConnection(() => this.#read()),
      parts.session.onDidIdentify(() => this.#read()),
      // A folder that cannot be watched is read when the window gets the focus.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#read()),
    );
    void this.#start();
  }

  /** Empty until the account is known. */
  get all(): readonly Pin[] {
    return this.#all;
  }

  /** Pins of an earlier version that may belong to the account. */
  get old(): readonly Pin[] {
    const { scope } = this.#parts.session;
    return readPins(this.#parts.memento.get<unknown>(oldKey)).filter(
      (pin) => pin.kind === 'family' || partitionOf(pin.region) === scope?.partition,
    );
  }

  async removeOld(): Promise<void> {
    const old = new Set(this.old.map(pinKey));
    const others = readPins(this.#parts.memento.get<unknown>(oldKey)).filter((pin) => !old.has(pinKey(pin)));
    await this.#parts.memento.update(oldKey, others.length > 0 ? others : undefined);
  }

  async add(pins: readonly Pin[]): Promise<void> {
    const scope = await this.#scope();
    this.#files.add(scope, pins, Date.now());
    this.#read();
  }

  async remove(pins: readonly Pin[]): Promise<void> {
    const scope = await this.#scope();
    this.#files.remove(scope, pins);
    this.#read();
  }

  /** Shows progress, since an endpoint may take long to identify the account. */
  #scope(): Thenable<AccountScope> {
    const title = vscode.l10n.t('Identifying the AWS account…');
    const location = vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title }, () => this.#parts.session.identified());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#subscription.dispose();
  }

  async #start(): Promise<void> {
    const { folder, log } = this.#parts;
    try {
      await mkdir(folder, { recursive: true });
      this.#watcher = watch(folder, { persistent: false }, () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#read(), readDelay);
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch (error) {
      log.warn(`Pins cannot be watched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #read(): void {
    const { scope } = this.#parts.session;
    const now = scope ? this.#files.of(scope) : [];
    if (JSON.stringify(now) !== JSON.stringify(this.#all)) {
      this.#all = now;
      this.#changed.fire();
    }
  }
}
