import * as v from 'valibot';
import type { AccountScope } from '../../core/accountScope.ts';
import type { Image, ImageSummary } from '../../core/image.ts';
import { resourceId } from '../../core/imageRefSchema.ts';
import { snapshotProgress } from '../../core/snapshotProgress.ts';
import type { WatchKind, WatchPlace } from './watchKind.ts';

/** An image that is not available yet. */
export interface ImageBeingMade {
  readonly imageId: string;
  readonly name: string;
}

/** The image once it is available or has failed; undefined where EC2 no longer has it. */
export type MadeImage = Image | undefined;

/** In ms. Slow snapshots must not hold up the images themselves. */
const progressTimeout = 5_000;

/** A new image may be unknown to EC2 at first (eventual consistency); after this time (ms) it counts as gone. */
const unknownFor = 3 * 60_000;

/** The record's id, with the region and the endpoint: endpoints may give the same image id out twice. */
export function recordIdOf(
  { kind, endpoint }: Pick<AccountScope, 'kind' | 'endpoint'>,
  region: string,
  imageId: string,
): string {
  return JSON.stringify([kind, endpoint, region, imageId]);
}

/** Watches images until they are available or have failed, with one DescribeImages and one DescribeSnapshots a look. */
export const imageBeingMade: WatchKind<ImageBeingMade, MadeImage> = {
  name: 'image',
  subject: v.object({ imageId: resourceId, name: v.fallback(v.string(), '') }),

  async *look(place, records, signal) {
    const { region, images } = place;
    const refs = records.map(({ subject }) => ({ region, id: subject.imageId }));
    const found = new Map((await images.getAll(refs, signal, { maxAge: 0 })).map((image) => [image.id, image]));
    const underWay = [...found.values()].filter(isUnderWay);
    for (const { id, since, subject } of records) {
      const image = found.get(subject.imageId);
      if (image ? !isUnderWay(image) : Date.now() - since >= unknownFor) {
        const gone = image ? undefined : { region, id: subject.imageId };
        yield { id, image, gone, over: { outcome: image } };
      } else if (!image) {
        // EC2 may show it at any moment.
        images.invalidate({ region, id: subject.imageId });
      }
    }
    // One sighting a look, since the tree is drawn anew for each.
    const progress = await progressOf(place, underWay, signal);
    for (const { id, subject } of records) {
      const image = underWay.find((candidate) => candidate.id === subject.imageId);
      if (image) {
        yield { id, image, progress: progress.get(image.id) };
      }
    }
  },
};

/** Percent by the ids of images; empty where EC2 does not answer, since images are watched without it as well. */
async function progressOf(
  { connection, region }: WatchPlace,
  images: readonly Image[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number | undefined>> {
  const ids = images.flatMap(({ blockDevices }) =>
    blockDevices.flatMap((device) => (device.kind === 'ebs' && device.snapshotId ? [device.snapshotId] : [])),
  );
  if (ids.length === 0) {
    return new Map();
  }
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(progressTimeout)]);
    const answer = await connection.ec2.describeSnapshots(region, ids, inTime);
    const snapshots = new Map(answer.map((snapshot) => [snapshot.snapshotId, snapshot]));
    return new Map(images.map((image) => [image.id, snapshotProgress(image, snapshots)]));
  } catch {
    // The failed call is in the log.
    return new Map();
  }
}

export function isUnderWay({ state }: Pick<ImageSummary, 'state'>): boolean {
  return state === 'pending' || state === 'transient';
}
