import { AnswerError } from './answerError.ts';
import {
  addImage,
  addVolume,
  emptyImage,
  fieldSetters,
  type ImageDraft,
  type ImageSink,
  type SetField,
} from './imageDraft.ts';
import { ImagesAhead, type ParsedSoFar } from './imagesAhead.ts';
import type { PlainItems } from './plainItems.ts';
import type { AnswerLimits } from './wholeAnswer.ts';
import { parseXml, type XmlHandlers } from './xmlParser.ts';

/** A page of DescribeImages. */
export interface ImagePage<S extends ImageSink> {
  readonly images: S;
  readonly nextToken: string | undefined;
}

/**
 * Reads an answer to DescribeImages while it arrives: many times faster than the SDK's reader, which needs all of it at
 * once, and without blocking the thread for longer than a piece takes.
 *
 * @param items reads what it can of the answer; without it, all is parsed
 * @throws Error named SyntaxError if it is not a complete answer to DescribeImages, and as `answerBody`
 */
export async function readImages<S extends ImageSink>(
  body: unknown,
  images: S,
  limits: AnswerLimits,
  items?: PlainItems,
): Promise<ImagePage<S>> {
  const parsed = new ParsedImages(images);
  const ahead = items && new ImagesAhead(items, images, parsed);
  await parseXml(body, limits, parsed, ahead && ((piece, isLast) => ahead.rest(piece, isLast)));
  if (!parsed.isAnswer) {
    throw new AnswerError({ kind: 'answer-without', what: '<DescribeImagesResponse>' });
  }
  return { images, nextToken: parsed.nextToken || undefined };
}

/** The depth of elements below the root: `imagesSet` and `nextToken` 1, `item` 2, an image's own elements 3. */
const itemDepth = 2;
const fieldDepth = 3;
/** `blockDeviceMapping/item/ebs/volumeSize` */
const volumeDepth = 6;

/** Reads the images of what is parsed. */
class ParsedImages implements XmlHandlers, ParsedSoFar {
  readonly #images: ImageSink;
  #depth = -1;
  /** The open element below the root. */
  #part = '';
  #draft: ImageDraft | undefined;
  /** Of the innermost open element that is read, and its depth and text. */
  #setField: SetField | undefined;
  #fieldDepth = 0;
  #content = '';
  #isDescribeImages = false;
  #hasImagesSet = false;
  isBetweenItems = false;
  nextToken = '';

  readonly begin = (name: string) => this.#begin(name);
  readonly text = (part: string) => this.#text(part);
  readonly end = () => this.#end();

  constructor(images: ImageSink) {
    this.#images = images;
  }

  /** Whether it is an answer to DescribeImages. */
  get isAnswer(): boolean {
    return this.#isDescribeImages && this.#hasImagesSet;
  }

  #begin(name: string): void {
    this.#depth += 1;
    if (this.#depth === 0) {
      this.#isDescribeImages = name === 'DescribeImagesResponse';
    } else if (this.#depth === 1) {
      this.#part = name;
      this.nextToken = name === 'nextToken' ? '' : this.nextToken;
      this.#hasImagesSet ||= name === 'imagesSet';
    } else if (this.#depth === itemDepth) {
      this.#draft = name === 'item' ? emptyImage() : undefined;
    } else if (this.#draft) {
      this.#beginField(name);
    }
    this.#isBetween();
  }

  #beginField(name: string): void {
    const isVolume = this.#depth === volumeDepth && name === 'volumeSize';
    const setField = isVolume ? addVolume : this.#depth === fieldDepth ? fieldSetters.get(name) : undefined;
    if (setField) {
      this.#setField = setField;
      this.#fieldDepth = this.#depth;
      this.#content = '';
    }
  }

  #text(part: string): void {
    if (this.#setField && this.#depth === this.#fieldDepth) {
      this.#content += part;
    } else if (this.#depth === 1 && this.#part === 'nextToken') {
      this.nextToken += part;
    }
  }

  #end(): void {
    if (this.#setField && this.#depth === this.#fieldDepth) {
      if (this.#draft && this.#content !== '') {
        this.#setField(this.#draft, this.#content);
      }
      this.#setField = undefined;
    } else if (this.#depth === itemDepth && this.#draft) {
      addImage(this.#draft, this.#images);
      this.#draft = undefined;
    }
    this.#depth -= 1;
    this.#isBetween();
  }

  #isBetween(): void {
    this.isBetweenItems = this.#depth === 1 && this.#part === 'imagesSet';
  }
}
