import type { Suggestions } from '../../src/protocol/catalog.ts';

/** What a key does to the list of suggestions; `choose`: the caller has to take the active one. */
export type CompletionKey = 'moved' | 'closed' | 'choose' | 'not mine';

/** The suggestions for the word at the cursor of the search box. */
export class Completion {
  readonly #ask: (text: string, cursor: number) => Promise<Suggestions>;
  readonly #changed: () => void;
  #suggestions: Suggestions | undefined;
  /** The text that the suggestions are for: they stay while those for a later text are awaited. */
  #text = '';
  #active = 0;

  constructor(ask: (text: string, cursor: number) => Promise<Suggestions>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get suggestions(): Suggestions | undefined {
    return this.#suggestions;
  }

  /** The index of the suggestion that Enter and Tab take. */
  get active(): number {
    return this.#active;
  }

  async suggest(input: HTMLInputElement): Promise<void> {
    const { value: text, selectionStart } = input;
    // An error is ignored: the search works without suggestions.
    const found = await this.#ask(text, selectionStart ?? text.length).catch(() => undefined);
    const isThere = document.activeElement === input && input.value === text && input.selectionStart === selectionStart;
    if (found && isThere) {
      this.#suggestions = withoutTyped(found, text);
      this.#text = text;
      this.#active = 0;
      this.#changed();
    }
  }

  close(): void {
    if (this.#suggestions) {
      this.#suggestions = undefined;
      this.#changed();
    }
  }

  /** @param typed the text of the search box: the suggestions for another text are not taken */
  key({ key, shiftKey }: KeyboardEvent, typed: string): CompletionKey {
    const count = this.#suggestions?.items.length ?? 0;
    if (count === 0) return 'not mine';
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1;
      this.#active = (this.#active + step + count) % count;
      this.#changed();
      return 'moved';
    }
    if (key === 'Escape') {
      this.close();
      return 'closed';
    }
    if (typed !== this.#text) return 'not mine';
    return key === 'Enter' || (key === 'Tab' && !shiftKey) ? 'choose' : 'not mine';
  }

  /** The text with a suggestion in it, and the cursor behind that; undefined if it has no such suggestion. */
  take(
    index: number,
    text: string,
  ): { readonly text: string; readonly cursor: number; readonly ends: boolean } | undefined {
    if (text !== this.#text) return undefined;
    const { start = 0, end = 0, items = [] } = this.#suggestions ?? {};
    const insert = items[index]?.insert;
    this.#suggestions = undefined;
    if (insert === undefined) return undefined;
    // The value of a field, `owner:`, is still to be typed.
    const ends = !insert.endsWith(':');
    const before = text.slice(0, start) + insert + (ends ? ' ' : '');
    const after = text.slice(end);
    return { text: before + (ends ? after.trimStart() : after), cursor: before.length, ends };
  }
}

/** The suggestions that change the text: Enter after a word that is complete goes on to the table. */
function withoutTyped(suggestions: Suggestions, text: string): Suggestions | undefined {
  const { start, end } = suggestions;
  const typed = text.slice(start, end).toLowerCase();
  const items = suggestions.items.filter(({ insert }) => insert.toLowerCase() !== typed);
  return items.length > 0 ? { ...suggestions, items } : undefined;
}
