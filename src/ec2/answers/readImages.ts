import { isMachineImage } from '../../core/image.ts';
import { isResourceId } from '../../core/imageId.ts';
import type { PublicImage } from '../../core/publicImage.ts';
import { AnswerError } from './answerError.ts';
import { withoutUnread } from './unreadElements.ts';
import type { AnswerLimits } from './wholeAnswer.ts';
import { parseXml } from './xmlParser.ts';

/** Collects what the catalog saves of each image. */
export interface ImageSink {
  /** The image's texts are slices of the answer: a reference to one keeps a piece of the answer in memory. */
  add(image: PublicImage): void;
}

/** A page of DescribeImages. */
export interface ImagePage<S extends ImageSink> {
  readonly images: S;
  readonly nextToken: string | undefined;
}

/** The depth of elements below the root: `imagesSet` and `nextToken` 1, `item` 2, an image's own elements 3. */
const itemDepth = 2;
const fieldDepth = 3;
/** `blockDeviceMapping/item/ebs/volumeSize` */
const volumeDepth = 6;

type Draft = { -readonly [K in keyof PublicImage]: PublicImage[K] } & { imageType: string };

type SetField = (draft: Draft, text: string) => void;

/** The elements of an image that are read, by name, and the field that each one sets. */
const fieldSetters: readonly (readonly [string, SetField])[] = [
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
];

/** By the length of the name: to look a name up in a map, its text would have to be hashed first. */
const settersByLength: (readonly (readonly [string, SetField])[] | undefined)[] = [];
for (const entry of fieldSetters) {
  const { length } = entry[0];
  settersByLength[length] = [...(settersByLength[length] ?? []), entry];
}

function setterOf(element: string): SetField | undefined {
  const entries = settersByLength[element.length];
  if (entries) {
    for (const [name, setField] of entries) {
      if (name === element) {
        return setField;
      }
    }
  }
  return undefined;
}

function emptyImage(): Draft {
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

/**
 * Reads an answer to DescribeImages while it arrives: three times faster than the SDK's reader, which needs all of it
 * at once, and without blocking the thread for longer than a piece takes.
 *
 * @throws Error named SyntaxError if it is not a complete answer to DescribeImages, and as `answerBody`
 */
export async function readImages<S extends ImageSink>(
  body: unknown,
  images: S,
  limits: AnswerLimits,
): Promise<ImagePage<S>> {
  let depth = -1;
  let draft: Draft | undefined;
  let setField: SetField | undefined;
  /** The text of the open element, if it is read. */
  let content = '';
  let inVolumeSize = false;
  let inToken = false;
  let nextToken = '';
  let isDescribeImages = false;
  let hasImagesSet = false;
  const begin = (name: string) => {
    depth += 1;
    if (depth === fieldDepth) {
      setField = draft && setterOf(name);
      content = '';
    } else if (depth === itemDepth) {
      draft = name === 'item' ? emptyImage() : undefined;
    } else if (depth === volumeDepth) {
      inVolumeSize = name === 'volumeSize';
      content = '';
    } else if (depth === 1) {
      inToken = name === 'nextToken';
      nextToken = inToken ? '' : nextToken;
      hasImagesSet ||= name === 'imagesSet';
    } else if (depth === 0) {
      isDescribeImages = name === 'DescribeImagesResponse';
    }
  };
  const text = (part: string) => {
    if (depth === fieldDepth || inVolumeSize) {
      content = content === '' ? part : content + part;
    } else if (inToken) {
      nextToken += part;
    }
  };
  const end = () => {
    if (depth === fieldDepth) {
      if (draft && setField && content !== '') {
        setField(draft, content);
      }
    } else if (depth === itemDepth && draft) {
      // An image without a valid id cannot be opened or told from others.
      if (isResourceId(draft.id) && isMachineImage(draft.imageType)) {
        images.add(draft);
      }
      draft = undefined;
    } else if (depth === volumeDepth) {
      if (draft && inVolumeSize) {
        draft.size = (draft.size ?? 0) + (Number.parseInt(content, 10) || 0);
      }
      inVolumeSize = false;
    } else if (depth === 1) {
      inToken = false;
    }
    depth -= 1;
  };
  await parseXml(body, limits, { begin, text, end }, withoutUnread);
  if (!isDescribeImages || !hasImagesSet) {
    throw new AnswerError({ kind: 'answer-without', what: '<DescribeImagesResponse>' });
  }
  return { images, nextToken: nextToken || undefined };
}

function timeOf(date: string): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
