import { render, type TemplateResult } from 'lit';

/**
 * Draws a page. Where the element with the focus is gone afterwards, as a button whose work is done, `other` gets it, so
 * that the keyboard does not begin at the top of the editor again; by default the first button.
 */
export function renderPage(
  page: TemplateResult,
  root: HTMLElement,
  other: () => HTMLElement | null = () => root.querySelector<HTMLElement>('vscode-button, button'),
): void {
  const focused = document.activeElement;
  render(page, root);
  if (focused && focused !== document.body && !focused.isConnected && document.activeElement === document.body) {
    other()?.focus({ preventScroll: true });
  }
}
