import { type AccountScope, accountScopeOf, isSameAccount } from '../../core/accountScope.ts';
import type { Connection } from '../../ec2/port.ts';
import type { WatchRecord } from './watchRecord.ts';
import type { WatchRecords } from './watchRecords.ts';

/** The current connection, and its account. */
export interface WatchSession {
  readonly state: { readonly kind: string; readonly connection?: Connection };
  readonly identity: { readonly account: string } | undefined;
  /** Undefined until AWS has said or refused to say which account it is. */
  readonly scope: AccountScope | undefined;
  /** Opens a connection where there is none. */
  settled(): Promise<unknown>;
  onDidChangeConnection(listener: () => void): { dispose(): unknown };
  onDidIdentify(listener: () => void): { dispose(): unknown };
}

/** The records of the account of the current connection, as far as that account is known. */
export class AccountRecords {
  readonly #session: Pick<WatchSession, 'identity' | 'scope'>;
  readonly #records: WatchRecords;
  /** Ids of the records added through the current connection. */
  readonly #begun = new Set<string>();
  #connection: Connection | undefined;

  constructor(session: Pick<WatchSession, 'identity' | 'scope'>, records: WatchRecords) {
    this.#session = session;
    this.#records = records;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  connect(connection: Connection | undefined): void {
    this.#connection = connection;
    this.#begun.clear();
  }

  /** Stores the account, now that it is known, in the records that were added before. */
  identify(): void {
    const account = this.#session.identity?.account;
    for (const record of this.#records.all) {
      if (account && !record.scope.account && this.#begun.has(record.id)) {
        this.#records.add({ ...record, scope: { ...record.scope, account } });
      }
    }
  }

  /** Until the account is known, only records added through this connection, or stored without an account. */
  get all(): readonly WatchRecord[] {
    const isIdentified = this.#session.scope !== undefined;
    return this.#connection
      ? this.of(this.#connection).filter(({ id, scope }) => isIdentified || !scope.account || this.#begun.has(id))
      : [];
  }

  /** The records whose account may be the connection's. */
  of(connection: Connection): readonly WatchRecord[] {
    const scope = this.scopeOf(connection);
    return this.#records.all.filter((record) => isSameAccount(record.scope, scope));
  }

  add(connection: Connection, record: Omit<WatchRecord, 'scope'>): void {
    if (this.#connection === connection) {
      this.#begun.add(record.id);
    }
    this.#records.add({ ...record, scope: this.scopeOf(connection) });
  }

  /** The account behind a connection, as far as it is known. */
  scopeOf(connection: Connection): AccountScope {
    return accountScopeOf(connection, this.#connection === connection ? this.#session.identity?.account : undefined);
  }
}
