import { type Publisher, publisherNamed } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import { type CodedColumn, codedColumns, decodeSegment, readLine } from '../segment.ts';
import type { StoredSegment } from '../store/records.ts';
import type { StoreReader } from '../store/storeReader.ts';
import { Codes, grown, Times } from './columns.ts';
import { Dictionary } from './dictionary.ts';
import { PublisherNumbers } from './publisherNumbers.ts';
import { RowSet, wordsFor } from './rowSet.ts';
import { SupersededRows } from './supersededRows.ts';
import { TextMemory } from './textMemory.ts';
import { OwnTexts, type TextPart } from './textPart.ts';

/** Rows for which the columns have room at first. */
const firstCapacity = 1 << 15;

/** The share of hidden rows from which the index is rebuilt. */
const maxHiddenShare = 0.25;

/** The most images on a page of EC2's, and so the most rows of a usual segment. */
const rowsOfSegment = 1_000;

/** Before more segments than this are read, the columns are enlarged once for all of them. */
const severalSegments = 20;

export type IndexColumn = CodedColumn | 'publisher';

/**
 * A region's images in memory, in the form that is searched: numbers in typed arrays, and all texts in one memory. Rows
 * are added and hidden, never removed.
 */
export class RegionIndex {
  readonly region: string;
  readonly parts: TextPart[] = [];
  readonly texts = new TextMemory();
  readonly dictionaries: Readonly<Record<CodedColumn, Dictionary>>;
  /** By number; 0: the publisher is not known. */
  readonly publishers: readonly (Publisher | undefined)[];
  /** All rows, hidden ones included. */
  count = 0;
  aliveCount = 0;
  /** Grows with every change. */
  version = 0;
  readonly created = new Times(firstCapacity);
  readonly deprecated = new Times(firstCapacity);
  /** GiB; `noSize` for none. */
  sizes = new Uint32Array(firstCapacity);
  /** The part that a row's text is in. */
  partOf = new Uint16Array(firstCapacity);
  #alive = RowSet.none(firstCapacity);
  /** The number of each row's value in its dictionary, or in `publishers`. */
  readonly codes: Readonly<Record<IndexColumn, Codes>>;
  readonly #publishers: PublisherNumbers;
  readonly #superseded = new SupersededRows(this);
  /** The ids of segments that are still to be read, the last first. */
  #missing: number[] | undefined;
  /** The ids of segments that were deleted before they were read. */
  readonly #gone = new Set<number>();
  readonly #bySegment = new Map<number, TextPart>();

  constructor(region: string, partition: Partition, custom: readonly Publisher[]) {
    this.region = region;
    const dictionaries = Object.fromEntries(codedColumns.map((column) => [column, new Dictionary()]));
    this.dictionaries = { ...(dictionaries as Record<CodedColumn, Dictionary>), family: new Dictionary(familyLabel) };
    this.#publishers = new PublisherNumbers(partition, custom, this.dictionaries);
    this.publishers = this.#publishers.publishers;
    this.codes = Object.fromEntries(
      [...codedColumns, 'publisher'].map((column) => [column, new Codes(firstCapacity)]),
    ) as Record<IndexColumn, Codes>;
  }

  /**
   * Reads what has changed in the store since the last call, for some time (ms). `more`: there is more to read.
   * `rebuild`: so many rows are hidden that a new index should replace this one.
   */
  catchUp(store: StoreReader, time: number): { readonly more: boolean; readonly rebuild: boolean } {
    const end = performance.now() + time;
    const missing = this.#missing ?? this.#compare(store);
    this.#missing = undefined;
    for (let id = missing.pop(); id !== undefined; id = performance.now() < end ? missing.pop() : undefined) {
      const segment = store.segment(id);
      if (segment) {
        this.version += 1;
        this.#add(segment);
      } else {
        this.#gone.add(id);
      }
    }
    const left = missing.length > 0 ? missing : this.#compare(store);
    // Not kept where reading has failed: by the next call there may be other segments.
    this.#missing = left.length > 0 ? left : undefined;
    const hidden = this.count - this.aliveCount;
    return {
      more: left.length > 0,
      rebuild: this.count > 10_000 && hidden > this.count * maxHiddenShare,
    };
  }

  /** Hides what the store does not show any more; returns the ids of the segments that it has in addition, the last first. */
  #compare(store: StoreReader): number[] {
    const ids = store.segmentIds(this.region);
    const days = store.recentDays(this.region);
    const wanted = new Set(ids);
    for (const [id, part] of this.#bySegment) {
      if (!wanted.has(id)) {
        this.version += 1;
        this.#drop(part);
      }
    }
    if (this.#superseded.daysListed(days)) {
      this.version += 1;
    }
    const missing = ids.filter((id) => !this.#bySegment.has(id) && !this.#gone.has(id));
    if (missing.length > severalSegments) {
      this.#reserve(this.count + missing.length * rowsOfSegment);
    }
    return missing.reverse();
  }

  /** The texts of a row in their original case. */
  ownLine(row: number): string {
    return this.parts[this.partOf[row] ?? 0]?.own.line(row) ?? '';
  }

  /** The id of a row's image, in lower case. */
  id(row: number): string {
    return this.texts.id(row);
  }

  publisher(row: number): Publisher | undefined {
    return this.publishers[this.codes.publisher.values[row] ?? 0];
  }

  value(column: CodedColumn, row: number): string {
    return this.dictionaries[column].values[this.codes[column].values[row] ?? 0] ?? '';
  }

  /** The rows that are shown. */
  get alive(): RowSet {
    return new RowSet(this.#alive.words.subarray(0, wordsFor(this.count)));
  }

  isAlive(row: number): boolean {
    return this.#alive.has(row);
  }

  /** Hides a row: its image is gone, or shown by another row. */
  hide(row: number): void {
    if (this.#alive.has(row)) {
      this.#alive.delete(row);
      this.aliveCount -= 1;
    }
  }

  #add(segment: StoredSegment): void {
    const decoded = decodeSegment(segment.data, segment.checksum);
    const { count } = decoded;
    const first = this.count;
    this.texts.add(decoded.text, count);
    this.#reserve(first + count);
    this.created.set(decoded.created, first);
    this.deprecated.set(decoded.deprecated, first);
    this.sizes.set(decoded.sizes, first);
    this.partOf.fill(this.parts.length, first, first + count);
    for (let row = first; row < first + count; row += 1) {
      this.#alive.add(row);
    }
    for (const column of codedColumns) {
      const dictionary = this.dictionaries[column];
      const global = decoded.dictionaries[column].map((value) => dictionary.code(value));
      const codes = decoded.codes[column];
      const target = this.codes[column];
      for (let row = 0; row < count; row += 1) {
        target.set(first + row, global[codes[row] ?? 0] ?? 0);
      }
    }
    const part: TextPart = {
      segment: segment.id,
      kind: segment.kind,
      seen: segment.seen,
      firstRow: first,
      count,
      own: new OwnTexts(this.texts, first, count, decoded.capitals),
      alive: true,
    };
    this.parts.push(part);
    this.#bySegment.set(segment.id, part);
    this.count += count;
    this.aliveCount += count;
    this.#findPublishers(part);
    this.#superseded.added(part);
    free(segment.data);
  }

  #drop(part: TextPart): void {
    this.#superseded.dropped(part);
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      this.hide(row);
    }
    part.alive = false;
    this.#bySegment.delete(part.segment);
  }

  /** Most owners are one publisher or none. Where publishers share an owner, the images' names identify them. */
  #findPublishers({ firstRow, count }: TextPart): void {
    const target = this.codes.publisher;
    const owners = this.codes.ownerId.values;
    const aliases = this.codes.ownerAlias.values;
    for (let row = firstRow; row < firstRow + count; row += 1) {
      const candidates = this.#publishers.candidates(owners[row] ?? 0, aliases[row] ?? 0);
      const publisher =
        candidates.named.length > 0
          ? publisherNamed(candidates, readLine(this.ownLine(row)).name)
          : candidates.otherwise;
      target.set(row, publisher ? this.#publishers.numberOf(publisher) : 0);
    }
  }

  #reserve(count: number): void {
    const capacity = this.sizes.length;
    if (count <= capacity) {
      return;
    }
    // Whole words of sets of rows.
    const next = wordsFor(Math.max(count, capacity * 1.5)) * 32;
    this.created.reserve(next);
    this.deprecated.reserve(next);
    this.sizes = grown(this.sizes, new Uint32Array(next));
    this.partOf = grown(this.partOf, new Uint16Array(next));
    this.#alive = RowSet.none(next).join(this.#alive);
    for (const column of [...codedColumns, 'publisher'] as const) {
      this.codes[column].reserve(next);
    }
  }
}

/** What precedes the colon in a family's value is not part of its label. */
function familyLabel(value: string): string {
  return value.slice(value.indexOf(':') + 1);
}

/** Gives memory back at once that is not used any more: garbage is collected much later, when there is more to read. */
function free({ buffer }: Uint8Array): void {
  (buffer as ArrayBuffer & { transfer(length: number): ArrayBuffer }).transfer(0);
}
