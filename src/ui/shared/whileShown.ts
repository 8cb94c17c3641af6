import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { unlessAborted } from '../../core/unlessAborted.ts';

/** In ms: what is over by then shows nothing. */
const showDelay = 700;

/** Shows a notification with a button to cancel while something is waited for. Undefined where the user has cancelled. */
export async function whileShown<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const left = new AbortController();
  const over = new AbortController();
  // Who has cancelled does not wait for what cannot be aborted.
  const result = unlessAborted(run(left.signal), left.signal).finally(() => over.abort());
  await Promise.race([result, delay(showDelay, undefined, { signal: over.signal })]).catch(() => undefined);
  try {
    if (!over.signal.aborted) {
      const location = vscode.ProgressLocation.Notification;
      await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
        token.onCancellationRequested(() => left.abort());
        return result;
      });
    }
    const value = await result;
    return left.signal.aborted ? undefined : value;
  } catch (error) {
    if (left.signal.aborted) {
      return undefined;
    }
    throw error;
  }
}
