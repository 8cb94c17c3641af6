import { isMachineImage } from '../../core/image.ts';
import { isResourceId } from '../../core/imageId.ts';
import type { PublicImage } from '../../core/publicImage.ts';

/** Collects what the catalog saves of each image. */
export interface ImageSink {
  /** The image's texts are slices of the answer: a reference to one keeps a piece of the answer in memory. */
  add(image: PublicImage): void;
}

/** An image while it is read. */
export type ImageDraft = { -readonly [K in keyof PublicImage]: PublicImage[K] } & { imageType: string };

/** Takes over the text of an element. */
export type SetField = (draft: ImageDraft, text: string) => void;

/** The elements of an image that are read, by name, and the field that each one sets. */
export const fieldSetters: ReadonlyMap<string, SetField> = new Map<string, SetField>([
  ['imageId', (draft, text) => (draft.id = text)],
  ['name', (draft, text) => (draft.name = text)],
  ['description', (draft, text) => (draft.description = text)],
  ['imageOwnerId', (draft, text) => (draft.ownerId = text)],
  ['imageOwnerAlias', (draft, text) => (draft.ownerAlias = text)],
  ['imageType', (draft, text) => (draft.imageType = text)],
  ['architecture', (draft, text) => (draft.architecture = text)],
  // EC2 sends `platform` for Windows alone, before `platformDetails`, which says more. Others may send only this.
  ['platform', (draft, text) => (draft.platform ||= text.toLowerCase() === 'windows' ? 'Windows' : text)],
  ['platformDetails', (draft, text) => (draft.platform = text)],
  ['rootDeviceType', (draft, text) => (draft.rootDeviceType = text)],
  ['virtualizationType', (draft, text) => (draft.virtualizationType = text)],
  ['bootMode', (draft, text) => (draft.bootMode = text)],
  ['creationDate', (draft, text) => (draft.created = timeOf(text))],
  ['deprecationTime', (draft, text) => (draft.deprecated = timeOf(text))],
]);

/** Takes over the text of `blockDeviceMapping/item/ebs/volumeSize`. */
export function addVolume(draft: ImageDraft, size: string): void {
  draft.size = (draft.size ?? 0) + (Number.parseInt(size, 10) || 0);
}

export function emptyImage(): ImageDraft {
  return {
    id: '',
    imageType: '',
    name: '',
    description: '',
    ownerId: '',
    ownerAlias: '',
    architecture: '',
    platform: '',
    rootDeviceType: '',
    virtualizationType: '',
    bootMode: '',
    size: undefined,
    created: undefined,
    deprecated: undefined,
  };
}

/** Adds an image that has been read to its end. One without a valid id cannot be opened or told from others. */
export function addImage(draft: ImageDraft, images: ImageSink): void {
  if (isResourceId(draft.id) && isMachineImage(draft.imageType)) {
    images.add(draft);
  }
}

function timeOf(date: string): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
