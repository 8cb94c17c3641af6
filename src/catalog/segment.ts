import { crc32 } from 'node:zlib';
import { familyNamed } from '../core/family.ts';
import type { PublicImage } from '../core/publicImage.ts';

/** Grows whenever the form below, or what is worked out for it, changes: a store of another form is built anew. */
export const segmentForm = 1;

/** The columns that have few different values: a dictionary and a number for each image. */
export const codedColumns = [
  'ownerId',
  'ownerAlias',
  'architecture',
  'platform',
  'rootDeviceType',
  'virtualizationType',
  'bootMode',
  'family',
] as const;

export type CodedColumn = (typeof codedColumns)[number];

/** Marks an image without EBS volumes, whose size is therefore not known. */
export const noSize = 0xffff_ffff;

/** The images of one page, column by column. */
export interface Segment {
  readonly count: number;
  /** Values by column; `codes` has the place of each image's value. */
  readonly dictionaries: Readonly<Record<CodedColumn, readonly string[]>>;
  readonly codes: Readonly<Record<CodedColumn, Uint16Array>>;
  /** Milliseconds since 1970; NaN for none. */
  readonly created: Float64Array;
  readonly deprecated: Float64Array;
  /** GiB; `noSize` for none. */
  readonly sizes: Uint32Array;
  /** `id NUL name NUL description LF` of each image in turn. */
  readonly text: string;
  /** Where the text begins in the encoded segment, if each of its characters is one byte there. */
  readonly textStart: number | undefined;
}

export interface EncodedSegment {
  readonly data: Buffer;
  readonly checksum: number;
}

/** XML cannot carry NUL, and nobody's description is worth a line of its own. */
const separator = '\0';
const lineEnd = '\n';

const headerLength = 16;
const numbersLength = 8 + 8 + 4 + 2 * codedColumns.length;

/** A family as the catalog names it: where its name comes from, and its label. Empty where the name tells none. */
function familyValue(name: string): string {
  const { label, wellKnown } = familyNamed(name);
  return label === '' ? '' : `${wellKnown ? 'series' : 'name'}:${label}`;
}

export function encodeSegment(images: readonly PublicImage[]): EncodedSegment {
  const count = images.length;
  const numbers = new ArrayBuffer(count * numbersLength);
  const created = new Float64Array(numbers, 0, count);
  const deprecated = new Float64Array(numbers, count * 8, count);
  const sizes = new Uint32Array(numbers, count * 16, count);
  const columns = codedColumns.map(
    (_, index) => new CodedValues(new Uint16Array(numbers, count * 20 + index * count * 2, count)),
  );
  const [owners, aliases, architectures, platforms, devices, virtualizations, bootModes, families] = columns;
  let text = '';
  for (let row = 0; row < count; row += 1) {
    const image = images[row];
    if (image) {
      created[row] = image.created ?? Number.NaN;
      deprecated[row] = image.deprecated ?? Number.NaN;
      sizes[row] = Math.min(image.size ?? noSize, noSize);
      owners?.set(row, image.ownerId);
      aliases?.set(row, image.ownerAlias);
      architectures?.set(row, image.architecture);
      platforms?.set(row, image.platform);
      devices?.set(row, image.rootDeviceType);
      virtualizations?.set(row, image.virtualizationType);
      bootModes?.set(row, image.bootMode);
      families?.set(row, familyValue(image.name));
      text += image.id + separator + oneLine(image.name) + separator + oneLine(image.description) + lineEnd;
    }
  }
  const dictionaries = columns.map(({ values }) => values);
  const dictionary = Buffer.from(JSON.stringify(dictionaries));
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(segmentForm, 0);
  header.writeUInt32LE(count, 4);
  header.writeUInt32LE(dictionary.length, 8);
  const data = Buffer.concat([header, Buffer.from(numbers), dictionary, Buffer.from(text)]);
  return { data, checksum: crc32(data) };
}

/** The values of a column, numbered as they come. */
class CodedValues {
  readonly values: string[] = [];
  readonly #codes: Uint16Array;
  readonly #known = new Map<string, number>();
  #last: string | undefined;
  #lastCode = 0;

  constructor(codes: Uint16Array) {
    this.#codes = codes;
  }

  set(row: number, value: string): void {
    // Most columns have few values: the one before is compared faster than one is looked up.
    if (value !== this.#last) {
      this.#last = value;
      this.#lastCode = this.#codeOf(value);
    }
    this.#codes[row] = this.#lastCode;
  }

  #codeOf(value: string): number {
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.#known.set(value, code);
      this.values.push(value);
    }
    return code;
  }
}

/** @throws Error for what is not a segment, whole and unchanged */
export function decodeSegment(data: Uint8Array, checksum: number): Segment {
  if (crc32(data) !== checksum) {
    throw new Error('A part of the catalog is damaged.');
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const count = bytes.readUInt32LE(4);
  const numbers = copy(bytes.subarray(headerLength, headerLength + count * numbersLength));
  const dictionaryStart = headerLength + count * numbersLength;
  const textStart = dictionaryStart + bytes.readUInt32LE(8);
  const lists: string[][] = JSON.parse(bytes.toString('utf8', dictionaryStart, textStart));
  const codeStart = count * 20;
  const dictionaries: Partial<Record<CodedColumn, readonly string[]>> = {};
  const codes: Partial<Record<CodedColumn, Uint16Array>> = {};
  for (const [index, column] of codedColumns.entries()) {
    dictionaries[column] = lists[index] ?? [];
    codes[column] = new Uint16Array(numbers, codeStart + index * count * 2, count);
  }
  const text = bytes.toString('utf8', textStart);
  return {
    count,
    dictionaries: dictionaries as Segment['dictionaries'],
    codes: codes as Segment['codes'],
    created: new Float64Array(numbers, 0, count),
    deprecated: new Float64Array(numbers, count * 8, count),
    sizes: new Uint32Array(numbers, count * 16, count),
    text,
    textStart: text.length === bytes.length - textStart ? textStart : undefined,
  };
}

/** The texts of one image, from its line of `Segment.text`. */
export function readLine(line: string): { readonly id: string; readonly name: string; readonly description: string } {
  const [id = '', name = '', description = ''] = line.split(separator);
  return { id, name, description };
}

/** Numbers of several bytes have to stand at an address that divides by their size. */
function copy(bytes: Uint8Array): ArrayBuffer {
  const aligned = new ArrayBuffer(bytes.length);
  new Uint8Array(aligned).set(bytes);
  return aligned;
}

function oneLine(text: string): string {
  return text.includes(lineEnd) ? text.replaceAll(lineEnd, ' ') : text;
}
