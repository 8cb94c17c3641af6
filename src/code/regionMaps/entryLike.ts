import { regionNamed, regionsIn } from '../regions/regionNames.ts';
import type { CodeNode, EntryNode, MapNode } from '../tree/codeTree.ts';
import { idOf, type RegionRow, slotIn } from './regionMap.ts';
import { isBracketed, plainGap, withoutComments, writtenKey, writtenValue } from './writtenEntry.ts';

/** The id for a slot of the row that is written; undefined where there is none. */
export type IdFor = (slot: string) => string | undefined;

/** Writes entries as others of the same map are written, with other ids. */
export class EntriesLike {
  readonly #text: string;
  readonly #examples: ReadonlyMap<string, CodeNode>;
  readonly #shared: ReadonlySet<string>;

  /** @param rows all rows of the map */
  constructor(text: string, rows: readonly RegionRow[]) {
    this.#text = text;
    this.#examples = new Map(rows.flatMap(({ entry, form }) => examplesIn(entry.value, form)));
    this.#shared = sharedValues(text, rows);
  }

  /**
   * The entry with another key and other ids, without comments and without what differs between regions. Undefined where
   * it would have no id.
   */
  entry(entry: EntryNode, key: string, slot: string, idFor: IdFor): string | undefined {
    const rest = this.rest(entry, slot, idFor);
    return rest === undefined ? undefined : key + rest;
  }

  /** What follows the key. */
  rest(entry: EntryNode, slot: string, idFor: IdFor): string | undefined {
    const value = this.#value(entry.value, slot, idFor);
    if (value === undefined) return undefined;
    const { end } = writtenKey(this.#text, entry);
    return plainSeparator(this.#text.slice(end, writtenValue(this.#text, entry).start)) + value;
  }

  /** An id in the quotes that ids have in this slot. */
  id(slot: string, id: string): string {
    const example = this.#examples.get(slot);
    if (example?.kind !== 'text') return id;
    const { span, inner } = example;
    return this.#text.slice(span.start, inner.start) + id + this.#text.slice(inner.end, span.end);
  }

  #value(node: CodeNode, slot: string, idFor: IdFor): string | undefined {
    if (node.kind === 'map') return this.#map(node, slot, idFor);
    if (!this.#examples.has(slot)) return undefined;
    const id = idFor(slot);
    return id === undefined ? undefined : this.id(slot, id);
  }

  #map(map: MapNode, slot: string, idFor: IdFor): string | undefined {
    const text = this.#text;
    let hasId = false;
    const parts = map.entries.flatMap((entry) => {
      const inner = slotIn(slot, entry.key);
      const { start, end } = writtenKey(text, entry);
      const written = this.entry(entry, text.slice(start, end), inner, idFor);
      hasId ||= written !== undefined;
      if (written !== undefined) return [written];
      return this.#shared.has(inner) ? [text.slice(start, writtenValue(text, entry).end)] : [];
    });
    const [first, second] = map.entries;
    const last = map.entries.at(-1);
    if (!hasId || !first || !last) return undefined;
    const firstStart = writtenKey(text, first).start;
    const gap = second ? plainGap(text.slice(writtenValue(text, first).end, writtenKey(text, second).start)) : '';
    if (!isBracketed(text, map)) return parts.join(gap);
    const opening = plainGap(text.slice(map.span.start + 1, firstStart));
    const closing = plainGap(text.slice(writtenValue(text, last).end, map.span.end - 1));
    return `{${opening}${parts.join(gap)}${closing}}`;
  }
}

/** What stands between a key and its value, without comments, empty lines and the anchor of a value of YAML. */
function plainSeparator(between: string): string {
  return (
    withoutComments(between)
      .replace(/[ \t]*&[^\s,{}[\]]+/, '')
      .replace(/(?:\r?\n[ \t]*)+(?=\r?\n)/, '')
      // The blanks of a column are put in again where the entry comes to stand in one.
      .replace(/^[ \t]{2,}/, ' ')
  );
}

/** The key of a row with another region, written as the first one is: `us_east_1`, `US_EAST_1`. */
export function keyFor(text: string, entry: EntryNode, region: string): string {
  const { start, end } = writtenKey(text, entry);
  const key = text.slice(start, end);
  const [found] = regionsIn(key);
  if (!found) return key;
  const written = key.slice(found.span.start, found.span.end);
  const separated = written.includes('_') ? region.replaceAll('-', '_') : region;
  const cased = /[A-Z]/.test(written) ? separated.toUpperCase() : separated;
  return key.slice(0, found.span.start) + cased + key.slice(found.span.end);
}

/** The last id of each slot. */
function examplesIn(node: CodeNode, slot: string): readonly (readonly [string, CodeNode])[] {
  if (node.kind === 'map') return node.entries.flatMap(({ key, value }) => examplesIn(value, slotIn(slot, key)));
  return idOf(node) === undefined ? [] : [[slot, node]];
}

/** A resource of a region, an ARN, a zone. */
const regional = /^(?:[a-z]{1,8}-[0-9a-f]{8,17}|arn:.*|.*\b[a-z]{2}-[a-z]+-\d[a-f]?\b.*)$/i;

/** Slots of other values than ids that all rows have, and the same in each. */
function sharedValues(text: string, rows: readonly RegionRow[]): ReadonlySet<string> {
  const values = new Map<string, { value: string; count: number; isOne: boolean }>();
  const visit = (node: CodeNode, slot: string): void => {
    if (node.kind === 'map') {
      for (const { key, value } of node.entries) visit(value, slotIn(slot, key));
      return;
    }
    const value = text.slice(node.span.start, node.span.end);
    const known = values.get(slot);
    if (known) {
      known.isOne &&= known.value === value;
      known.count += 1;
    } else values.set(slot, { value, count: 1, isOne: isPortable(node) });
  };
  for (const { entry, form } of rows) visit(entry.value, form);
  const counts = new Map<string, number>();
  for (const { form } of rows) counts.set(form, (counts.get(form) ?? 0) + 1);
  return new Set(
    Array.from(values, ([slot, { count, isOne }]) => ({ slot, isShared: isOne && count === counts.get(formOf(slot)) }))
      .filter(({ isShared }) => isShared)
      .map(({ slot }) => slot),
  );
}

function isPortable(node: CodeNode): boolean {
  if (node.kind !== 'text') return node.kind === 'name';
  return idOf(node) === undefined && !regional.test(node.value) && regionNamed(node.value) === undefined;
}

function formOf(slot: string): string {
  return slot.split('/')[0] ?? slot;
}
