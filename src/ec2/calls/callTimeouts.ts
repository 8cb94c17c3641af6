import { type AnswerLimits, usualAnswerLimits } from '../answers/wholeAnswer.ts';

/** The timeouts (ms) of a call. */
export interface CallTimeouts {
  /** For all attempts together, without the time that credentials take. */
  readonly call: number;
  readonly answer: AnswerLimits;
}

/** EC2 may need some 20 s to search all public images; nobody waits for much more than a minute. */
export const usualTimeouts: CallTimeouts = { call: 70_000, answer: usualAnswerLimits };
