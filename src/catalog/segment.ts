import { crc32 } from 'node:zlib';
import { originalCase } from './letterCase.ts';

/** Increased when the form below, or what is computed for it, changes. A store of another form is emptied. */
export const segmentForm = 5;

/** The columns with few different values: each has a dictionary, and a number for each image. */
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

/** The size of an image without EBS volumes, for which EC2 gives none. */
export const noSize = 0xffff_ffff;

/** The images of one page, column by column. Its numbers and texts are views of the segment's data. */
export interface Segment {
  readonly count: number;
  /** The different values by column; `codes` has the place of each image's value among them. */
  readonly dictionaries: Readonly<Record<CodedColumn, readonly string[]>>;
  readonly codes: Readonly<Record<CodedColumn, Uint16Array | Uint32Array>>;
  /** Milliseconds since 1970; NaN for none. */
  readonly created: Float64Array;
  /** As `created`. */
  readonly deprecated: Float64Array;
  /** GiB; `noSize` for none. */
  readonly sizes: Uint32Array;
  /** UTF-8 of `id NUL name NUL description LF` of each image, in lower case. */
  readonly text: Buffer;
  /** The places of the text's capitals, see `originalCase`. */
  readonly capitals: Uint8Array;
}

export interface EncodedSegment {
  readonly data: Buffer;
  readonly checksum: number;
}

/** Stands between the texts of an image. XML cannot contain NUL. */
export const separator = '\0';

/** Ends the texts of an image. Line ends within a text are replaced by spaces. */
export const lineEnd = '\n';

/**
 * Bytes of the header, little endian: the form and the bytes of a code, 16 bits each; the number of images, and the
 * lengths in bytes of the dictionaries and of the capitals, 32 bits each.
 */
export const headerLength = 16;

/** Bytes of an image's `created`, `deprecated` and size. The codes of its columns follow. */
const timesAndSize = 8 + 8 + 4;

/** @throws Error if the checksum does not fit the data */
export function decodeSegment(data: Uint8Array, checksum: number): Segment {
  if (crc32(data) !== checksum) {
    throw new Error('A part of the catalog is damaged.');
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const codeWidth = bytes.readUInt16LE(2);
  const count = bytes.readUInt32LE(4);
  const numbersLength = timesAndSize + codeWidth * codedColumns.length;
  const numbers = aligned(bytes.subarray(headerLength, headerLength + count * numbersLength));
  const dictionaryStart = headerLength + count * numbersLength;
  const capitalsStart = dictionaryStart + bytes.readUInt32LE(8);
  const textStart = capitalsStart + bytes.readUInt32LE(12);
  const lists: string[][] = JSON.parse(bytes.toString('utf8', dictionaryStart, capitalsStart));
  const codeStart = count * timesAndSize;
  const dictionaries: Partial<Record<CodedColumn, readonly string[]>> = {};
  const codes: Partial<Record<CodedColumn, Uint16Array | Uint32Array>> = {};
  for (const [index, column] of codedColumns.entries()) {
    dictionaries[column] = lists[index] ?? [];
    const start = numbers.byteOffset + codeStart + index * count * codeWidth;
    codes[column] =
      codeWidth === 2 ? new Uint16Array(numbers.buffer, start, count) : new Uint32Array(numbers.buffer, start, count);
  }
  return {
    count,
    dictionaries: dictionaries as Segment['dictionaries'],
    codes: codes as Segment['codes'],
    created: new Float64Array(numbers.buffer, numbers.byteOffset, count),
    deprecated: new Float64Array(numbers.buffer, numbers.byteOffset + count * 8, count),
    sizes: new Uint32Array(numbers.buffer, numbers.byteOffset + count * 16, count),
    text: bytes.subarray(textStart),
    // A copy: a view would keep all bytes of the segment in memory.
    capitals: new Uint8Array(bytes.subarray(capitalsStart, textStart)),
  };
}

/** The texts of a segment's images in their original case, a line each. */
export function linesOf({ text, capitals }: Segment): readonly string[] {
  return originalCase(text.toString('utf8'), capitals).split(lineEnd).slice(0, -1);
}

/** The texts of one image, from its line. */
export function readLine(line: string): { readonly id: string; readonly name: string; readonly description: string } {
  const [id = '', name = '', description = ''] = line.split(separator);
  return { id, name, description };
}

/** The bytes at an address that typed arrays of eight bytes need; a copy only if they stand elsewhere. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
