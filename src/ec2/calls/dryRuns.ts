import { AmiError } from '../../core/errors.ts';
import type { DryRunAnswer } from '../actionPort.ts';
import { type Pause, unlessThrottled } from './onceOnly.ts';

/** How a dry run is sent. */
export interface DryRunSteps {
  /** Sends it; resolves with the id of what is made or changed where the endpoint has carried it out. */
  readonly send: () => Promise<string>;
  /**
   * How to call `send` while the endpoint may carry it out; the id is also that of what it has made if the answer is
   * lost.
   */
  readonly unproven?: (send: () => Promise<string | undefined>) => Promise<string | undefined>;
}

/** How long (ms) other regions wait for the first dry run: theirs may answer although that one does not. */
const trialWait = 5_000;

/**
 * The dry runs of a connection. AWS keeps to them; other endpoints may know nothing of them and carry the request out,
 * which shows by the first: no second one is sent before, and none after.
 */
export class DryRuns {
  #standing: 'kept' | 'unproven' | 'ignored';
  /** The dry run under way by which that shows. */
  #trial: Promise<unknown> | undefined;
  readonly #pause: Pause;

  constructor(standing: 'kept' | 'unproven', pause: Pause) {
    this.#standing = standing;
    this.#pause = pause;
  }

  /** Rejects with AmiError. */
  async run(steps: DryRunSteps, signal: AbortSignal): Promise<DryRunAnswer> {
    if (this.#standing === 'unproven' && this.#trial) {
      await Promise.race([this.#trial, this.#pause(trialWait, signal)]);
    }
    const attempt = this.#attempt(steps, signal);
    if (this.#standing === 'unproven' && !this.#trial) {
      this.#trial = attempt
        .catch(() => undefined)
        .finally(() => {
          this.#trial = undefined;
        });
    }
    return attempt;
  }

  async #attempt({ send, unproven }: DryRunSteps, signal: AbortSignal): Promise<DryRunAnswer> {
    if (this.#standing === 'ignored') {
      return { kind: 'untried' };
    }
    const sendDryRun = async () => {
      try {
        const id = await send();
        this.#standing = 'ignored';
        return id;
      } catch (error) {
        // "The request would have succeeded" comes as an exception.
        if (error instanceof AmiError && error.code === 'DryRunOperation') {
          this.#standing = 'kept';
          return undefined;
        }
        throw error;
      }
    };
    const id =
      this.#standing === 'unproven' && unproven
        ? await unproven(sendDryRun)
        : await unlessThrottled({ send: sendDryRun, pause: this.#pause }, signal);
    if (id === undefined) {
      return { kind: 'passed' };
    }
    // Also where the answer was lost and what it has made was found.
    this.#standing = 'ignored';
    return { kind: 'done', id };
  }
}
