/** Node, browsers and the editor have it; this folder has the types of none of them. */
declare function queueMicrotask(callback: () => void): void;

/** What can be listened to; no more is heard once what is returned is disposed. */
export type Event<T = void> = (listener: (value: T) => void) => { dispose(): void };

/** The editor's emitter, for what knows no editor: a listener that fails keeps none of the others from hearing. */
export class Emitter<T = void> {
  readonly #listeners = new Set<{ readonly hear: (value: T) => void }>();

  readonly event: Event<T> = (hear) => {
    const listener = { hear };
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        // Who was let go meanwhile hears nothing more.
        if (this.#listeners.has(listener)) listener.hear(value);
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
