import { type ParsedQuery, parseQuery, type QueryTerm, type TextQueryField } from '../../core/catalogQuery.ts';
import { architectureNames, publisherTexts } from '../../core/imageSearch.ts';
import type { Publisher } from '../../core/publishers.ts';
import { hasWholeWord, hasWord, isWherever, type SearchWord, toSearchWord } from '../../core/searchWord.ts';
import { matchesWildcard } from '../../core/wildcard.ts';
import type { FamilyFilter } from '../port.ts';
import { type CodedColumn, separator } from '../segment.ts';
import type { Codes } from './columns.ts';
import type { RegionIndex } from './regionIndex.ts';
import type { RowSet } from './rowSet.ts';
import type { FindRule, LinePart } from './textMemory.ts';

/** The rows that a query's text finds. */
export interface Match {
  readonly text: string;
  readonly parsed: ParsedQuery;
  readonly version: number;
  readonly rows: RowSet;
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
  let rows = narrowed?.rows ?? index.alive.copy();
  // Long words first: they leave the fewest candidates.
  const done = new Set(narrowed?.parsed.terms.map((term) => JSON.stringify(term)));
  const terms = parsed.terms.filter((term) => !done.has(JSON.stringify(term))).sort((a, b) => weight(b) - weight(a));
  for (const term of terms) {
    const found = find(index, term, rows, custom);
    rows = term.excluded ? rows.copy().remove(found) : found;
  }
  return { text, parsed, version: index.version, rows, count: rows.count() };
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

/** Those of the rows that a term finds, be it excluded or not. */
function find(index: RegionIndex, term: QueryTerm, rows: RowSet, custom: readonly Publisher[]): RowSet {
  if (term.kind === 'word') {
    const word = toSearchWord(term.text);
    const columns = wordColumns(index, word, (text) => hasWord(text, word), custom);
    const rule = word.isShortNumber ? 'shortNumber' : 'anywhere';
    return findWord(index, word.text, rule, word.isOfId ? 'line' : 'nameAndDescription', columns, rows);
  }
  if (term.kind !== 'field') {
    const { kind, time } = term;
    const { created } = index;
    return rows.filter(kind === 'before' ? (row) => created.at(row) < time : (row) => created.at(row) >= time);
  }
  const { field, text } = term;
  return field === 'id' || field === 'name'
    ? index.texts.find(rows, text, 'anywhere', field)
    : findInColumns(
        fieldColumns(index, field, (value) => value.includes(text), custom),
        rows,
      );
}

/** A column, and 1 for each of its values that is searched for. */
interface SearchedColumn {
  readonly codes: Codes;
  readonly wanted: Uint8Array;
}

/** Those of the rows that have a wanted value in one of the columns. */
function findInColumns(columns: readonly SearchedColumn[], rows: RowSet): RowSet {
  return columns
    .filter(({ wanted }) => wanted.includes(1))
    .reduce((found, { codes, wanted }) => found.join(rows.where(codes.values, wanted)), rows.none());
}

/** Those of the rows that have a word in their line or a wanted value in one of the columns. */
function findWord(
  index: RegionIndex,
  word: string,
  rule: FindRule,
  part: LinePart,
  columns: readonly SearchedColumn[],
  rows: RowSet,
): RowSet {
  const found = findInColumns(columns, rows);
  return found.join(index.texts.find(rows.copy().remove(found), word, rule, part));
}

/** The columns in which words are searched. */
function wordColumns(
  index: RegionIndex,
  word: SearchWord,
  has: (text: string) => boolean,
  custom: readonly Publisher[],
): readonly SearchedColumn[] {
  const { ownerId, publisher, family, architecture } = index.codes;
  return [
    { codes: ownerId, wanted: ownersThat(index, (text) => word.isOfId && has(text), has, custom) },
    { codes: publisher, wanted: publishersThat(index, has) },
    { codes: family, wanted: valuesThat(index, 'family', has) },
    {
      codes: architecture,
      wanted: valuesThat(index, 'architecture', (text) => architectureNames(text).some(has)),
    },
  ];
}

/** The columns in which a field's values are searched. */
function fieldColumns(
  index: RegionIndex,
  field: Exclude<TextQueryField, 'id' | 'name'>,
  has: (text: string) => boolean,
  custom: readonly Publisher[],
): readonly SearchedColumn[] {
  const { codes } = index;
  return field === 'owner'
    ? [
        { codes: codes.ownerId, wanted: ownersThat(index, has, has, custom) },
        { codes: codes.ownerAlias, wanted: valuesThat(index, 'ownerAlias', has) },
        { codes: codes.publisher, wanted: publishersThat(index, has) },
      ]
    : [{ codes: codes[field], wanted: valuesThat(index, field, has) }];
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

/** How many of the words each of the rows has whole, elsewhere than in its description; 0 for all others. */
export function wholeWords(
  index: RegionIndex,
  { parsed: { terms }, rows }: Match,
  custom: readonly Publisher[],
): Uint8Array {
  const counts = new Uint8Array(index.count);
  for (const term of terms) {
    if (term.kind === 'word' && !term.excluded) {
      const word = toSearchWord(term.text);
      const columns = wordColumns(index, word, (text) => hasWholeWord(text, word), custom);
      const found = findWord(index, word.text, 'wholeWord', word.isOfId ? 'idAndName' : 'name', columns, rows);
      for (const row of found.rows()) {
        counts[row] = (counts[row] ?? 0) + 1;
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
): RowSet {
  const wanted = new Set(owners);
  const allowed = (column: CodedColumn) =>
    Uint8Array.from(index.dictionaries[column].values, (value) => Number(wanted.has(value)));
  const ownerIds = allowed('ownerId');
  const aliases = allowed('ownerAlias');
  const patterns = namePatterns.map((pattern) => pattern.toLowerCase());
  const architectureCode = architecture === undefined ? undefined : index.dictionaries.architecture.find(architecture);
  const ownerId = index.codes.ownerId.values;
  const ownerAlias = index.codes.ownerAlias.values;
  const architectures = index.codes.architecture.values;
  return index.alive.filter((row) => {
    if (ownerIds[ownerId[row] ?? 0] !== 1 && aliases[ownerAlias[row] ?? 0] !== 1) {
      return false;
    }
    if (architecture !== undefined && architectures[row] !== architectureCode) {
      return false;
    }
    if (index.deprecated.at(row) <= now) {
      return false;
    }
    const line = index.texts.text(row);
    const name = line.slice(line.indexOf(separator) + 1, line.lastIndexOf(separator));
    return patterns.length === 0 || patterns.some((pattern) => matchesWildcard(pattern, name));
  });
}
