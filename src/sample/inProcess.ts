import { createSampleAccount } from './account.ts';
import { type SampleRequestHandler, sampleRequestHandler } from './requestHandler.ts';
import { SavedAccount, type SavingProblem } from './savedAccount.ts';

export interface OpenedSampleAccount {
  readonly requestHandler: SampleRequestHandler;
  /** Discards what was created and tagged, in all windows. */
  readonly reset: () => void;
}

export interface SavedChanges {
  readonly file: string;
  readonly onProblem: (problem: SavingProblem) => void;
}

/**
 * The sample account behind the SDK's interface for request handlers, without a port.
 *
 * @param saved where its changes are; in memory alone where left out
 */
export function openSampleAccount(saved?: SavedChanges): OpenedSampleAccount {
  const account = createSampleAccount({ saved: saved && new SavedAccount(saved.file, saved.onProblem) });
  return { requestHandler: sampleRequestHandler(account), reset: () => account.reset() };
}
