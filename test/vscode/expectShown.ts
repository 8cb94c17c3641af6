import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

interface WaitOptions {
  /** ms; the page's own unless given. */
  readonly timeout?: number;
}

/** For what a test is about: waits as a step does, and counts as an assertion. */
export async function expectShown(locator: Locator, options: WaitOptions = {}): Promise<void> {
  await expect(locator.waitFor(options), `${locator} is shown`).resolves.toBeUndefined();
}

/** The same of what is to go, or never to come. */
export async function expectGone(locator: Locator, options: WaitOptions = {}): Promise<void> {
  await expect(locator.waitFor({ ...options, state: 'hidden' }), `${locator} is gone`).resolves.toBeUndefined();
}
