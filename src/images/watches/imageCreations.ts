import type { SoughtImage } from '../../core/createImage.ts';
import type { Connection, CreationWatch } from '../../ec2/port.ts';

/** What the image of a request that was not answered is told by, beside the time. */
export type SoughtBy = Pick<SoughtImage, 'region' | 'instanceId' | 'name'>;

/** One request on its way, for whoever sends it. */
export interface Sending extends CreationWatch {
  readonly id: string;
  /** The same was sent before, by this window or another one, and its answer is still waited for. */
  readonly underWay: boolean;
  /** Whether a request has gone out that may make an image. */
  readonly sent: boolean;
  /** The image is there. */
  made(): void;
  /** Nothing was made, of this request at least: what became of an earlier one is still not known. */
  refused(): void;
  /** Nobody knows: it is looked for from now on. */
  unanswered(): void;
}

/** Looks after what requests make, beyond the end of whoever has sent them. */
export interface ImageCreations {
  /**
   * Watches an image that was made through this connection from now on. Resolves after the first look at it, whether EC2
   * shows it yet or not.
   */
  watch(connection: Connection, region: string, imageId: string, name: string): Promise<void>;
  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, request: SoughtBy, dryRun: boolean): Sending;
  /** Looks at once for what was sent and not answered; whether it has shown. */
  lookNow(id: string): Promise<boolean>;
}
