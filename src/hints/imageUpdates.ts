import { type Image, type ImageSummary, isAvailable, isFullImage } from '../core/image.ts';
import { isDeprecated } from '../core/lifecycle.ts';
import { rootDevice } from '../core/rootDevice.ts';
import type { Rule } from './finding.ts';
import type { NewerImages } from './newerImages.ts';
import type { ResolvedReference } from './referencedImages.ts';

/** A newer image of its family for an image that code names by its id. */
export interface ImageUpdate {
  readonly resolved: ResolvedReference;
  readonly from: ImageSummary;
  readonly to: Image;
  readonly why: UpdateReason;
  /** Whether the region is stated, or all chosen regions have answered, so that it is this image and no other. */
  readonly isCertain: boolean;
}

export type UpdateReason = 'deregistered' | 'unusable' | 'deprecated' | 'newer';

/** The rules that tell a reason: where a comment leaves them out, it is none. */
const rulesOf: Readonly<Record<UpdateReason, readonly Rule[]>> = {
  deregistered: ['deregistered'],
  unusable: ['unusable', 'disabled'],
  deprecated: ['deprecated'],
  newer: ['newer-image'],
};

/**
 * The update of an id; undefined where there is none, no region or several have the image, or a comment in the code leaves
 * out what tells the reason.
 *
 * @param now milliseconds since 1970
 */
export function updateOf(
  resolved: ResolvedReference,
  newer: Pick<NewerImages, 'newerNow'>,
  now: number,
): ImageUpdate | undefined {
  const { images, was, elsewhere, reference } = resolved;
  const found = images.flatMap(({ image }) => image ?? []);
  const [image] = found.length === 0 && elsewhere.length === 0 ? [was] : found;
  const to = image && found.length < 2 ? newer.newerNow(image) : undefined;
  if (!image || !to) return undefined;
  const isStated = reference.region.regions.length > 0 && !reference.region.isGuess;
  const isCertain = isStated || images.every(({ error }) => error === undefined);
  const { ignored = [] } = reference;
  const why = reasonsOf(image, found.length > 0, now).find(
    (reason) => ignored !== 'all' && !rulesOf[reason].some((rule) => ignored.includes(rule)),
  );
  return why && { resolved, from: image, to, why, isCertain };
}

/** The most urgent first. */
function reasonsOf(image: ImageSummary, isThere: boolean, now: number): readonly UpdateReason[] {
  if (!isThere || image.state === 'deregistered') return ['deregistered'];
  if (!isAvailable(image)) return ['unusable'];
  return isDeprecated(image, now) ? ['deprecated', 'newer'] : ['newer'];
}

const ranks: Readonly<Record<UpdateReason, number>> = { deregistered: 0, unusable: 1, deprecated: 2, newer: 3 };

/** Sorts what will not work, or soon no longer, before what works. */
export function mostUrgentFirst(a: Pick<ImageUpdate, 'why'>, b: Pick<ImageUpdate, 'why'>): number {
  return ranks[a.why] - ranks[b.why];
}

/** What a user of the image may notice. Sizes are GiB. */
export type ImageDifference =
  | { readonly kind: 'rootSize'; readonly from: number; readonly to: number }
  | { readonly kind: 'bootMode' | 'imdsSupport' | 'rootDeviceName'; readonly from: string; readonly to: string };

/** How an image differs from the one whose place it takes, beside name and date. */
export function differencesBetween(from: ImageSummary, to: Image): readonly ImageDifference[] {
  const differences: ImageDifference[] = [];
  if (!isFullImage(from)) return differences;
  const sizes = [from, to].map((image) => {
    const root = rootDevice(image);
    return root?.kind === 'ebs' ? root.volumeSize : undefined;
  });
  const [oldSize, newSize] = sizes;
  if (oldSize !== undefined && newSize !== undefined && oldSize !== newSize) {
    differences.push({ kind: 'rootSize', from: oldSize, to: newSize });
  }
  for (const kind of ['bootMode', 'imdsSupport', 'rootDeviceName'] as const) {
    const [before, after] = [from[kind], to[kind]];
    if (before !== after) differences.push({ kind, from: before ?? '–', to: after ?? '–' });
  }
  return differences;
}
