import { setTimeout as delay } from 'node:timers/promises';
import type { SampleServer } from '../../src/sample/httpServer.ts';

/** ms; longer than the editor waits before it asks for what was typed or shown. */
const pause = 1_500;

/** Resolves once no request has come for a while: what comes from then on is an answer to what the test does. */
export async function untilQuiet({ requests }: SampleServer): Promise<void> {
  for (let before = -1; before !== requests.length; ) {
    before = requests.length;
    await delay(pause);
  }
}
