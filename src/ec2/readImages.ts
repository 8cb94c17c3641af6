import { SaxesParser } from 'saxes';
import type { PublicImage } from '../core/publicImage.ts';

/** Takes up what the catalog keeps of each image. */
export interface ImageSink {
  /** Whoever keeps a text of the image keeps a piece of the answer with it. */
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

type Draft = { -readonly [K in keyof PublicImage]: PublicImage[K] };

type TextField = Exclude<keyof PublicImage, 'size' | 'created' | 'deprecated'>;

/** What an element of an image is read as. `windows`: EC2-compatible endpoints know `platform` alone. */
type Field = TextField | 'created' | 'deprecated' | 'windows';

/** The elements of an image that are kept, by their names on the wire. */
const kept: readonly (readonly [string, Field])[] = [
  ['imageId', 'id'],
  ['name', 'name'],
  ['description', 'description'],
  ['imageOwnerId', 'ownerId'],
  ['imageOwnerAlias', 'ownerAlias'],
  ['architecture', 'architecture'],
  ['platform', 'windows'],
  ['platformDetails', 'platform'],
  ['rootDeviceType', 'rootDeviceType'],
  ['virtualizationType', 'virtualizationType'],
  ['bootMode', 'bootMode'],
  ['creationDate', 'created'],
  ['deprecationTime', 'deprecated'],
];

/** The same by the length of the name: looking a new text up in a map costs as much as reading it. */
const keptByLength: (readonly (readonly [string, Field])[] | undefined)[] = [];
for (const entry of kept) {
  const { length } = entry[0];
  keptByLength[length] = [...(keptByLength[length] ?? []), entry];
}

function fieldNamed(name: string): Field | undefined {
  const entries = keptByLength[name.length];
  if (entries) {
    for (const [known, field] of entries) {
      if (known === name) {
        return field;
      }
    }
  }
  return undefined;
}

function emptyImage(): Draft {
  return {
    id: '',
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

function setField(draft: Draft, field: Field, text: string): void {
  switch (field) {
    case 'created':
    case 'deprecated':
      draft[field] = timeOf(text);
      break;
    case 'windows':
      // EC2 itself sends it for Windows only; the details, which follow, say more.
      draft.platform ||= text.toLowerCase() === 'windows' ? 'Windows' : text;
      break;
    default:
      draft[field] = text;
  }
}

/**
 * Reads an answer of DescribeImages while it arrives: three times faster than the SDK's reader, which needs all of it at
 * once, and without holding the thread for longer than a piece takes.
 */
export class ImagesReader<S extends ImageSink> {
  readonly #parser = new SaxesParser();
  readonly #images: S;
  #nextToken = '';
  #isDescribeImages = false;

  constructor(images: S) {
    this.#images = images;
    let depth = -1;
    let draft: Draft | undefined;
    let field: Field | undefined;
    let inVolumeSize = false;
    let inToken = false;
    const parser = this.#parser;
    parser.on('opentag', ({ name }) => {
      depth += 1;
      if (depth === fieldDepth) {
        field = draft && fieldNamed(name);
      } else if (depth === itemDepth) {
        draft = name === 'item' ? emptyImage() : undefined;
      } else if (depth === volumeDepth) {
        inVolumeSize = name === 'volumeSize';
      } else if (depth === 1) {
        inToken = name === 'nextToken';
      } else if (depth === 0) {
        this.#isDescribeImages = name === 'DescribeImagesResponse';
      }
    });
    parser.on('text', (text) => {
      if (depth === fieldDepth) {
        if (draft && field) {
          setField(draft, field, text);
        }
      } else if (inVolumeSize) {
        if (draft) {
          draft.size = (draft.size ?? 0) + (Number.parseInt(text, 10) || 0);
        }
      } else if (inToken) {
        this.#nextToken = text;
      }
    });
    parser.on('closetag', () => {
      if (depth === itemDepth && draft) {
        images.add(draft);
        draft = undefined;
      } else if (depth === volumeDepth) {
        inVolumeSize = false;
      } else if (depth === 1) {
        inToken = false;
      }
      depth -= 1;
    });
    parser.on('error', (error) => {
      throw error;
    });
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  /** @throws Error for what is not the whole of an answer to DescribeImages */
  end(): ImagePage<S> {
    this.#parser.close();
    if (!this.#isDescribeImages) {
      throw new Error('The answer is not one of DescribeImages.');
    }
    return { images: this.#images, nextToken: this.#nextToken || undefined };
  }
}

function timeOf(date: string): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
