import { RecordFolder } from '../recordFolder.ts';
import { takeEarlierRecords } from './earlierRecords.ts';
import type { WatchFolders } from './watchFolders.ts';
import { type WatchRecord, watchRecord } from './watchRecord.ts';

/** The records of all windows, whatever their kind and account. Those of the sample account, which ends with its window, are this one's alone. */
export class WatchRecords {
  readonly #kept: RecordFolder<WatchRecord>;
  readonly #ofSample = new Map<string, WatchRecord>();

  constructor({ records, earlier }: WatchFolders) {
    this.#kept = new RecordFolder(records, watchRecord);
    takeEarlierRecords(earlier, (record) => this.#kept.add(record));
  }

  get mayHaveSome(): boolean {
    return this.#kept.mayHaveSome;
  }

  get all(): readonly WatchRecord[] {
    return [...this.#kept.all, ...this.#ofSample.values()];
  }

  get(id: string): WatchRecord | undefined {
    return this.#ofSample.get(id) ?? this.#kept.get(id);
  }

  /** Takes the place of the record of the same id. */
  add(record: WatchRecord): void {
    if (record.scope.kind === 'sample') {
      this.#ofSample.set(record.id, record);
    } else {
      this.#kept.add(record);
    }
  }

  /** Removes a record; true for one alone of the windows that do so. */
  take(id: string): boolean {
    return this.#ofSample.delete(id) || this.#kept.take(id);
  }

  /** Tries again what the disk has not taken. */
  flush(): void {
    this.#kept.flush();
  }
}
