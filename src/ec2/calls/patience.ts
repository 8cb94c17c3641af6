import { type AnswerLimits, usualAnswerLimits } from '../answers/wholeAnswer.ts';

/** How long (ms) a call may take: each of them ends, so that whoever waits for it hears of it. */
export interface Patience {
  /** With all its attempts, from when the credentials are there. */
  readonly call: number;
  readonly answer: AnswerLimits;
}

/**
 * A search through all public images may take EC2 some 20 s; whoever has waited for more than a minute wants to know how it
 * stands.
 */
export const usualPatience: Patience = { call: 70_000, answer: usualAnswerLimits };
