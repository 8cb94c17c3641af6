import type { Order } from './order.ts';
import type { RowSet } from './rowSet.ts';

/** Rows of an index in an order, looked up as far as they are asked for. */
export class OrderedRows {
  readonly count: number;
  readonly #order: Order;
  readonly #descending: boolean;
  readonly #wanted: RowSet;
  readonly #rows: number[] = [];
  /** How far the order was looked at. */
  #at = 0;

  /** @param count how many rows are wanted */
  constructor(order: Order, descending: boolean, wanted: RowSet, count: number) {
    this.#order = order;
    this.#descending = descending;
    this.#wanted = wanted;
    this.count = count;
  }

  slice(start: number, end: number): readonly number[] {
    this.#lookUp(Math.min(end, this.count));
    return this.#rows.slice(start, end);
  }

  all(): Uint32Array {
    return Uint32Array.from(this.slice(0, this.count));
  }

  #lookUp(count: number): void {
    const { rows: ordered, without } = this.#order;
    const withValue = ordered.length - without;
    for (; this.#rows.length < count && this.#at < ordered.length; this.#at += 1) {
      const at = this.#descending && this.#at < withValue ? withValue - 1 - this.#at : this.#at;
      const row = ordered[at] ?? 0;
      if (this.#wanted.has(row)) {
        this.#rows.push(row);
      }
    }
  }
}
