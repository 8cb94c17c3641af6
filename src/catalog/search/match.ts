import { type ParsedQuery, parseQuery, type QueryTerm, type TextQueryField } from '../../core/catalogQuery.ts';
import { matchesWildcard } from '../../core/wildcard.ts';
import type { FamilyFilter, SearchedTexts } from '../port.ts';
import { type CodedColumn, separator } from '../segment.ts';
import type { RegionIndex } from './regionIndex.ts';
import type { TextPart } from './textPart.ts';

/**
 * Up to this many candidates are searched row by row; with more of them, the text of each segment is searched as a
 * whole.
 */
const fewCandidates = 4_000;

const columnOfField: Readonly<Partial<Record<TextQueryField, CodedColumn>>> = {
  family: 'family',
  architecture: 'architecture',
  platform: 'platform',
  rootDeviceType: 'rootDeviceType',
  virtualizationType: 'virtualizationType',
  bootMode: 'bootMode',
};

/** The rows that a query's text finds. */
export interface Match {
  readonly text: string;
  readonly parsed: ParsedQuery;
  readonly version: number;
  /** 1 for each row that is found. */
  readonly rows: Uint8Array;
  readonly count: number;
}

/** @param before an earlier match: if the new text only narrows it, its rows alone are searched */
export function matchText(index: RegionIndex, text: string, before: Match | undefined): Match {
  const parsed = parseQuery(text);
  const narrowed = before && before.version === index.version && narrows(before.parsed, parsed) ? before : undefined;
  const rows = narrowed ? narrowed.rows.slice(0, index.count) : index.alive.slice(0, index.count);
  let count = narrowed?.count ?? index.aliveCount;
  // Long words first: they leave the fewest candidates.
  const done = new Set(narrowed?.parsed.terms.map((term) => JSON.stringify(term)));
  const terms = parsed.terms.filter((term) => !done.has(JSON.stringify(term))).sort((a, b) => weight(b) - weight(a));
  for (const term of terms) {
    if (count === 0) {
      break;
    }
    count = apply(index, term, rows, count);
  }
  return { text, parsed, version: index.version, rows, count };
}

/** The rows whose texts contain all of the words, whatever the case; 1 for each. */
export function matchWords(index: RegionIndex, words: readonly string[], within: SearchedTexts): Uint8Array {
  const rows = index.alive.slice(0, index.count);
  let count = index.aliveCount;
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    count = applyWord(index, word.toLowerCase(), false, rows, count, within);
  }
  return rows;
}

function weight(term: QueryTerm): number {
  return term.kind === 'word' ? (term.excluded ? -1 : term.text.length) : 1_000;
}

/** Whether the first query finds all that the second finds. */
function narrows(first: ParsedQuery, second: ParsedQuery): boolean {
  return first.terms.every((term) =>
    second.terms.some(
      (other) =>
        JSON.stringify(other) === JSON.stringify(term) ||
        (term.kind === 'word' &&
          other.kind === 'word' &&
          !term.excluded &&
          !other.excluded &&
          other.text.includes(term.text)),
    ),
  );
}

/** Clears the rows that a term does not match; returns how many are left. */
function apply(index: RegionIndex, term: QueryTerm, rows: Uint8Array, count: number): number {
  if (term.kind === 'word') {
    return applyWord(index, term.text, term.excluded, rows, count, 'all');
  }
  return keep(rows, testOf(index, term), term.excluded);
}

/** Clears the rows that fail the test, or pass it if `excluded`; returns how many are left. */
function keep(rows: Uint8Array, test: (row: number) => boolean, excluded: boolean): number {
  let left = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (rows[row] === 1) {
      if (test(row) === excluded) {
        rows[row] = 0;
      } else {
        left += 1;
      }
    }
  }
  return left;
}

function testOf(index: RegionIndex, term: Exclude<QueryTerm, { readonly kind: 'word' }>): (row: number) => boolean {
  if (term.kind !== 'field') {
    const { kind, time } = term;
    return kind === 'before'
      ? (row) => (index.created[row] ?? Number.NaN) < time
      : (row) => (index.created[row] ?? Number.NaN) >= time;
  }
  const { field, text } = term;
  const column = columnOfField[field];
  if (column) {
    const codes = index.codes[column];
    const allowed = valuesWith(index, column, text);
    return (row) => allowed[codes[row] ?? 0] === 1;
  }
  if (field === 'owner') {
    const owners = valuesWith(index, 'ownerId', text);
    const aliases = valuesWith(index, 'ownerAlias', text);
    const publishers = publishersWith(index, text);
    const { ownerId, ownerAlias, publisher } = index.codes;
    return (row) =>
      owners[ownerId[row] ?? 0] === 1 || aliases[ownerAlias[row] ?? 0] === 1 || publishers[publisher[row] ?? 0] === 1;
  }
  return (row) => {
    const line = index.line(row);
    const nameStart = line.indexOf('\0') + 1;
    return field === 'id'
      ? line.slice(0, nameStart).includes(text)
      : line.slice(nameStart, line.indexOf('\0', nameStart)).includes(text);
  };
}

/** 1 for each value of the column that contains the text. */
function valuesWith(index: RegionIndex, column: CodedColumn, text: string): Uint8Array {
  const { values } = index.dictionaries[column];
  // What precedes the colon in a family's value is not part of its label.
  const from = (value: string) => (column === 'family' ? value.slice(value.indexOf(':') + 1) : value).toLowerCase();
  return Uint8Array.from(values, (value) => Number(value !== '' && from(value).includes(text)));
}

function publishersWith(index: RegionIndex, text: string): Uint8Array {
  return Uint8Array.from(index.publishers, (publisher) =>
    Number(publisher !== undefined && (publisher.name.toLowerCase().includes(text) || publisher.id.includes(text))),
  );
}

function applyWord(
  index: RegionIndex,
  word: string,
  excluded: boolean,
  rows: Uint8Array,
  count: number,
  within: SearchedTexts,
): number {
  const byOwner = within === 'all' ? ownerTest(index, word) : undefined;
  if (count <= fewCandidates) {
    const texts = within === 'all' ? (row: number) => index.line(row) : (row: number) => idAndName(index.line(row));
    return keep(rows, (row) => byOwner?.(row) === 1 || texts(row).includes(word), excluded);
  }
  const found = new Uint8Array(rows.length);
  if (byOwner) {
    for (let row = 0; row < rows.length; row += 1) {
      found[row] = byOwner(row);
    }
  }
  for (const part of index.parts) {
    if (part.alive) {
      findInPart(part, word, rows, found, within);
    }
  }
  let left = 0;
  const not = Number(excluded);
  for (let row = 0; row < rows.length; row += 1) {
    const kept = (rows[row] ?? 0) & ((found[row] ?? 0) ^ not);
    rows[row] = kept;
    left += kept;
  }
  return left;
}

/** Gives 1 for rows whose owner id or publisher contains the word; undefined if no owner or publisher does. */
function ownerTest(index: RegionIndex, word: string): ((row: number) => number) | undefined {
  const owners = valuesWith(index, 'ownerId', word);
  const publishers = publishersWith(index, word);
  const { ownerId, publisher } = index.codes;
  return owners.includes(1) || publishers.includes(1)
    ? (row) => (owners[ownerId[row] ?? 0] ?? 0) | (publishers[publisher[row] ?? 0] ?? 0)
    : undefined;
}

function idAndName(line: string): string {
  return line.slice(0, line.lastIndexOf(separator));
}

/**
 * Marks the candidates whose texts contain the word. Most of the time goes into starting a search: so each one starts
 * at the next candidate and runs through the rows until the word is found.
 */
function findInPart(
  { text, starts, firstRow, count }: TextPart,
  word: string,
  candidates: Uint8Array,
  found: Uint8Array,
  within: SearchedTexts,
): void {
  for (let place = 0; place < count; place += 1) {
    if (candidates[firstRow + place] === 1 && found[firstRow + place] === 0) {
      const at = text.indexOf(word, starts[place]);
      if (at < 0) {
        return;
      }
      while ((starts[place + 1] ?? Number.POSITIVE_INFINITY) <= at) {
        place += 1;
      }
      // A word that is first found in the description is not in the id or the name.
      found[firstRow + place] = Number(within === 'all' || at < descriptionStart(text, starts[place] ?? 0));
    }
  }
}

function descriptionStart(text: string, lineStart: number): number {
  return text.indexOf(separator, text.indexOf(separator, lineStart) + 1);
}

/**
 * The rows of a publisher's family, as DescribeImages finds them by owners, names and architecture. Names are compared
 * without regard to case, since the index has its texts in lower case.
 */
export function matchFamily(
  index: RegionIndex,
  { owners, namePatterns, architecture }: FamilyFilter,
  now: number,
): Uint8Array {
  const wanted = new Set(owners);
  const allowed = (column: CodedColumn) =>
    Uint8Array.from(index.dictionaries[column].values, (value) => Number(wanted.has(value)));
  const ownerIds = allowed('ownerId');
  const aliases = allowed('ownerAlias');
  const patterns = namePatterns.map((pattern) => pattern.toLowerCase());
  const architectureCode = architecture === undefined ? undefined : index.dictionaries.architecture.find(architecture);
  const { ownerId, ownerAlias, architecture: architectures } = index.codes;
  const rows = index.alive.slice(0, index.count);
  keep(
    rows,
    (row) => {
      if (ownerIds[ownerId[row] ?? 0] !== 1 && aliases[ownerAlias[row] ?? 0] !== 1) {
        return false;
      }
      if (architecture !== undefined && architectures[row] !== architectureCode) {
        return false;
      }
      if ((index.deprecated[row] ?? Number.NaN) <= now) {
        return false;
      }
      const line = index.line(row);
      const name = line.slice(line.indexOf('\0') + 1, line.lastIndexOf('\0'));
      return patterns.length === 0 || patterns.some((pattern) => matchesWildcard(pattern, name));
    },
    false,
  );
  return rows;
}
