/** The different values of one column, numbered over all segments; 0 is the empty value. */
export class Dictionary {
  readonly values: string[] = [''];
  readonly #codes = new Map<string, number>([['', 0]]);

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
