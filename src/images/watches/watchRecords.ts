import { RecordFolder } from '../recordFolder.ts';
import { takeEarlierRecords } from './earlierRecords.ts';
import type { WatchFolders } from './watchFolders.ts';
import { type WatchRecord, watchRecord } from './watchRecord.ts';

/**
 * The records of all windows, kinds and accounts. Those of the sample account, which ends with its window, stay in
 * memory.
 */
export class WatchRecords {
  readonly #onDisk: RecordFolder<WatchRecord>;
  readonly #ofSample = new Map<string, WatchRecord>();

  constructor({ records, earlier }: WatchFolders) {
    this.#onDisk = new RecordFolder(records, watchRecord);
    takeEarlierRecords(earlier, (record) => this.#onDisk.add(record));
  }

  get mayHaveSome(): boolean {
    return this.#onDisk.mayHaveSome;
  }

  get all(): readonly WatchRecord[] {
    return [...this.#onDisk.all, ...this.#ofSample.values()];
  }

  get(id: string): WatchRecord | undefined {
    return this.#ofSample.get(id) ?? this.#onDisk.get(id);
  }

  /** Adds a record or replaces that of the same id. */
  add(record: WatchRecord): void {
    if (record.scope.kind === 'sample') {
      this.#ofSample.set(record.id, record);
    } else {
      this.#onDisk.add(record);
    }
  }

  /** Removes a record. Of several windows that remove it, only one gets true. */
  take(id: string): boolean {
    return this.#ofSample.delete(id) || this.#onDisk.take(id);
  }

  /** Tries again to write what the disk did not take. */
  flush(): void {
    this.#onDisk.flush();
  }
}
