import { crc32 } from 'node:zlib';
import { familyOf } from '../core/family.ts';
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

/**
 * A family as the catalog names it: the key of src/core/family.ts for the comparison, with the label's own spelling
 * behind it. Empty where the name tells none.
 */
function familyValue(name: string): string {
  const { key, label } = familyOf({ name });
  return label === '' ? '' : `${key.slice(0, key.indexOf(':'))}:${label}`;
}

export function encodeSegment(images: readonly PublicImage[]): EncodedSegment {
  const count = images.length;
  const numbers = new ArrayBuffer(count * numbersLength);
  const created = new Float64Array(numbers, 0, count);
  const deprecated = new Float64Array(numbers, count * 8, count);
  const sizes = new Uint32Array(numbers, count * 16, count);
  const lines = new Array<string>(count);
  const families = new Array<string>(count);
  for (let row = 0; row < count; row += 1) {
    const image = images[row];
    if (image) {
      created[row] = image.created ?? Number.NaN;
      deprecated[row] = image.deprecated ?? Number.NaN;
      sizes[row] = Math.min(image.size ?? noSize, noSize);
      families[row] = familyValue(image.name);
      lines[row] = image.id + separator + oneLine(image.name) + separator + oneLine(image.description) + lineEnd;
    }
  }
  const dictionaries = codedColumns.map((column, index) => {
    const codes = new Uint16Array(numbers, count * 20 + index * count * 2, count);
    return fillCodes(codes, column === 'family' ? (row) => families[row] ?? '' : (row) => images[row]?.[column] ?? '');
  });
  const dictionary = Buffer.from(JSON.stringify(dictionaries));
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(segmentForm, 0);
  header.writeUInt32LE(count, 4);
  header.writeUInt32LE(dictionary.length, 8);
  const data = Buffer.concat([header, Buffer.from(numbers), dictionary, Buffer.from(lines.join(''))]);
  return { data, checksum: crc32(data) };
}

/** Numbers the values as they come; returns them by number. */
function fillCodes(codes: Uint16Array, valueAt: (row: number) => string): readonly string[] {
  const values: string[] = [];
  const known = new Map<string, number>();
  for (let row = 0; row < codes.length; row += 1) {
    const value = valueAt(row);
    let code = known.get(value);
    if (code === undefined) {
      code = values.length;
      known.set(value, code);
      values.push(value);
    }
    codes[row] = code;
  }
  return values;
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
