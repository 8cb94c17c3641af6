import { editBetween, edited, type TextEdit } from '../textEdit.ts';
import type { EntryNode, MapNode } from '../tree/codeTree.ts';
import { alignedAs } from './columns.ts';
import { EntriesLike, keyFor } from './entryLike.ts';
import { insertionsInto } from './insertEntries.ts';
import { idOf, isOpen, type RegionMap, type RegionRow, slotIn } from './regionMap.ts';
import { writtenKey, writtenValue } from './writtenEntry.ts';

/** The id that a region should have in a slot. */
export interface WantedId {
  readonly region: string;
  readonly slot: string;
  readonly id: string;
}

/**
 * One edit that fills and corrects the entries of a map, written as its others are. Order, comments, quotes and line ends
 * stay. Values that are not open, such as variables, are left as they are. Undefined where nothing changes.
 */
export function completedMap(text: string, map: RegionMap, wanted: readonly WantedId[]): TextEdit | undefined {
  const edits = [...filledRows(text, map, wanted), ...newRows(text, map, wanted)];
  const [start, end] = [lineStartAt(text, map.map.span.start), lineEndAt(text, map.map.span.end)];
  const before = text.slice(start, end);
  const moved = edits.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  const edit = editBetween(before, alignedAs(before, edited(before, moved)));
  return edit && { ...edit, span: { start: edit.span.start + start, end: edit.span.end + start } };
}

function filledRows(text: string, { rows }: RegionMap, wanted: readonly WantedId[]): readonly TextEdit[] {
  const like = new EntriesLike(text, rows);
  return rows.flatMap(({ region, form, entry }) => {
    const ids = new Map(wanted.filter((each) => each.region === region).map(({ slot, id }) => [slot, id]));
    const example = exampleOf(rows, form);
    return ids.size > 0 && example ? filled(text, like, { entry, example, slot: form }, ids) : [];
  });
}

/** Fills an entry, and what is in it, with what the same entry of another row has. */
function filled(
  text: string,
  like: EntriesLike,
  { entry, example, slot }: { readonly entry: EntryNode; readonly example: EntryNode; readonly slot: string },
  ids: ReadonlyMap<string, string>,
): readonly TextEdit[] {
  const { value } = entry;
  if (value.kind === 'map' && value.entries.length > 0) {
    return example.value.kind === 'map' ? filledMap(text, like, { map: value, example: example.value, slot }, ids) : [];
  }
  if (!isOpen(value)) return [];
  const id = ids.get(slot);
  if (example.value.kind !== 'map' && id !== undefined && (value.kind === 'text' || value.kind === 'name')) {
    if (idOf(value) === id) return [];
    return value.kind === 'text' && value.span.start < value.inner.start
      ? [{ span: value.inner, newText: id }]
      : [{ span: value.span, newText: like.id(slot, id) }];
  }
  const rest = like.rest(example, slot, (inner) => ids.get(inner));
  const start = writtenKey(text, entry).end;
  return rest === undefined ? [] : [{ span: { start, end: writtenValue(text, entry).end }, newText: rest }];
}

function filledMap(
  text: string,
  like: EntriesLike,
  { map, example, slot }: { readonly map: MapNode; readonly example: MapNode; readonly slot: string },
  ids: ReadonlyMap<string, string>,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const written: string[] = [];
  for (const each of example.entries) {
    const inner = slotIn(slot, each.key);
    const entry = map.entries.find(({ key }) => key === each.key);
    if (entry) edits.push(...filled(text, like, { entry, example: each, slot: inner }, ids));
    else {
      const { start, end } = writtenKey(text, each);
      const missing = like.entry(each, text.slice(start, end), inner, (at) => ids.get(at));
      if (missing !== undefined) written.push(missing);
    }
  }
  return [...edits, ...insertionsInto(text, map, { behind: map.entries.at(-1), written })];
}

/** The last of the rows with the most ids. */
function exampleOf(rows: readonly RegionRow[], form: string): EntryNode | undefined {
  const ids = ({ cells }: RegionRow) => cells.filter(({ id }) => id !== undefined).length;
  const ofForm = rows.filter((row) => row.form === form && ids(row) > 0);
  const most = Math.max(...ofForm.map(ids));
  return ofForm.findLast((row) => ids(row) === most)?.entry;
}

function newRows(text: string, { map, rows }: RegionMap, wanted: readonly WantedId[]): readonly TextEdit[] {
  const like = new EntriesLike(text, rows);
  const groups = new Map<EntryNode | undefined, { readonly region: string; readonly entry: string }[]>();
  const forms = [...new Set(rows.map(({ form }) => form))];
  const areGrouped = rows.filter(({ form }, index) => form !== rows[index - 1]?.form).length === forms.length;
  for (const form of forms) {
    const ofForm = rows.filter((row) => row.form === form);
    const example = exampleOf(rows, form);
    const regions = new Set(wanted.map(({ region }) => region));
    for (const { region } of ofForm) regions.delete(region);
    for (const region of [...regions].sort()) {
      const ids = new Map(wanted.filter((each) => each.region === region).map(({ slot, id }) => [slot, id]));
      const entry = example && like.entry(example, keyFor(text, example, region), form, (slot) => ids.get(slot));
      if (entry === undefined) continue;
      const place = placeOf(text, map, { rows: areGrouped ? ofForm : rows, mayBeSorted: areGrouped, region });
      groups.set(place, [...(groups.get(place) ?? []), { region, entry }]);
    }
  }
  return Array.from(groups, ([behind, entries]) => ({
    behind,
    written: [...entries]
      .sort((a, b) => (a.region < b.region ? -1 : a.region > b.region ? 1 : 0))
      .map((each) => each.entry),
  })).flatMap((entries) => insertionsInto(text, map, entries));
}

/** The entry that a new row follows: in the order of regions where the rows have it, else the last row. */
function placeOf(
  text: string,
  { entries }: MapNode,
  {
    rows,
    mayBeSorted,
    region,
  }: { readonly rows: readonly RegionRow[]; readonly mayBeSorted: boolean; readonly region: string },
): EntryNode | undefined {
  const [first] = rows;
  const last = rows.at(-1)?.entry;
  const isSorted = rows.every((row, index) => index === 0 || (rows[index - 1]?.region ?? '') <= row.region);
  if (!first || rows.length < 2 || !mayBeSorted || !isSorted) return last;
  const before = rows.findLast((row) => row.region < region);
  if (before) return before.entry;
  // A comment above the first row may be about that row or about the map.
  return isBelowComment(text, first.entry) ? last : entries[entries.indexOf(first.entry) - 1];
}

function isBelowComment(text: string, entry: EntryNode): boolean {
  const above = text.slice(0, lineStartAt(text, writtenKey(text, entry).start)).trimEnd();
  return /^[ \t]*(?:#|\/\/|\/?\*)/.test(above.slice(lineStartAt(above, above.length)));
}

function lineStartAt(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEndAt(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found;
}
