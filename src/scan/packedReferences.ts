import type { LiteralText, Reference, RegionInForce } from '../code/reference.ts';
import { shifted } from '../code/textSpan.ts';
import { flatMapInSlices } from '../threads/inSlices.ts';

/** References for another thread, which is held up by each object that it receives: what several have is there once. */
export interface PackedReferences {
  /** Of each reference: its start, its length, and which of the values, regions and rests it has. */
  readonly rows: Uint32Array;
  readonly values: readonly string[];
  /** Of those that are told close to a reference, the offsets are from its start. */
  readonly regions: readonly PackedRegion[];
  /** Their offsets are from the reference's start. */
  readonly rests: readonly Rest[];
}

interface PackedRegion {
  readonly region: RegionInForce;
  readonly isClose: boolean;
}

type Rest = WithoutPlace<Reference>;
type WithoutPlace<R> = R extends Reference ? Omit<R, 'span' | 'value' | 'region'> : never;

const rowLength = 5;

export function packReferences(references: readonly Reference[]): PackedReferences {
  const values = new Pool<string>((value) => value);
  const regions = new Pool<PackedRegion>(JSON.stringify);
  const rests = new Pool<Rest>(JSON.stringify);
  const rows = new Uint32Array(references.length * rowLength);
  references.forEach(({ span, value, region, ...rest }, index) => {
    const row = [
      span.start,
      span.end - span.start,
      values.indexOf(value),
      regions.indexOf(packedRegion(region, span.start)),
      rests.indexOf(moved(rest, -span.start)),
    ];
    rows.set(row, index * rowLength);
  });
  return { rows, values: values.all, regions: regions.all, rests: rests.all };
}

/** Lets the thread do other things meanwhile. */
export function unpackReferences({ rows, values, regions, rests }: PackedReferences): Promise<readonly Reference[]> {
  const places = Array.from({ length: rows.length / rowLength }, (_, index) => index * rowLength);
  return flatMapInSlices(places, (row): Reference => {
    const start = at(rows, row);
    return {
      ...moved(at(rests, at(rows, row + 4)), start),
      span: { start, end: start + at(rows, row + 1) },
      value: at(values, at(rows, row + 2)),
      region: unpackedRegion(at(regions, at(rows, row + 3)), start),
    };
  });
}

/** Within so many characters: rows of a table have their regions in one place each, and the same place from their ids. */
const close = 1_000;

function packedRegion(region: RegionInForce, start: number): PackedRegion {
  const { at: place } = region;
  const isClose = place !== undefined && place.path === undefined && Math.abs(place.span.start - start) < close;
  return { region: isClose ? { ...region, at: { ...place, span: shifted(place.span, -start) } } : region, isClose };
}

function unpackedRegion({ region, isClose }: PackedRegion, start: number): RegionInForce {
  const { at: place } = region;
  return isClose && place ? { ...region, at: { ...place, span: shifted(place.span, start) } } : region;
}

function moved(rest: Rest, by: number): Rest {
  if (rest.kind !== 'lookup') {
    const { instanceType } = rest;
    return instanceType ? { ...rest, instanceType: movedPart<LiteralText>(instanceType, by) } : rest;
  }
  const { whole, filters, ownerInsertion } = rest;
  return {
    ...rest,
    whole: shifted(whole, by),
    filters: filters.map((filter) => movedPart(filter, by)),
    ownerInsertion: ownerInsertion && { ...ownerInsertion, offset: ownerInsertion.offset + by },
  };
}

function movedPart<P extends Pick<Reference, 'span'>>(part: P, by: number): P {
  return { ...part, span: shifted(part.span, by) };
}

function at<T>(all: ArrayLike<T>, index: number): T {
  if (index >= all.length) throw new RangeError(`There is no part ${index} of ${all.length}.`);
  return all[index] as T;
}

/** Equal values at one place. */
class Pool<T> {
  readonly all: T[] = [];
  readonly #places = new Map<string, number>();
  readonly #keyOf: (value: T) => string;

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  indexOf(value: T): number {
    const key = this.#keyOf(value);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}
