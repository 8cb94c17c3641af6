/** What can be listened to; no more is heard once what is returned is disposed. */
export type Event = (listener: () => void) => { dispose(): void };

/** The editor's emitter, for what knows no editor: a listener that fails keeps none of the others from hearing. */
export class Emitter {
  readonly #listeners = new Set<{ readonly hear: () => void }>();

  readonly event: Event = (hear) => {
    const listener = { hear };
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(): void {
    for (const listener of [...this.#listeners]) {
      try {
        // Who was let go meanwhile hears nothing more.
        if (this.#listeners.has(listener)) listener.hear();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
