import type { FilterPrefix } from '../wire/filters.ts';

/** Finds places of a catalog by the beginning of a text, such as an id or a date. */
export class PrefixIndex {
  /** Places sorted by their texts. */
  readonly #order: Uint32Array;
  readonly #textAt: (place: number) => string;

  constructor(order: Uint32Array, textAt: (place: number) => string) {
    this.#order = order;
    this.#textAt = textAt;
  }

  /** An index of a few thousand texts, without the places that have none. */
  static of(texts: readonly (string | undefined)[]): PrefixIndex {
    const textAt = (place: number) => texts[place] ?? '';
    const places = [...texts.keys()].filter((place) => texts[place] !== undefined);
    places.sort((a, b) => (textAt(a) < textAt(b) ? -1 : textAt(a) > textAt(b) ? 1 : a - b));
    return new PrefixIndex(Uint32Array.from(places), textAt);
  }

  /** How many places match the values. */
  count(values: readonly FilterPrefix[]): number {
    return this.#ranges(values).reduce((sum, [start, end]) => sum + end - start, 0);
  }

  /** The places that match the values, ascending, each once. A value's `pattern` is not tested. */
  places(values: readonly FilterPrefix[]): Uint32Array {
    const found = new Uint32Array(this.count(values));
    let length = 0;
    for (const [start, end] of this.#ranges(values)) {
      found.set(this.#order.subarray(start, end), length);
      length += end - start;
    }
    return found.sort();
  }

  /** Ranges in `#order`, ascending and without overlaps. */
  #ranges(values: readonly FilterPrefix[]): [number, number][] {
    const ranges = values.map(({ prefix, rest }): [number, number] => [
      this.#first((text) => text >= prefix),
      rest === 'none'
        ? this.#first((text) => text > prefix)
        : this.#first((text) => text > prefix && !text.startsWith(prefix)),
    ]);
    const merged: [number, number][] = [];
    for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
      const last = merged.at(-1);
      if (last && start <= last[1]) {
        last[1] = Math.max(last[1], end);
      } else {
        merged.push([start, end]);
      }
    }
    return merged;
  }

  /** Binary search for the first place in `#order` from which on a condition holds. */
  #first(holds: (text: string) => boolean): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#textAt(this.#order[middle] ?? 0))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
