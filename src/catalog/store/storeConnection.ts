import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The timeout (ms) of a statement while another window writes. */
export const busyTimeout = 10_000;

/** A connection to a store, with its prepared statements. Throws SQLite's own errors. */
export class StoreConnection {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** Runs statements that take effect together, or not at all. */
  transaction<T>(run: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back already after some errors, a full disk among them.
      if (this.#db.isTransaction) {
        this.#db.exec('ROLLBACK');
      }
      throw error;
    }
  }

  /** Runs statements that fail at once while another window writes. */
  withoutWaiting(run: () => void): void {
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      run();
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    }
  }

  run(sql: string, ...values: readonly (string | number | null | Uint8Array)[]): { readonly changes: number | bigint } {
    return this.#statement(sql).run(...values);
  }

  get(sql: string, ...values: readonly (string | number)[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[] {
    return this.#statement(sql).all(...values);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
