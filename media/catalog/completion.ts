import type { Suggestions } from '../../src/protocol/catalog.ts';

/** What a key did to the list of suggestions; `choose`: the active one is to be taken. */
export type CompletionKey = 'moved' | 'closed' | 'choose' | 'not mine';

/** The suggestions for the word at the cursor of the search box. */
export class Completion {
  readonly #ask: (text: string, cursor: number) => Promise<Suggestions>;
  readonly #changed: () => void;
  #suggestions: Suggestions | undefined;
  #active = -1;

  constructor(ask: (text: string, cursor: number) => Promise<Suggestions>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get suggestions(): Suggestions | undefined {
    return this.#suggestions;
  }

  /** -1: none is. */
  get active(): number {
    return this.#active;
  }

  async suggest(input: HTMLInputElement): Promise<void> {
    const { value: text, selectionStart } = input;
    // Without suggestions one can type on.
    const found = await this.#ask(text, selectionStart ?? text.length).catch(() => undefined);
    const isThere = document.activeElement === input && input.value === text && input.selectionStart === selectionStart;
    if (found && isThere) {
      this.#suggestions = found.items.length > 0 ? found : undefined;
      this.#active = -1;
      this.#changed();
    }
  }

  close(): void {
    if (this.#suggestions) {
      this.#suggestions = undefined;
      this.#changed();
    }
  }

  key({ key, shiftKey }: KeyboardEvent): CompletionKey {
    const count = this.#suggestions?.items.length ?? 0;
    if (count === 0) return 'not mine';
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1;
      const from = this.#active < 0 && step < 0 ? 0 : this.#active;
      this.#active = (from + step + count) % count;
      this.#changed();
      return 'moved';
    }
    if (key === 'Escape') {
      this.close();
      return 'closed';
    }
    return (key === 'Enter' && this.#active >= 0) || (key === 'Tab' && !shiftKey) ? 'choose' : 'not mine';
  }

  /** The text with a suggestion in it, and where the cursor is then; undefined where there is none. */
  take(
    index: number,
    text: string,
  ): { readonly text: string; readonly cursor: number; readonly ends: boolean } | undefined {
    const { start = 0, end = 0, items = [] } = this.#suggestions ?? {};
    const insert = items[index]?.insert;
    this.#suggestions = undefined;
    if (insert === undefined) return undefined;
    // After a field its value is still to come.
    const ends = !insert.endsWith(':');
    const before = text.slice(0, start) + insert + (ends ? ' ' : '');
    const after = text.slice(end);
    return { text: before + (ends ? after.trimStart() : after), cursor: before.length, ends };
  }
}
