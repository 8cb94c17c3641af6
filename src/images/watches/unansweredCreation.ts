import * as v from 'valibot';
import type { SoughtImage } from '../../core/createImage.ts';
import type { Image } from '../../core/image.ts';
import { flag, ifKnown } from '../../core/schemas.ts';
import { sideBySide } from '../sideBySide.ts';
import { imageBeingMade, recordIdOf } from './imageBeingMade.ts';
import type { Sighting, WatchKind, WatchPlace } from './watchKind.ts';
import type { WatchRecord } from './watchRecord.ts';

/** A request whose answer is missing: it may have made an image. */
export interface UnansweredCreation extends Pick<SoughtImage, 'name' | 'instanceId' | 'before'> {
  /** A dry run makes an image only at endpoints that do not know dry runs. */
  readonly dryRun: boolean;
  /** When the image is given up, in milliseconds since 1970. */
  readonly soughtUntil: number;
}

/** The image; undefined where none has shown until it was given up. */
export type SoughtOutcome = Image | undefined;

/** How long (ms) an image is looked for. */
export const soughtFor = 15 * 60_000;

/** Looks for the image for a quarter of an hour. One that shows is watched as `imageBeingMade`. */
export const unansweredCreation: WatchKind<UnansweredCreation, SoughtOutcome> = {
  name: 'unanswered',
  subject: v.object({
    name: v.string(),
    instanceId: v.string(),
    before: ifKnown(v.array(v.string())),
    dryRun: flag,
    soughtUntil: v.number(),
  }),
  look: (place, records, signal) => sideBySide(records.map((record) => lookFor(place, record, signal))),
};

/** What tells the image of a request from others. */
export function soughtBy({ region, since, subject }: WatchRecord<UnansweredCreation>): SoughtImage {
  const { name, instanceId, before } = subject;
  return { region, since, name, instanceId, before };
}

async function* lookFor(
  { connection, images }: WatchPlace,
  record: WatchRecord<UnansweredCreation>,
  signal: AbortSignal,
): AsyncIterable<Sighting<SoughtOutcome>> {
  const { id, scope } = record;
  const givenUp = () => (Date.now() > record.subject.soughtUntil ? { outcome: undefined } : undefined);
  try {
    const image = await connection.ec2.findCreated(soughtBy(record), signal);
    if (!image) {
      yield { id, over: givenUp() };
      return;
    }
    images.learn([image]);
    const { region, name } = image;
    const subject = { imageId: image.id, name };
    const next = { kind: imageBeingMade, id: recordIdOf(scope, region, image.id), region, subject };
    yield { id, image, over: { outcome: image, next } };
  } catch (error) {
    yield { id, error, over: givenUp() };
  }
}
