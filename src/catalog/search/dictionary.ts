/** The different values of one column, numbered over all segments; 0 is the empty value. */
export class Dictionary {
  readonly values: string[] = [''];
  /** What is searched of each value, in lower case. Made when asked for, and kept. */
  readonly #searched: string[] = [];
  readonly #textOf: (value: string) => string;
  readonly #codes = new Map<string, number>([['', 0]]);

  /** @param textOf the part of a value that is searched */
  constructor(textOf: (value: string) => string = (value) => value) {
    this.#textOf = textOf;
  }

  get searched(): readonly string[] {
    for (let code = this.#searched.length; code < this.values.length; code += 1) {
      this.#searched.push(this.#textOf(this.values[code] ?? '').toLowerCase());
    }
    return this.#searched;
  }

  /** The number of a value, which is added if it is new. */
  code(value: string): number {
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.values.push(value);
      this.#codes.set(value, code);
    }
    return code;
  }

  find(value: string): number | undefined {
    return this.#codes.get(value);
  }
}
