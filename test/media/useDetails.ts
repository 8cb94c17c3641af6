import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { DetailsState } from '../../src/protocol/details.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { type DetailsWindow, openDetails } from './detailsWindow.ts';
import { type Bundle, bundlePage, type WindowOptions } from './pageWindow.ts';

export interface Details {
  /** Opens a page for one test, and closes it when the test ends. */
  open(state: DetailsState, options?: WindowOptions): Promise<DetailsWindow>;
  /** Shows a state in the page that the file's tests share, for tests that only read it. */
  show(state: DetailsState): Promise<Page>;
}

/** Opens one browser for a file of tests. A test fails if its page violates its policy or has an error. */
export function useDetails(): Details {
  let browser: Browser | undefined;
  let bundle: Bundle = new Map();
  let shared: DetailsWindow | undefined;
  const open: DetailsWindow[] = [];

  beforeAll(async () => {
    [browser, bundle] = await Promise.all([launchChromium(), bundlePage('details')]);
  });
  afterEach(async () => {
    const closed = open.splice(0);
    await Promise.all(closed.map(({ page }) => page.close()));
    expect([...closed, ...(shared ? [shared] : [])].flatMap(({ complaints }) => complaints.splice(0))).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function openPage(state: DetailsState, options?: WindowOptions): Promise<DetailsWindow> {
    if (!browser) throw new Error('The browser is not there: open pages in tests only.');
    return openDetails(browser, bundle, state, options);
  }

  return {
    async open(state, options) {
      const opened = await openPage(state, options);
      open.push(opened);
      return opened;
    },
    async show(state) {
      if (shared) await shared.show(state);
      else shared = await openPage(state);
      return shared.page;
    },
  };
}
