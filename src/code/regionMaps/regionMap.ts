import { findImageIds } from '../imageIds.ts';
import { regionsIn } from '../regions/regionNames.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { type CodeNode, childrenOf, type EntryNode, type MapNode } from '../tree/codeTree.ts';

/** A map from regions to image ids, or to maps of ids. Plain data. */
export interface RegionMap {
  /** The names around it, the outermost first: `["variable", "amis", "default"]`. */
  readonly path: readonly string[];
  /** The map with its name. */
  readonly span: TextSpan;
  readonly map: MapNode;
  readonly rows: readonly RegionRow[];
}

/** What a map has for one region. */
export interface RegionRow {
  readonly region: string;
  /** The key with `*` in place of the region. A map may have several rows for a region: `us-east-1.docker`. */
  readonly form: string;
  readonly entry: EntryNode;
  readonly cells: readonly RegionCell[];
}

/** A value where the other rows have an id. */
export interface RegionCell {
  /** What it is one of, the same in all rows: the form of the row's key and the keys between region and id. */
  readonly slot: string;
  /** In lower case; undefined for what has the place of an id. */
  readonly id: string | undefined;
  /** Whether an id may take its place: it is one, or nothing, or a placeholder. */
  readonly isOpen: boolean;
  readonly span: TextSpan;
}

/** All maps of a text that have an id for at least one region, in their order. */
export function regionMapsIn(root: CodeNode): readonly RegionMap[] {
  const found: RegionMap[] = [];
  const visit = (node: CodeNode, path: readonly string[], holder: TextSpan): void => {
    if (node.kind === 'map') {
      const rows = rowsOf(node);
      if (rows.some(({ cells }) => cells.some(({ id }) => id !== undefined)) && areDistinct(rows)) {
        found.push({ path, span: holder, map: node, rows });
      }
    }
    for (const child of childrenOf(node)) {
      if (child.kind === 'entry') visit(child.value, [...path, ...namesOf(child)], child.span);
      else visit(child, path, node.kind === 'entry' ? node.span : child.span);
    }
  };
  visit(root, [], root.span);
  return found;
}

/** The innermost map around a part of the text. */
export function regionMapAround(maps: readonly RegionMap[], span: TextSpan): RegionMap | undefined {
  return maps.findLast((map) => contains(map.span, span));
}

/** What is there twice is chosen among by a template around it, which no edit of values can follow. */
function areDistinct(rows: readonly RegionRow[]): boolean {
  const keys = rows.flatMap(({ region, cells }) => cells.map(({ slot }) => `${region} ${slot}`));
  return new Set(keys).size === keys.length;
}

function namesOf({ key, labels }: EntryNode): readonly string[] {
  return labels.length > 0 ? [key, ...labels] : [key];
}

function rowsOf({ entries }: MapNode): readonly RegionRow[] {
  const rows = entries.flatMap((entry) => {
    const named = regionOfKey(entry);
    return named ? [{ ...named, entry, leaves: leavesOf(entry.value, named.form) }] : [];
  });
  const slots = new Set(
    rows.flatMap(({ leaves }) => leaves.filter(({ node }) => idOf(node) !== undefined).map(({ slot }) => slot)),
  );
  return rows.map(({ leaves, ...row }) => ({
    ...row,
    cells: leaves
      .filter(({ slot }) => slots.has(slot))
      .map(({ slot, node }) => ({ slot, id: idOf(node), isOpen: isOpen(node), span: node.span })),
  }));
}

/** The region that a key names, alone or with more around it. */
function regionOfKey({ key, labels }: EntryNode): { readonly region: string; readonly form: string } | undefined {
  if (labels.length > 0 || key.length > 100) return undefined;
  const [found, ...others] = regionsIn(key);
  if (!found || others.length > 0 || found.isZone) return undefined;
  const { region, span } = found;
  return { region, form: `${key.slice(0, span.start)}*${key.slice(span.end)}` };
}

interface Leaf {
  readonly slot: string;
  readonly node: CodeNode;
}

/** The slot of an entry within another slot. */
export function slotIn(slot: string, key: string): string {
  return `${slot}/${key}`;
}

function leavesOf(node: CodeNode, slot: string): readonly Leaf[] {
  if (node.kind !== 'map') return [{ slot, node }];
  return node.entries.flatMap(({ key, value, labels }) =>
    labels.length > 0 ? [] : leavesOf(value, slotIn(slot, key)),
  );
}

/** The id that a text is as a whole. */
export function idOf(node: CodeNode): string | undefined {
  if (node.kind !== 'text' || node.value.length > 60) return undefined;
  const text = node.value.trim().toLowerCase();
  const [found] = findImageIds(text);
  return found && found.value === text && !found.isMalformed && !found.isPlaceholder ? text : undefined;
}

const nothing = /^(?:null|~|none|nil|undefined)?$/i;
const placeholder =
  /^(?:ami-?[0-9a-z_.*?-]*|[x*?.#_-]+|<[^<>]*>|to-?do\b.*|fix-?me\b.*|tbd|tba|change-?me|replace[-_ ]?me|n\/a|not[-_ ]?(?:supported|available)|unknown|unsupported|empty|missing|-?\d)$/i;

/** Whether nothing is lost where an id takes a value's place. */
export function isOpen(node: CodeNode): boolean {
  switch (node.kind) {
    case 'text':
      return (!node.isTemplate && node.tag === undefined && isOpenText(node.value.trim())) || idOf(node) !== undefined;
    case 'name':
      return nothing.test(node.value);
    case 'other':
      return node.span.start === node.span.end;
    case 'map':
      return node.entries.length === 0;
    default:
      return false;
  }
}

function isOpenText(text: string): boolean {
  return nothing.test(text) || placeholder.test(text);
}
