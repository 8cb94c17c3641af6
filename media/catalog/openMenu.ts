import type { Menu } from './view.ts';

/** The least distance (CSS pixels) between a menu and the right or bottom edge of the window. */
const margin = 4;

/** The open menu, and the element that gets the focus back from it. */
export class OpenMenu {
  readonly #root: HTMLElement;
  readonly #draw: () => void;
  #menu: Menu | undefined;
  #opener: Element | null = null;

  /** @param draw draws the page with `menu` */
  constructor(root: HTMLElement, draw: () => void) {
    this.#root = root;
    this.#draw = draw;
  }

  get menu(): Menu | undefined {
    return this.#menu;
  }

  /** Shows a menu at the mouse, or below the button if it was pressed by a key. */
  showAt(event: MouseEvent, kind: Menu['kind']): void {
    const { currentTarget } = event;
    const byKey = event.type === 'click' && event.detail === 0 && currentTarget instanceof Element;
    const button = byKey ? currentTarget.getBoundingClientRect() : undefined;
    this.show({ kind, x: button?.left ?? event.clientX, y: button?.bottom ?? event.clientY });
  }

  show(menu: Menu): void {
    this.#menu = menu;
    this.#opener = document.activeElement;
    this.#draw();
    const element = this.#root.querySelector<HTMLElement>('.menu');
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const x = Math.max(0, Math.min(menu.x, window.innerWidth - width - margin));
    const y = Math.max(0, Math.min(menu.y, window.innerHeight - height - margin));
    if (x !== menu.x || y !== menu.y) {
      this.#menu = { ...menu, x, y };
      this.#draw();
    }
    element.querySelector('button')?.focus();
  }

  close(): void {
    if (!this.#menu) return;
    const opener = this.#opener;
    const back = this.#menu.kind === 'columns' && opener instanceof HTMLElement && opener !== document.body;
    this.#menu = undefined;
    this.#opener = null;
    this.#draw();
    const next = back && opener.isConnected ? opener : this.#root.querySelector<HTMLElement>('#grid');
    next?.focus({ preventScroll: true });
  }

  readonly key = (event: KeyboardEvent): void => {
    const buttons: readonly Element[] = [...this.#root.querySelectorAll('.menu button')];
    const at = document.activeElement ? buttons.indexOf(document.activeElement) : -1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = buttons[(at + step + buttons.length) % buttons.length];
      if (next instanceof HTMLElement) next.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.close();
    }
  };
}
