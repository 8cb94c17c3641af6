/**
 * Tells the reports of ticks that the editor makes of our own changes from those of the user's. When items are replaced, it
 * reports that the earlier ticks are gone, then the new ones, and by then the user may have ticked something else.
 */
export class TickEchoes {
  /** The reports to come, in their order. */
  #expected: readonly ReadonlySet<string>[] = [];
  /** Those of what has been changed in this turn, which the editor is sent at its end, as one change. */
  #unsent: readonly ReadonlySet<string>[] = [];

  /** To be called at each change, with the keys of what is ticked before and after it. */
  replacing(before: ReadonlySet<string>, after: ReadonlySet<string>): void {
    if (this.#unsent.length > 0) {
      this.#unsent = [...this.#unsent.filter(({ size }) => size === 0), ...ticked(after)];
      return;
    }
    this.#unsent = [...(before.size > 0 ? [nothing] : []), ...ticked(after)];
    setTimeout(() => {
      this.#expected = [...this.#expected, ...this.#unsent];
      this.#unsent = [];
    });
  }

  /** Whether a report is about our own change. */
  takes(reported: ReadonlySet<string>): boolean {
    const at = this.#expected.findIndex((keys) => isEqual(keys, reported));
    this.#expected = at < 0 ? this.#expected : this.#expected.slice(at + 1);
    return at >= 0;
  }
}

const nothing: ReadonlySet<string> = new Set();

function ticked(keys: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  return keys.size > 0 ? [keys] : [];
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
