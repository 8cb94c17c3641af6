import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

interface Patience {
  /** ms; the page's own unless given. */
  readonly timeout?: number;
}

/** For what a test is about: waits as a step does, and counts as an assertion. */
export async function expectShown(locator: Locator, patience: Patience = {}): Promise<void> {
  await expect(locator.waitFor(patience), `${locator} is shown`).resolves.toBeUndefined();
}

/** The same of what is to go, or never to come. */
export async function expectGone(locator: Locator, patience: Patience = {}): Promise<void> {
  await expect(locator.waitFor({ ...patience, state: 'hidden' }), `${locator} is gone`).resolves.toBeUndefined();
}
