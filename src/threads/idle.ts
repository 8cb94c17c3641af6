/** Calls back when something has had no users for a while. */
export class Idle {
  readonly #after: number;
  readonly #ended: () => void;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param after milliseconds without a user */
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
