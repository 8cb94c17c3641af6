import { isImageId } from './imageId.ts';
import { isRegionName } from './regions.ts';

/** An image that a URL or an ARN names. */
export interface PastedImage {
  readonly id: string;
  /** Undefined where it does not say. */
  readonly region: string | undefined;
}

/** Longer texts are no links that somebody has copied. */
const maxLength = 20_000;

/**
 * The images of a text that is nothing but console URLs or ARNs of images, one or several a line; none for any other
 * text. A URL names an image by its details, by a list of one or several ids, or in a launch wizard.
 */
export function pastedImages(text: string): readonly PastedImage[] {
  if (text.length > maxLength) return [];
  const words = text.split(/\s+/).filter((word) => word !== '');
  const found = words.map((word) => imagesOf(word.replace(/^[<"'(`]+|[>"',;.)`]+$/g, '')));
  return found.every((images) => images.length > 0) ? distinct(found.flat()) : [];
}

/** `arn:aws:ec2:us-east-1::image/ami-…`; the account is empty as a rule. */
const arn = /^arn:aws[\w-]*:ec2:([a-z0-9-]*):\d*:image\/(ami-[0-9a-f]+)$/;

/** The console's hosts, with or without a region or an account before them. */
const consoleHost =
  /^(?:[\w-]+\.)*console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)$/;

/** The host, and what is behind the path. */
const url = /^https?:\/\/([a-z0-9.-]+)(?::\d+)?(?:\/[^?#]*)?([?#].*)?$/i;

const idInUrl = /(?<![\w-])ami-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/g;

function imagesOf(word: string): readonly PastedImage[] {
  const [, arnRegion = '', arnId = ''] = arn.exec(word) ?? [];
  if (isImageId(arnId)) return [{ id: arnId, region: knownRegion(arnRegion) }];
  const [, host = '', rest = ''] = url.exec(word) ?? [];
  if (!consoleHost.test(host)) return [];
  const words = decoded(decoded(rest));
  const region = /[?&#;]region=([a-z0-9-]+)/.exec(words)?.[1] ?? /^([a-z0-9-]+)\.console\./.exec(host)?.[1] ?? '';
  return Array.from(words.matchAll(idInUrl), ([id]) => ({ id, region: knownRegion(region) }));
}

function knownRegion(text: string): string | undefined {
  return isRegionName(text) ? text : undefined;
}

/** The console encodes a fragment twice. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function distinct(images: readonly PastedImage[]): readonly PastedImage[] {
  return [...new Map(images.map((image) => [`${image.region}/${image.id}`, image])).values()];
}
