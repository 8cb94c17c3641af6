import type { Browser } from 'playwright-core';
import type { DetailsState } from '../../src/protocol/details.ts';
import { type Bundle, openPageWindow, type PageWindow, type WindowOptions } from './pageWindow.ts';

export type DetailsWindow = PageWindow<DetailsState>;

/** Opens the page of the details. Requests of the method in `refuse` of `sessionStorage` fail, all others succeed. */
export function openDetails(
  browser: Browser,
  bundle: Bundle,
  state: DetailsState,
  options: WindowOptions = {},
): Promise<DetailsWindow> {
  const page = {
    entry: 'details',
    title: 'Image Details',
    bundle,
    state,
    drawn: 'h1',
    playHost,
    data: undefined,
  } as const;
  return openPageWindow(browser, page, options);
}

/** Runs in the page. */
function playHost(): void {
  globalThis.answerAsHost = ({ method }) =>
    sessionStorage.getItem('refuse') === method ? { failure: 'The clipboard is locked.' } : {};
}
