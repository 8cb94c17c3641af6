import { type ParsedQuery, parseQuery, type QueryTerm, type TextQueryField } from '../../core/catalogQuery.ts';
import { architectureNames, publisherTexts } from '../../core/imageSearch.ts';
import type { Publisher } from '../../core/publishers.ts';
import { hasWholeWord, hasWord, isFoundAt, isWherever, type SearchWord, toSearchWord } from '../../core/searchWord.ts';
import { matchesWildcard } from '../../core/wildcard.ts';
import type { FamilyFilter } from '../port.ts';
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

/**
 * @param before earlier matches: if the new text only narrows one of them, its rows alone are searched
 * @param custom publishers of the user's settings that the index does not know
 */
export function matchText(
  index: RegionIndex,
  text: string,
  before: readonly Match[],
  custom: readonly Publisher[] = [],
): Match {
  const parsed = parseQuery(text);
  const narrowed = before
    .filter(({ version, parsed: first }) => version === index.version && narrows(first, parsed))
    .reduce<Match | undefined>((best, match) => (best && best.count <= match.count ? best : match), undefined);
  const rows = narrowed ? narrowed.rows.slice(0, index.count) : index.alive.slice(0, index.count);
  let count = narrowed?.count ?? index.aliveCount;
  // Long words first: they leave the fewest candidates.
  const done = new Set(narrowed?.parsed.terms.map((term) => JSON.stringify(term)));
  const terms = parsed.terms.filter((term) => !done.has(JSON.stringify(term))).sort((a, b) => weight(b) - weight(a));
  for (const term of terms) {
    if (count === 0) {
      break;
    }
    count = apply(index, term, rows, count, custom);
  }
  return { text, parsed, version: index.version, rows, count };
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
          isWherever(toSearchWord(term.text), toSearchWord(other.text))),
    ),
  );
}

/** Clears the rows that a term does not match; returns how many are left. */
function apply(
  index: RegionIndex,
  term: QueryTerm,
  rows: Uint8Array,
  count: number,
  custom: readonly Publisher[],
): number {
  if (term.kind === 'word') {
    const word = toSearchWord(term.text);
    const byColumn = columnTest(index, word, (text) => hasWord(text, word), custom);
    return applyWord(index, word, byColumn, term.excluded, rows, count);
  }
  return keep(rows, testOf(index, term, custom), term.excluded);
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

function testOf(
  index: RegionIndex,
  term: Exclude<QueryTerm, { readonly kind: 'word' }>,
  custom: readonly Publisher[],
): (row: number) => boolean {
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
    const allowed = valuesThat(index, column, (value) => value.includes(text));
    return (row) => allowed[codes[row] ?? 0] === 1;
  }
  if (field === 'owner') {
    const has = (value: string) => value.includes(text);
    const owners = ownersThat(index, has, has, custom);
    const aliases = valuesThat(index, 'ownerAlias', has);
    const publishers = publishersThat(index, has);
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

/** 1 for each value of the column whose searched text passes the test. */
function valuesThat(index: RegionIndex, column: CodedColumn, test: (text: string) => boolean): Uint8Array {
  return Uint8Array.from(index.dictionaries[column].searched, (text) => Number(text !== '' && test(text)));
}

/** 1 for each owner whose id passes the first test, or whose name in the user's settings passes the second. */
function ownersThat(
  index: RegionIndex,
  idTest: (text: string) => boolean,
  nameTest: (text: string) => boolean,
  custom: readonly Publisher[],
): Uint8Array {
  const named = new Set(
    custom
      .filter((publisher) => publisherTexts(publisher).some(nameTest))
      .flatMap(({ ownerIds }) => Object.values(ownerIds).flat()),
  );
  return valuesThat(index, 'ownerId', (text) => named.has(text) || idTest(text));
}

/** 1 for each publisher of whose texts one passes the test. */
function publishersThat(index: RegionIndex, test: (text: string) => boolean): Uint8Array {
  return Uint8Array.from(index.publishers, (publisher) => Number(publisherTexts(publisher).some(test)));
}

/** @param byColumn gives 1 for rows that have the word in another column than the texts of their line */
function applyWord(
  index: RegionIndex,
  word: SearchWord,
  byColumn: ((row: number) => number) | undefined,
  excluded: boolean,
  rows: Uint8Array,
  count: number,
): number {
  if (count <= fewCandidates) {
    return keep(rows, (row) => byColumn?.(row) === 1 || hasWord(searchedLine(index.line(row), word), word), excluded);
  }
  const found = new Uint8Array(rows.length);
  if (byColumn) {
    for (let row = 0; row < rows.length; row += 1) {
      found[row] = byColumn(row);
    }
  }
  for (const part of index.parts) {
    if (part.alive) {
      findInPart(part, word, rows, found);
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

/** Gives 1 for rows that have the word in one of the columns that words are searched in; undefined if no row has. */
function columnTest(
  index: RegionIndex,
  word: SearchWord,
  has: (text: string) => boolean,
  custom: readonly Publisher[],
): ((row: number) => number) | undefined {
  const owners = ownersThat(index, (text) => word.isOfId && has(text), has, custom);
  const publishers = publishersThat(index, has);
  const families = valuesThat(index, 'family', has);
  const architectures = valuesThat(index, 'architecture', (text) => architectureNames(text).some(has));
  const { ownerId, publisher, family, architecture } = index.codes;
  return [owners, publishers, families, architectures].some((values) => values.includes(1))
    ? (row) =>
        (owners[ownerId[row] ?? 0] ?? 0) |
        (publishers[publisher[row] ?? 0] ?? 0) |
        (families[family[row] ?? 0] ?? 0) |
        (architectures[architecture[row] ?? 0] ?? 0)
    : undefined;
}

function withoutDescription(line: string): string {
  return line.slice(0, line.lastIndexOf(separator));
}

/** Without the id where the word cannot be a part of one. */
function searchedLine(line: string, { isOfId }: SearchWord): string {
  return isOfId ? line : line.slice(line.indexOf(separator) + 1);
}

/**
 * Marks the candidates whose texts have the word. Most of the time goes into starting a search: so each one starts at
 * the next candidate and runs through the rows until the word is found.
 */
function findInPart(
  { text, starts, firstRow, count }: TextPart,
  word: SearchWord,
  candidates: Uint8Array,
  found: Uint8Array,
): void {
  let from = 0;
  for (let place = 0; place < count; ) {
    if (candidates[firstRow + place] !== 1 || found[firstRow + place] !== 0) {
      place += 1;
      continue;
    }
    const at = text.indexOf(word.text, Math.max(from, starts[place] ?? 0));
    if (at < 0) {
      return;
    }
    while ((starts[place + 1] ?? Number.POSITIVE_INFINITY) <= at) {
      place += 1;
    }
    if ((word.isOfId || at > text.indexOf(separator, starts[place])) && isFoundAt(text, at, word)) {
      found[firstRow + place] = 1;
      place += 1;
    } else {
      from = at + 1;
    }
  }
}

/** How many of the words each of the rows has whole, elsewhere than in its description; 0 for all others. */
export function wholeWords(
  index: RegionIndex,
  { parsed: { terms }, rows }: Match,
  custom: readonly Publisher[],
): Uint8Array {
  const counts = new Uint8Array(rows.length);
  for (const term of terms) {
    if (term.kind !== 'word' || term.excluded) {
      continue;
    }
    const word = toSearchWord(term.text);
    const has = (text: string) => hasWholeWord(text, word);
    const byColumn = columnTest(index, word, has, custom);
    for (let row = 0; row < rows.length; row += 1) {
      if (rows[row] === 1) {
        counts[row] =
          (counts[row] ?? 0) +
          (byColumn?.(row) || Number(has(withoutDescription(searchedLine(index.line(row), word)))));
      }
    }
  }
  return counts;
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
