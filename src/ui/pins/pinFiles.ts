import { type AccountScope, isSameAccount } from '../../core/accountScope.ts';
import { type Pin, pinKey, type SavedPin, savedPin } from '../../core/pins.ts';
import { RecordFolder } from '../../images/recordFolder.ts';

/** Saves each pin in a file of its own, so that windows do not overwrite each other's. */
export class PinFiles {
  readonly #records: RecordFolder<SavedPin>;

  constructor(folder: string) {
    this.#records = new RecordFolder(folder, savedPin);
  }

  /** An account's pins in the order of pinning. Files of an unknown format are left alone. */
  of(scope: AccountScope): readonly Pin[] {
    return this.#of(scope).map(({ pin }) => pin);
  }

  add(scope: AccountScope, pins: readonly Pin[], now: number): void {
    this.#records.flush();
    const already = new Set(this.of(scope).map(pinKey));
    for (const [index, pin] of pins.filter((other) => !already.has(pinKey(other))).entries()) {
      this.#records.add({ id: idOf(scope, pin), scope, pin, since: now + index });
    }
  }

  remove(scope: AccountScope, pins: readonly Pin[]): void {
    const gone = new Set(pins.map(pinKey));
    for (const { id, pin } of this.#of(scope)) {
      if (gone.has(pinKey(pin))) {
        this.#records.take(id);
      }
    }
  }

  #of(scope: AccountScope): readonly SavedPin[] {
    return this.#records.all.filter((saved) => isSameAccount(saved.scope, scope)).sort((a, b) => a.since - b.since);
  }
}

function idOf({ kind, partition, endpoint, account, profile }: AccountScope, pin: Pin): string {
  return JSON.stringify([kind, partition, endpoint, account ?? { profile }, pinKey(pin)]);
}
