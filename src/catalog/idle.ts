/** Tells when something has not been used for a while, so that it can be given up. */
export class Idle {
  readonly #after: number;
  readonly #ended: () => void;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `after`: milliseconds */
  constructor(after: number, ended: () => void) {
    this.#after = after;
    this.#ended = ended;
  }

  begin(): void {
    this.#users += 1;
    clearTimeout(this.#timer);
  }

  end(): void {
    this.#users -= 1;
    if (this.#users === 0) {
      this.#timer = setTimeout(this.#ended, this.#after);
      this.#timer.unref();
    }
  }

  async during<T>(use: () => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await use();
    } finally {
      this.end();
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
