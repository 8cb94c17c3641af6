import * as l10n from '@vscode/l10n';

/** How long (ms) a button shows that its value was copied. */
const shown = 1500;

/** What a screen reader is told: a part of PageFrame. */
interface Announcements {
  announce(text: string): void;
  /** Takes a text back, unless something else was announced since. */
  unsay(text: string): void;
}

/** The mark on the button of the value that was just copied, which a screen reader hears of. */
export class CopiedMark {
  readonly #draw: () => void;
  readonly #announcements: Announcements;
  #copied: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: () => void, announcements: Announcements) {
    this.#draw = draw;
    this.#announcements = announcements;
  }

  /** The name of the value. */
  get copied(): string | undefined {
    return this.#copied;
  }

  set(what: string): void {
    this.#copied = what;
    this.#draw();
    const text = l10n.t('Copied {0}', what);
    this.#announcements.announce(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#copied = undefined;
      this.#announcements.unsay(text);
      this.#draw();
    }, shown);
  }
}
