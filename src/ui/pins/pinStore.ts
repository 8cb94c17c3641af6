import * as vscode from 'vscode';
import { type Pin, pinKey, readPins } from '../../core/pins.ts';

const key = 'pins';

/** What the user has pinned, whichever account is in force; kept by the editor. Windows share what is stored. */
export class PinStore implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #seen = '';

  readonly onDidChange = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#seen = JSON.stringify(this.all);
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      // Another window may have changed them.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#look()),
    );
  }

  get all(): readonly Pin[] {
    return readPins(this.#memento.get<unknown>(key));
  }

  async add(pins: readonly Pin[]): Promise<void> {
    await this.#write([...this.all, ...pins]);
  }

  async remove(pins: readonly Pin[]): Promise<void> {
    const gone = new Set(pins.map(pinKey));
    await this.#write(this.all.filter((pin) => !gone.has(pinKey(pin))));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #write(pins: readonly Pin[]): Promise<void> {
    await this.#memento.update(key, readPins(pins));
    this.#look();
  }

  #look(): void {
    const now = JSON.stringify(this.all);
    if (now !== this.#seen) {
      this.#seen = now;
      this.#changed.fire();
    }
  }
}
