import type { Trace, UnansweredRequests } from '../../core/lostAnswers.ts';
import type { Connection } from '../../ec2/port.ts';

/** One request to EC2, which its sender notifies of each step. `S`: what tells its effect from others. */
export interface Sending<S> extends UnansweredRequests<S> {
  readonly id: string;
  /** The same request was sent before, by this window or another one, which still waits for its answer. */
  readonly underWay: boolean;
  /** Whether a request has gone out that may have an effect. */
  readonly sent: boolean;
  /** The answer says that it is done. */
  made(): void;
  /** This request has done nothing. The outcome of an earlier one may still be unknown. */
  refused(): void;
  /** The outcome is unknown: from now on its effect is looked for. */
  unanswered(): void;
}

/**
 * Watches what requests do, beyond the end of their window. `S`: what tells the effect of one from others, beside the
 * time.
 */
export interface Sendings<S> {
  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, soughtBy: S, dryRun: boolean): Sending<S & Trace>;
  /** The id of what an unanswered request has made; undefined until it is found. */
  foundOf(sendingId: string): string | undefined;
  /** Looks now for what an unanswered request has made. Resolves with whether it is found or given up. */
  lookNow(sendingId: string): Promise<boolean>;
}
