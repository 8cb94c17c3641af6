import { familyOf } from './family.ts';
import { type ImageSummary, isAvailable } from './image.ts';
import { sortedNewestFirst } from './imageAge.ts';
import { timeOf } from './lifecycle.ts';

/**
 * The newest available image of each family, owner and architecture among the images, newest first: no image of
 * another owner, and none that the same instances cannot run, takes the place of another.
 */
export function newestOfEach<T extends ImageSummary>(images: readonly T[]): readonly T[] {
  const newest = new Map<string, T>();
  for (const image of sortedNewestFirst(images.filter(isAvailable))) {
    const owner = image.ownerAlias === 'amazon' ? image.ownerAlias : image.ownerId;
    const key = JSON.stringify([familyOf(image).key, owner, image.architecture]);
    if (!newest.has(key)) newest.set(key, image);
  }
  return [...newest.values()];
}

/** From the oldest to the newest creation date, as EC2 sends them; undefined where no image has a readable one. */
export function datesOf(images: readonly ImageSummary[]): readonly [oldest: string, newest: string] | undefined {
  let span: [string, string] | undefined;
  for (const { creationDate } of images) {
    const time = timeOf(creationDate);
    if (time === undefined || creationDate === undefined) continue;
    span ??= [creationDate, creationDate];
    if (time < (timeOf(span[0]) ?? time)) span[0] = creationDate;
    if (time > (timeOf(span[1]) ?? time)) span[1] = creationDate;
  }
  return span;
}
