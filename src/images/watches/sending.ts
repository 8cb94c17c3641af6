import type { SendingWatch, Trace } from '../../core/lostAnswers.ts';
import type { Connection } from '../../ec2/port.ts';

/** One request on its way, for whoever sends it. `S`: what its effect is told by. */
export interface Sending<S> extends SendingWatch<S> {
  readonly id: string;
  /** The same was sent before, by this window or another one, and its answer is still waited for. */
  readonly underWay: boolean;
  /** Whether a request has gone out that may have an effect. */
  readonly sent: boolean;
  /** It is done. */
  made(): void;
  /** Nothing was done, by this request at least: what became of an earlier one is still not known. */
  refused(): void;
  /** Nobody knows: it is looked for from now on. */
  unanswered(): void;
}

/** Looks after what requests do, beyond the end of whoever sends them. `S`: what the effect of one is told by, beside the time. */
export interface Sendings<S> {
  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, soughtBy: S, dryRun: boolean): Sending<S & Trace>;
  /** The id of what an unanswered request has made, by the id of its sending; undefined until it is found. */
  foundOf(sendingId: string): string | undefined;
  /** Looks at once for what an unanswered request has made; resolves with whether it is found or given up. */
  lookNow(sendingId: string): Promise<boolean>;
}
