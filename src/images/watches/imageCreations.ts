import { randomUUID } from 'node:crypto';
import type { SoughtImage } from '../../core/createImage.ts';
import type { Trace } from '../../core/lostAnswers.ts';
import type { Connection } from '../../ec2/port.ts';
import { imageBeingMade, recordIdOf } from './imageBeingMade.ts';
import type { Sending, Sendings } from './sending.ts';
import { soughtBy, soughtFor, unansweredCreation } from './unansweredCreation.ts';
import type { Watches } from './watches.ts';

/** As long (ms) other windows leave it to the one that has sent the request; most answers come within seconds. */
const heldFor = 45_000;

/** What the image of a request that was not answered is told by, beside the time. */
export type ImageSoughtBy = Omit<SoughtImage, keyof Trace>;

/**
 * Looks after what requests make, beyond the end of whoever has sent them. A request is written down before it goes out, so
 * that neither the end of the window nor another account loses it; nothing is ever sent again from here.
 */
export class ImageCreations implements Sendings<ImageSoughtBy> {
  readonly #watches: Watches;
  /** Ids of images by the ids of the sendings that have made them without an answer. */
  readonly #found = new Map<string, string>();

  constructor(watches: Watches) {
    this.#watches = watches;
  }

  /**
   * Watches an image that was made through this connection from now on. Resolves after the first look at it, whether EC2
   * shows it yet or not.
   */
  async watch(connection: Connection, region: string, imageId: string, name: string): Promise<void> {
    const id = recordIdOf(this.#watches.scopeOf(connection), region, imageId);
    this.#watches.add(connection, { kind: imageBeingMade, id, region, subject: { imageId, name } });
    await this.#watches.lookNow(region, connection);
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
        // What was not answered before may still show: it stays a creation where it was one.
        const isDryRun = dryRun && (earlier?.subject.dryRun ?? true);
        const subject = { name, instanceId, before, dryRun: isDryRun, soughtUntil: Date.now() + soughtFor };
        watches.add(connection, { kind: unansweredCreation, id, region, since, heldFor, subject });
      },
      made: () => watches.remove(id),
      refused: () => {
        // What became of the earlier one may have shown meanwhile.
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
