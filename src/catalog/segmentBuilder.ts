import { crc32 } from 'node:zlib';
import { familyNamed } from '../core/family.ts';
import { isMarketplaceImage } from '../core/marketplace.ts';
import type { PublicImage } from '../core/publicImage.ts';
import type { ImageSink } from '../ec2/answers/imageDraft.ts';
import { newColumns, resized } from './codedValues.ts';
import { dayOf } from './day.ts';
import { lowerCase } from './letterCase.ts';
import { codedColumns, type EncodedSegment, headerLength, lineEnd, noSize, segmentForm, separator } from './segment.ts';

/** The images on a usual page of EC2's. The columns grow for larger pages. */
const usualCount = 1_000;

/** Bytes of a usual page's texts. */
const usualText = 192 * 1_024;

/**
 * Up to so many different values have codes of two bytes. EC2's pages have fewer, but some endpoints answer all images
 * at once.
 */
const narrowCodes = 65_536;

/** The most bytes that UTF-8 takes for a unit of UTF-16. */
const bytesPerUnit = 3;

const lineEndByte = lineEnd.charCodeAt(0);

/** Lines are written in groups, since a write costs more than all other work on a line. */
const linesAtOnce = 32;

/**
 * Builds a segment from the images of a page while the page is read, column by column. Texts are copied into a
 * buffer: a string that is cut from an answer would keep the whole answer, which is many times larger, in memory.
 */
export class SegmentBuilder implements ImageSink {
  #count = 0;
  #created = new Float64Array(usualCount);
  #deprecated = new Float64Array(usualCount);
  #sizes = new Uint32Array(usualCount);
  #columns = newColumns(usualCount);
  #text = Buffer.allocUnsafeSlow(usualText);
  #textLength = 0;
  /** Lines that are not written to the buffer yet. */
  #pending = '';
  #pendingIds = '';
  #ids: string[] = [];

  get count(): number {
    return this.#count;
  }

  /** The ids, in the order of the images. */
  ids(): readonly string[] {
    this.#write();
    return this.#ids;
  }

  /** When the newest image was created: milliseconds since 1970; 0 if no image has a date. */
  get newest(): number {
    let newest = 0;
    for (const time of this.#created.subarray(0, this.#count)) {
      if (time > newest) {
        newest = time;
      }
    }
    return newest;
  }

  /** Whether an image was created on another day than these, `2026-11-23`, or has no date. */
  hasOthersThan(days: ReadonlySet<string>): boolean {
    return this.#created.subarray(0, this.#count).some((time) => !days.has(dayOf(time) ?? ''));
  }

  add(image: PublicImage): void {
    const row = this.#count;
    if (row === this.#created.length) {
      this.#resize(row * 2);
    }
    this.#count += 1;
    this.#created[row] = image.created ?? Number.NaN;
    this.#deprecated[row] = image.deprecated ?? Number.NaN;
    this.#sizes[row] = Math.min(image.size ?? noSize, noSize);
    const { ownerId, ownerAlias, architecture, platform, rootDeviceType, virtualizationType, bootMode, family } =
      this.#columns;
    ownerId.set(row, image.ownerId);
    ownerAlias.set(row, image.ownerAlias);
    architecture.set(row, image.architecture);
    platform.set(row, image.platform);
    rootDeviceType.set(row, image.rootDeviceType);
    virtualizationType.set(row, image.virtualizationType);
    bootMode.set(row, image.bootMode);
    family.set(row, familyValue(image));
    const { id, name, description } = image;
    const idLine = oneLine(id);
    this.#pendingIds += idLine + lineEnd;
    this.#pending += idLine + separator + oneLine(name) + separator + oneLine(description) + lineEnd;
    if (this.#count % linesAtOnce === 0) {
      this.#write();
    }
  }

  /** Drops images whose ids are in `seen` or do not belong to the shard. Adds the ids of the others to `seen`. */
  dropSeen(seen: Set<string>, belongs: (id: string) => boolean = () => true): void {
    const rows: number[] = [];
    for (const [row, id] of this.ids().entries()) {
      const before = seen.size;
      if (belongs(id) && seen.add(id).size > before) {
        rows.push(row);
      }
    }
    if (rows.length < this.#count) {
      this.#keep(rows);
    }
  }

  encode(): EncodedSegment {
    this.#write();
    const count = this.#count;
    const columns = codedColumns.map((column) => this.#columns[column]);
    const dictionary = Buffer.from(JSON.stringify(columns.map(({ values }) => values)));
    const header = Buffer.alloc(headerLength);
    const wide = columns.some(({ values }) => values.length > narrowCodes);
    header.writeUInt16LE(segmentForm, 0);
    header.writeUInt16LE(wide ? 4 : 2, 2);
    header.writeUInt32LE(count, 4);
    header.writeUInt32LE(dictionary.length, 8);
    const { text, capitals } = lowerCase(this.#text.subarray(0, this.#textLength));
    header.writeUInt32LE(capitals.length, 12);
    const numbers = [
      this.#created,
      this.#deprecated,
      this.#sizes,
      ...columns.map(({ codes }) => (wide ? codes : new Uint16Array(codes))),
    ];
    const data = Buffer.concat([
      header,
      ...numbers.map(({ buffer, byteOffset, BYTES_PER_ELEMENT }) =>
        Buffer.from(buffer, byteOffset, count * BYTES_PER_ELEMENT),
      ),
      dictionary,
      capitals,
      text,
    ]);
    return { data, checksum: crc32(data) };
  }

  #write(): void {
    const start = this.#textLength;
    const most = start + this.#pending.length * bytesPerUnit;
    if (most > this.#text.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.#text.length * 2, most));
      this.#text.copy(larger, 0, 0, start);
      this.#text = larger;
    }
    this.#textLength += this.#text.write(this.#pending, start);
    this.#pending = '';
    // The copy is cut instead of the answer.
    const ids = Buffer.from(this.#pendingIds).toString().split(lineEnd);
    this.#ids.push(...ids.slice(0, -1));
    this.#pendingIds = '';
  }

  #resize(count: number): void {
    this.#created = resized(new Float64Array(count), this.#created);
    this.#deprecated = resized(new Float64Array(count), this.#deprecated);
    this.#sizes = resized(new Uint32Array(count), this.#sizes);
    for (const column of codedColumns) {
      this.#columns[column].resize(count);
    }
  }

  #keep(rows: readonly number[]): void {
    const columns = newColumns(Math.max(rows.length, usualCount));
    const lines = this.#lines();
    let textLength = 0;
    for (const [place, row] of rows.entries()) {
      this.#created[place] = this.#created[row] ?? Number.NaN;
      this.#deprecated[place] = this.#deprecated[row] ?? Number.NaN;
      this.#sizes[place] = this.#sizes[row] ?? noSize;
      for (const column of codedColumns) {
        columns[column].set(place, this.#columns[column].valueOf(row));
      }
      const [start = 0, end = 0] = [lines[row], lines[row + 1]];
      this.#text.copyWithin(textLength, start, end);
      textLength += end - start;
    }
    this.#columns = columns;
    this.#ids = rows.map((row) => this.#ids[row] ?? '');
    this.#textLength = textLength;
    this.#count = rows.length;
  }

  /** Where the line of each image begins, and where the last one ends. */
  #lines(): readonly number[] {
    const lines = [0];
    for (let start = 0; start < this.#textLength; ) {
      start = this.#text.indexOf(lineEndByte, start) + 1;
      lines.push(start);
    }
    return lines;
  }
}

/**
 * The value of the family column, `series:label` for a well-known family and `name:label` for others; images of the
 * Marketplace have their product before the colon, `name/product:label`. Empty if the name has no family.
 */
function familyValue(image: PublicImage): string {
  const { label, wellKnown, product } = familyNamed(image.name, isMarketplaceImage(image));
  if (label === '') {
    return '';
  }
  const kind = wellKnown ? 'series' : 'name';
  return product === undefined ? `${kind}:${label}` : `${kind}/${product}:${label}`;
}

function oneLine(text: string): string {
  return text.includes(lineEnd) ? text.replaceAll(lineEnd, ' ') : text;
}
