/** Stands for a time that seconds cannot have, or for none. */
const noSeconds = 0xffff_ffff;

/**
 * A column of times: EC2's are whole seconds, which take four bytes each. Others are kept beside them.
 */
export class Times {
  #seconds: Uint32Array;
  /** By row: milliseconds since 1970. */
  readonly #others = new Map<number, number>();

  /** @param capacity rows for which there is room */
  constructor(capacity: number) {
    this.#seconds = new Uint32Array(capacity);
  }

  /** By row: seconds since 1970 where a time is whole seconds; otherwise a number which no such time has. */
  get seconds(): Uint32Array {
    return this.#seconds;
  }

  /** Milliseconds since 1970; NaN for none. */
  at(row: number): number {
    const seconds = this.#seconds[row] ?? noSeconds;
    return seconds === noSeconds ? (this.#others.get(row) ?? Number.NaN) : seconds * 1_000;
  }

  /** @param times milliseconds since 1970; NaN for none */
  set(times: Float64Array, first: number): void {
    for (let place = 0; place < times.length; place += 1) {
      const time = times[place] ?? Number.NaN;
      const seconds = time / 1_000;
      if (seconds >= 0 && seconds < noSeconds && Number.isInteger(seconds)) {
        this.#seconds[first + place] = seconds;
      } else {
        this.#seconds[first + place] = noSeconds;
        if (!Number.isNaN(time)) {
          this.#others.set(first + place, time);
        }
      }
    }
  }

  reserve(capacity: number): void {
    this.#seconds = grown(this.#seconds, new Uint32Array(capacity));
  }
}

/** A number for each row. */
export type Numbers = Uint16Array | Uint32Array;

/** The numbers of a column's values: two bytes each as long as they fit. */
export class Codes {
  #values: Numbers;

  /** @param capacity rows for which there is room */
  constructor(capacity: number) {
    this.#values = new Uint16Array(capacity);
  }

  /** By row. Another array after rows were added. */
  get values(): Numbers {
    return this.#values;
  }

  set(row: number, code: number): void {
    if (code > 0xffff && this.#values instanceof Uint16Array) {
      this.#values = grown(this.#values, new Uint32Array(this.#values.length));
    }
    this.#values[row] = code;
  }

  reserve(capacity: number): void {
    const isNarrow = this.#values instanceof Uint16Array;
    this.#values = grown(this.#values, isNarrow ? new Uint16Array(capacity) : new Uint32Array(capacity));
  }
}

/** Copies the values into a larger array. */
export function grown<T extends Numbers>(values: Numbers, larger: T): T {
  larger.set(values);
  return larger;
}
