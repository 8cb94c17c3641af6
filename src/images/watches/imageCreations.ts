import { randomUUID } from 'node:crypto';
import type { SoughtImage } from '../../core/createImage.ts';
import type { Trace } from '../../core/lostAnswers.ts';
import type { Connection } from '../../ec2/port.ts';
import { imageBeingMade, recordIdOf } from './imageBeingMade.ts';
import type { Sending, Sendings } from './sending.ts';
import { soughtBy, soughtFor, unansweredCreation } from './unansweredCreation.ts';
import type { Watches } from './watches.ts';

/** How long (ms) other windows leave a request to the one that has sent it; most answers come within seconds. */
const heldFor = 45_000;

/** An image that EC2 has begun to make. */
export interface CreatedImage {
  readonly region: string;
  readonly imageId: string;
  readonly name: string;
  /** See `ImageCreations.inBatch`. */
  readonly batch?: string | undefined;
}

/** What tells the image of an unanswered request from others, beside the time. */
export type ImageSoughtBy = Omit<SoughtImage, keyof Trace>;

/**
 * Watches the images that requests make, beyond the end of the window that has sent them. A request is recorded before
 * it is sent, so that no closed window and no change of account loses it. Never sends a request itself.
 */
export class ImageCreations implements Sendings<ImageSoughtBy> {
  readonly #watches: Watches;
  /** Ids of images by the ids of the unanswered sendings that have made them. */
  readonly #found = new Map<string, string>();

  constructor(watches: Watches) {
    this.#watches = watches;
  }

  /**
   * Begins to watch an image that was made through the connection. Resolves after the first look, whether EC2 shows the
   * image yet or not.
   */
  async watch(connection: Connection, { region, imageId, name, batch }: CreatedImage): Promise<void> {
    const id = recordIdOf(this.#watches.scopeOf(connection), region, imageId);
    this.#watches.add(connection, { kind: imageBeingMade, id, region, batch, subject: { imageId, name } });
    await this.#watches.lookNow(region, connection);
  }

  /** Runs what makes several images, whose outcomes are told together. It gets the name of their batch. */
  async inBatch<T>(make: (batch: string) => Promise<T>): Promise<T> {
    const batch = this.#watches.openBatch();
    try {
      return await make(batch);
    } finally {
      this.#watches.closeBatch(batch);
    }
  }

  /** For a request that is about to be sent through a connection. */
  sending(connection: Connection, { region, instanceId, name }: ImageSoughtBy, dryRun: boolean): Sending<SoughtImage> {
    const watches = this.#watches;
    const earlier = watches
      .of(connection, unansweredCreation)
      .find(
        (record) =>
          record.region === region && record.subject.instanceId === instanceId && record.subject.name === name,
      );
    const id = earlier?.id ?? randomUUID();
    const sending = {
      id,
      earlier: earlier && soughtBy(earlier),
      underWay: earlier !== undefined && watches.isHeld(earlier),
      sent: false,
      onSending: ({ since, before }: SoughtImage) => {
        sending.sent = true;
        // A creation that was not answered before may still show: a dry run that is sent for it leaves it a creation.
        const isDryRun = dryRun && (earlier?.subject.dryRun ?? true);
        const subject = { name, instanceId, before, dryRun: isDryRun, soughtUntil: Date.now() + soughtFor };
        watches.add(connection, { kind: unansweredCreation, id, region, since, heldFor, subject });
      },
      made: () => watches.remove(id),
      refused: () => {
        // The image of the earlier one may have been found meanwhile, which has ended its watch.
        if (earlier && (sending.sent || watches.get(id))) {
          watches.add(connection, { ...earlier, kind: unansweredCreation });
          watches.release(id);
        } else {
          watches.remove(id);
        }
      },
      unanswered: () => watches.release(id),
    };
    return sending;
  }

  /** Remembers the image of a sending that was not answered. */
  found(sendingId: string, imageId: string): void {
    this.#found.set(sendingId, imageId);
  }

  foundOf(sendingId: string): string | undefined {
    return this.#found.get(sendingId);
  }

  async lookNow(id: string): Promise<boolean> {
    const record = this.#watches.get(id);
    if (record) {
      await this.#watches.lookNow(record.region);
    }
    return this.#watches.get(id) === undefined;
  }
}
