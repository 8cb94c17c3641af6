import { type Candidates, candidatesOf, type Publisher, publisherNamed } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import { ownCase } from '../letterCase.ts';
import { type CodedColumn, codedColumns, decodeSegment, readLine } from '../segment.ts';
import type { CatalogStore, StoredSegment } from '../store/store.ts';

/** Rows for which the columns have room at first. */
const firstCapacity = 1 << 15;

/** When so large a share of the rows is of segments that have gone, the index is built anew. */
const wasteLimit = 0.25;

/** A segment has no more rows than a page of EC2's has images; for so many at once room is made beforehand. */
const rowsOfSegment = 1_000;
const severalSegments = 20;

const day = 86_400_000;

/** Values of one column, numbered over all segments; 0 is the empty one. */
export class Dictionary {
  readonly values: string[] = [''];
  readonly #codes = new Map<string, number>([['', 0]]);

  code(value: string): number {
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.values.length;
      this.values.push(value);
      this.#codes.set(value, code);
    }
    return code;
  }

  find(value: string): number | undefined {
    return this.#codes.get(value);
  }
}

/** The text of one segment: `id NUL name NUL description LF` of each row, in lower case. */
export interface TextPart {
  readonly segment: number;
  readonly seen: number;
  readonly firstRow: number;
  readonly count: number;
  readonly text: string;
  /** Where each row begins in `text`; one more than rows. */
  readonly starts: Uint32Array;
  /** The places of the text's capitals, see `ownCase`. */
  readonly capitals: Uint8Array;
  alive: boolean;
}

export type IndexColumn = CodedColumn | 'publisher';

/**
 * A region's images in memory, in the form in which they are searched: numbers in typed arrays, and the texts of a segment
 * in one string. Rows are only ever added; those that have gone are marked.
 */
export class RegionIndex {
  readonly region: string;
  readonly partition: Partition;
  readonly parts: TextPart[] = [];
  readonly dictionaries: Readonly<Record<CodedColumn, Dictionary>>;
  /** Publishers by number; 0: nobody known. */
  publishers: (Publisher | undefined)[] = [undefined];
  count = 0;
  aliveCount = 0;
  /** Grows with every change. */
  version = 0;
  created = new Float64Array(firstCapacity);
  deprecated = new Float64Array(firstCapacity);
  sizes = new Uint32Array(firstCapacity);
  /** The part that a row's text is in. */
  partOf = new Uint16Array(firstCapacity);
  alive = new Uint8Array(firstCapacity);
  codes: Record<IndexColumn, Uint32Array>;
  readonly #custom: readonly Publisher[];
  readonly #bySegment = new Map<number, TextPart>();
  readonly #publisherCodes = new Map<Publisher, number>();
  /** By owner and alias. */
  readonly #ownerCandidates = new Map<number, Candidates>();
  /** Rows of the preview by id, until the shard with the image is there. */
  readonly #previewRows = new Map<string, number>();
  readonly #kinds = new Map<number, StoredSegment['kind']>();
  #recentDays: ReadonlySet<number> = new Set();

  constructor(region: string, partition: Partition, custom: readonly Publisher[]) {
    this.region = region;
    this.partition = partition;
    this.#custom = custom;
    this.dictionaries = Object.fromEntries(codedColumns.map((column) => [column, new Dictionary()])) as Record<
      CodedColumn,
      Dictionary
    >;
    this.codes = Object.fromEntries(
      [...codedColumns, 'publisher'].map((column) => [column, new Uint32Array(firstCapacity)]),
    ) as Record<IndexColumn, Uint32Array>;
  }

  /**
   * Takes up what has changed in the store since the last time; false where so much has gone that a new index is better.
   * Reads at most `limit` segments, so that others get their turn; `more` says that there are further ones.
   */
  catchUp(store: CatalogStore, limit: number): { readonly more: boolean; readonly rebuild: boolean } {
    const ids = store.segmentIds(this.region);
    const days = new Set(store.recentDays(this.region).map((date) => Date.parse(date) / day));
    const wanted = new Set(ids);
    for (const [id, part] of this.#bySegment) {
      if (!wanted.has(id)) {
        this.version += 1;
        this.#drop(id, part);
      }
    }
    const newDays = [...days].filter((date) => !this.#recentDays.has(date));
    this.#recentDays = days;
    if (newDays.length > 0) {
      this.version += 1;
      this.#hideDays(new Set(newDays));
    }
    const missing = ids.filter((id) => !this.#bySegment.has(id));
    if (missing.length > severalSegments) {
      this.#reserve(this.count + missing.length * rowsOfSegment);
    }
    for (const id of missing.slice(0, limit)) {
      const segment = store.segment(id);
      if (segment) {
        this.version += 1;
        this.#add(segment);
      }
    }
    const dead = this.count - this.aliveCount;
    return { more: missing.length > limit, rebuild: this.count > 10_000 && dead > this.count * wasteLimit };
  }

  /** Where the texts of a row are: `text` is in lower case and has those of others, too. */
  place(row: number): { readonly text: string; readonly start: number; readonly end: number } {
    const part = this.parts[this.partOf[row] ?? 0];
    const at = row - (part?.firstRow ?? 0);
    return { text: part?.text ?? '', start: part?.starts[at] ?? 0, end: (part?.starts[at + 1] ?? 1) - 1 };
  }

  /** The lower-case texts of a row. */
  line(row: number): string {
    const { text, start, end } = this.place(row);
    return text.slice(start, end);
  }

  /** The texts of a row in their own case. */
  ownLine(row: number): string {
    const part = this.parts[this.partOf[row] ?? 0];
    const { text, start, end } = this.place(row);
    return part ? ownCase(text, part.capitals, start, end) : '';
  }

  /** In lower case. */
  id(row: number): string {
    const line = this.line(row);
    return line.slice(0, line.indexOf('\0'));
  }

  publisher(row: number): Publisher | undefined {
    return this.publishers[this.codes.publisher[row] ?? 0];
  }

  value(column: CodedColumn, row: number): string {
    return this.dictionaries[column].values[this.codes[column][row] ?? 0] ?? '';
  }

  #add(segment: StoredSegment): void {
    const decoded = decodeSegment(segment.data, segment.checksum);
    const { count } = decoded;
    const first = this.count;
    this.#reserve(first + count);
    this.created.set(decoded.created, first);
    this.deprecated.set(decoded.deprecated, first);
    this.sizes.set(decoded.sizes, first);
    this.partOf.fill(this.parts.length, first, first + count);
    this.alive.fill(1, first, first + count);
    for (const column of codedColumns) {
      const dictionary = this.dictionaries[column];
      const global = decoded.dictionaries[column].map((value) => dictionary.code(value));
      const codes = decoded.codes[column];
      const target = this.codes[column];
      for (let row = 0; row < count; row += 1) {
        target[first + row] = global[codes[row] ?? 0] ?? 0;
      }
    }
    const { text, capitals } = decoded;
    const starts = new Uint32Array(count + 1);
    for (let row = 0, at = 0; row < count; row += 1) {
      at = text.indexOf('\n', at) + 1;
      starts[row + 1] = at;
    }
    const part: TextPart = {
      segment: segment.id,
      seen: segment.seen,
      firstRow: first,
      count,
      text,
      starts,
      capitals,
      alive: true,
    };
    this.parts.push(part);
    this.#bySegment.set(segment.id, part);
    this.#kinds.set(segment.id, segment.kind);
    this.count += count;
    this.aliveCount += count;
    this.#findPublishers(part);
    if (segment.kind === 'preview') {
      this.#hidePreviewed(part);
      for (let row = first; row < first + count; row += 1) {
        if (this.alive[row] === 1) {
          this.#previewRows.set(this.id(row), row);
        }
      }
    } else {
      this.#replacePreviewed(part);
      if (segment.kind === 'base' && this.#recentDays.size > 0) {
        this.#hideDaysOf(part, this.#recentDays);
      }
    }
  }

  /** A preview's image that its shard has brought already, or that another preview has, is there once. */
  #hidePreviewed(preview: TextPart): void {
    const ids = new Set<string>();
    for (const part of this.parts) {
      if (part !== preview && part.alive) {
        for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
          ids.add(this.id(row));
        }
      }
    }
    for (let row = preview.firstRow; row < preview.firstRow + preview.count; row += 1) {
      if (ids.has(this.id(row))) {
        this.#kill(row);
      }
    }
  }

  #replacePreviewed(part: TextPart): void {
    if (this.#previewRows.size === 0) {
      return;
    }
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      const previewed = this.#previewRows.get(this.id(row));
      if (previewed !== undefined) {
        this.#kill(previewed);
      }
    }
  }

  /** A day that was listed again: what the shards have of it no longer counts. */
  #hideDays(days: ReadonlySet<number>): void {
    for (const part of this.parts) {
      if (part.alive && this.#kinds.get(part.segment) === 'base') {
        this.#hideDaysOf(part, days);
      }
    }
  }

  #hideDaysOf(part: TextPart, days: ReadonlySet<number>): void {
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      if (days.has(Math.floor((this.created[row] ?? Number.NaN) / day))) {
        this.#kill(row);
      }
    }
  }

  #drop(id: number, part: TextPart): void {
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      if (this.#kinds.get(id) === 'preview') {
        this.#previewRows.delete(this.id(row));
      }
      this.#kill(row);
    }
    part.alive = false;
    this.#bySegment.delete(id);
    this.#kinds.delete(id);
  }

  #kill(row: number): void {
    if (this.alive[row] === 1) {
      this.alive[row] = 0;
      this.aliveCount -= 1;
    }
  }

  /** Most owners are one publisher or nobody; where several share an owner, the names tell. */
  #findPublishers({ firstRow, count }: TextPart): void {
    const target = this.codes.publisher;
    const { ownerId: owners, ownerAlias: aliases } = this.codes;
    for (let row = firstRow; row < firstRow + count; row += 1) {
      const key = (owners[row] ?? 0) * maxAliases + (aliases[row] ?? 0);
      let candidates = this.#ownerCandidates.get(key);
      if (!candidates) {
        const owner = { ownerId: this.value('ownerId', row), ownerAlias: this.value('ownerAlias', row) || undefined };
        candidates = candidatesOf(owner, this.partition, this.#custom);
        this.#ownerCandidates.set(key, candidates);
      }
      const publisher =
        candidates.named.length > 0
          ? publisherNamed(candidates, readLine(this.ownLine(row)).name)
          : candidates.otherwise;
      target[row] = publisher ? this.#publisherCode(publisher) : 0;
    }
  }

  #publisherCode(publisher: Publisher): number {
    let code = this.#publisherCodes.get(publisher);
    if (code === undefined) {
      code = this.publishers.length;
      this.publishers.push(publisher);
      this.#publisherCodes.set(publisher, code);
    }
    return code;
  }

  #reserve(count: number): void {
    const capacity = this.created.length;
    if (count <= capacity) {
      return;
    }
    const next = Math.max(count, Math.ceil(capacity * 1.5));
    this.created = grown(this.created, new Float64Array(next));
    this.deprecated = grown(this.deprecated, new Float64Array(next));
    this.sizes = grown(this.sizes, new Uint32Array(next));
    this.partOf = grown(this.partOf, new Uint16Array(next));
    this.alive = grown(this.alive, new Uint8Array(next));
    for (const column of [...codedColumns, 'publisher'] as const) {
      this.codes[column] = grown(this.codes[column], new Uint32Array(next));
    }
  }
}

/** More aliases than EC2 has; beyond, two owners' images may be told apart by their names only. */
const maxAliases = 1_000;

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
