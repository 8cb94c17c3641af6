import type { Page } from 'playwright-core';

/** What a way through the editor costs: mouse buttons pressed, and keys, without those that are only held. */
interface Effort {
  readonly clicks: number;
  readonly keys: number;
}

/**
 * Counts what the page gets from now on, whichever code of a test sends it. Returns what tells the numbers. A web view is
 * a page of its own: what it gets is not counted.
 */
export async function countEffort(page: Page): Promise<() => Promise<Effort>> {
  await page.evaluate(() => {
    const effort = { clicks: 0, keys: 0 };
    const modifiers = ['Alt', 'Control', 'Meta', 'Shift'];
    // The first to get an event: nothing in the page keeps one from it.
    window.addEventListener('mousedown', () => void effort.clicks++, true);
    window.addEventListener('keydown', ({ key }) => void (modifiers.includes(key) || effort.keys++), true);
    Reflect.set(window, 'amiExplorerEffort', effort);
  });
  return () => page.evaluate(() => Reflect.get(window, 'amiExplorerEffort'));
}
