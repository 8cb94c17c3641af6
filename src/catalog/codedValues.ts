import type { CodedColumn } from './segment.ts';

/** The values of a page's images in one column, numbered as they come. */
class CodedValues {
  readonly values: string[] = [];
  readonly #known = new Map<string, number>();
  #codes: Uint32Array;
  #last: string | undefined;
  #lastCode = 0;

  constructor(count: number) {
    this.#codes = new Uint32Array(count);
  }

  get codes(): Uint32Array {
    return this.#codes;
  }

  valueOf(row: number): string {
    return this.values[this.#codes[row] ?? 0] ?? '';
  }

  resize(count: number): void {
    this.#codes = resized(new Uint32Array(count), this.#codes);
  }

  set(row: number, value: string): void {
    // Most columns have few values, and comparing with the last one is faster than looking a value up.
    if (value !== this.#last) {
      this.#lastCode = this.#codeOf(value);
      this.#last = this.values[this.#lastCode];
    }
    this.#codes[row] = this.#lastCode;
  }

  #codeOf(value: string): number {
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.#known.set(value, code);
      this.values.push(value);
    }
    return code;
  }
}

/** Columns with room for `count` images. */
export function newColumns(count: number): Record<CodedColumn, CodedValues> {
  return {
    ownerId: new CodedValues(count),
    ownerAlias: new CodedValues(count),
    architecture: new CodedValues(count),
    platform: new CodedValues(count),
    rootDeviceType: new CodedValues(count),
    virtualizationType: new CodedValues(count),
    bootMode: new CodedValues(count),
    family: new CodedValues(count),
  };
}

/** Copies the values into a larger array. */
export function resized<T extends Float64Array | Uint32Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
