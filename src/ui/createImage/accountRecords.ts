import * as vscode from 'vscode';
import type { Connection } from '../../ec2/port.ts';
import type { RecordFolder } from '../../images/recordFolder.ts';
import type { Session } from '../session.ts';
import { type AccountRecord, belongsTo, placeOf, type RecordedPlace } from './recordedPlace.ts';
import { RegionWatch } from './regionWatch.ts';

export interface AccountRecordsDeps<T extends AccountRecord> {
  readonly session: Pick<Session, 'state' | 'identity' | 'settled' | 'onDidChange' | 'onDidIdentify'>;
  /** Kept over restarts of the editor. */
  readonly store: RecordFolder<T>;
  /** One look at what is under way in a region; gives whether there is anything left to look at. Never rejects. */
  readonly look: (connection: Connection, region: string, signal: AbortSignal) => Promise<boolean>;
  /** Another connection is in force, or none. */
  readonly onConnect?: () => void;
}

/**
 * Records of what is under way, each looked at through a connection to the account that it belongs to and through no other.
 * Each region is looked at for itself.
 */
export class AccountRecords<T extends AccountRecord> implements vscode.Disposable {
  readonly #deps: AccountRecordsDeps<T>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #watches = new Map<string, RegionWatch>();
  /** Those that have begun through the connection in force. */
  readonly #begun = new Set<string>();
  #connection: Connection | undefined;
  /** Whether the account behind the connection is known, or known not to be told. */
  #identified = false;

  /** The records, or what is known of them, have changed. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: AccountRecordsDeps<T>) {
    this.#deps = deps;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      deps.session.onDidChange(() => this.#connect()),
      deps.session.onDidIdentify(() => this.#identify()),
    );
    this.#connect();
    if (deps.store.all.length > 0) {
      // Nobody else may ask for a connection before the view is opened, and what was begun is to be told when it is done.
      void deps.session.settled();
    }
  }

  /** Where something is that is done through a connection: its account, as far as it is known. */
  placeIn(connection: Connection): RecordedPlace {
    return placeOf(connection, this.#accountOf(connection));
  }

  /** Those of the account of the connection in force, in one region or in all, as far as that account is known. */
  in(region?: string): readonly T[] {
    const connection = this.#connection;
    return connection
      ? this.of(connection).filter(
          (record) =>
            (!region || record.region === region) &&
            // Until the account is known, only what was begun through this very connection is surely its own.
            (this.#identified || !record.account || this.#begun.has(record.id)),
        )
      : [];
  }

  /** Those that a connection seems to lead to. */
  of(connection: Connection): readonly T[] {
    return this.#deps.store.all.filter((record) => belongsTo(record, connection, this.#accountOf(connection)));
  }

  get(id: string): T | undefined {
    return this.#deps.store.get(id);
  }

  /** Adds one of what is done through a connection, or takes the place of the one with its id. */
  add(connection: Connection, record: T): void {
    if (this.#connection === connection) {
      this.#begun.add(record.id);
    }
    this.#deps.store.add(record);
    this.#changed.fire();
  }

  remove(id: string): void {
    this.#deps.store.remove(id);
    this.#changed.fire();
  }

  changed(): void {
    this.#changed.fire();
  }

  /** Looks at a region now and from now on, if the connection is the one in force. Resolves after the first look. */
  async lookNow(region: string, connection = this.#connection): Promise<void> {
    if (connection && connection === this.#connection) {
      await this.#watchOf(connection, region).lookNow();
    }
  }

  #accountOf(connection: Connection): string | undefined {
    return this.#connection === connection ? this.#deps.session.identity?.account : undefined;
  }

  #connect(): void {
    const { state } = this.#deps.session;
    const connection = state.kind === 'open' ? state.connection : undefined;
    if (connection !== this.#connection) {
      this.#stop();
      this.#connection = connection;
      this.#identified = this.#deps.session.identity !== undefined;
      this.#deps.onConnect?.();
      this.#resume();
    }
  }

  #identify(): void {
    this.#identified = true;
    const account = this.#deps.session.identity?.account;
    for (const record of this.#deps.store.all) {
      if (account && !record.account && this.#begun.has(record.id)) {
        this.#deps.store.add({ ...record, account });
      }
    }
    this.#resume();
  }

  #resume(): void {
    for (const region of new Set(this.in().map((record) => record.region))) {
      void this.lookNow(region);
    }
    this.#changed.fire();
  }

  #watchOf(connection: Connection, region: string): RegionWatch {
    const watch = this.#watches.get(region) ?? new RegionWatch((signal) => this.#deps.look(connection, region, signal));
    this.#watches.set(region, watch);
    return watch;
  }

  #stop(): void {
    for (const watch of this.#watches.values()) {
      watch.stop();
    }
    this.#watches.clear();
    this.#begun.clear();
  }

  dispose(): void {
    this.#stop();
    this.#subscriptions.dispose();
  }
}
