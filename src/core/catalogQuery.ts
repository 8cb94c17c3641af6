/** The fields that a query can name, each with the words that stand for it. */
export const queryFields = {
  name: ['name'],
  id: ['id', 'ami'],
  owner: ['owner', 'publisher'],
  family: ['family'],
  architecture: ['arch', 'architecture'],
  platform: ['platform', 'os'],
  rootDeviceType: ['root'],
  virtualizationType: ['virt', 'virtualization'],
  bootMode: ['boot'],
  before: ['before'],
  after: ['after'],
} as const;

export type QueryField = keyof typeof queryFields;

/** The fields whose values are texts; `before` and `after` take dates. */
export type TextQueryField = Exclude<QueryField, 'before' | 'after'>;

/** One condition; all of a query's conditions must hold. `text` is in lower case and never empty. */
export type QueryTerm =
  | { readonly kind: 'word'; readonly text: string; readonly excluded: boolean }
  | { readonly kind: 'field'; readonly field: TextQueryField; readonly text: string; readonly excluded: boolean }
  /** Created before (or from) this moment: milliseconds since 1970. */
  | { readonly kind: 'before' | 'after'; readonly time: number; readonly excluded: boolean };

export type QueryProblemKind = 'unknown-field' | 'value-missing' | 'not-a-date';

/** A part of the text that is not understood, by its offsets (UTF-16 code units). */
export interface ParsedProblem {
  readonly kind: QueryProblemKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ParsedQuery {
  readonly terms: readonly QueryTerm[];
  readonly problems: readonly ParsedProblem[];
}

/** Longer than any name: the rest is cut off. */
const maxLength = 1_000;

const fieldOfWord: ReadonlyMap<string, QueryField> = new Map(
  (Object.entries(queryFields) as [QueryField, readonly string[]][]).flatMap(([field, words]) =>
    words.map((word): [string, QueryField] => [word, field]),
  ),
);

/**
 * Reads what a user has typed: words in any order, `-word` to exclude a word, `field:value`, and quotes around blanks.
 * An unknown field is searched for as plain text and reported as a problem.
 */
export function parseQuery(text: string): ParsedQuery {
  const terms: QueryTerm[] = [];
  const problems: ParsedProblem[] = [];
  for (const token of tokens(text.slice(0, maxLength))) {
    const excluded = token.text.startsWith('-') && token.text.length > 1;
    const body = excluded ? token.text.slice(1) : token.text;
    const { field, value } = splitField(body);
    const problem = (kind: QueryProblemKind) =>
      problems.push({ kind, start: token.start, end: token.end, text: token.text });
    if (field === undefined) {
      if (/^[a-z]{2,}:[^/:]/i.test(body)) {
        problem('unknown-field');
      }
      const word = unquoted(body).toLowerCase();
      if (word !== '' && word !== '-') {
        terms.push({ kind: 'word', text: word, excluded });
      }
    } else if (value === '') {
      problem('value-missing');
    } else if (field === 'before' || field === 'after') {
      const time = startOf(value);
      if (time === undefined) {
        problem('not-a-date');
      } else {
        terms.push({ kind: field, time, excluded });
      }
    } else {
      terms.push({ kind: 'field', field, text: value.toLowerCase(), excluded });
    }
  }
  return { terms, problems };
}

/** The field and the value at the cursor, for suggestions. The offsets span the text that a suggestion replaces. */
export interface QueryCursor {
  readonly start: number;
  readonly end: number;
  readonly excluded: boolean;
  /** Undefined while no field is named. */
  readonly field: QueryField | undefined;
  /** In lower case, without quotes. */
  readonly typed: string;
}

export function queryAt(text: string, cursor: number): QueryCursor {
  const token = tokens(text).find(({ start, end }) => start <= cursor && cursor <= end);
  const whole = token ? text.slice(token.start, cursor) : '';
  const excluded = whole.startsWith('-');
  const { field, value } = splitField(excluded ? whole.slice(1) : whole);
  return {
    start: token?.start ?? cursor,
    // A suggested field name is put before the text that follows the cursor.
    end: field === undefined ? cursor : (token?.end ?? cursor),
    excluded,
    field,
    typed: unquoted(field === undefined ? (excluded ? whole.slice(1) : whole) : value).toLowerCase(),
  };
}

/** A field and its value as the user would type them. */
export function fieldText(field: QueryField, value: string, excluded = false): string {
  const quoted = /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
  return `${excluded ? '-' : ''}${queryFields[field][0]}:${quoted}`;
}

/**
 * The first moment (milliseconds since 1970, UTC) of a year, a month or a day: `2026`, `2026-11`, `2026-11-02`.
 * Undefined for everything else.
 */
function startOf(text: string): number | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined;
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Pieces separated by blanks; a blank between quotes does not separate. */
function tokens(text: string): readonly Token[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}

function splitField(text: string): { readonly field: QueryField | undefined; readonly value: string } {
  const colon = text.indexOf(':');
  const field = colon > 0 ? fieldOfWord.get(text.slice(0, colon).toLowerCase()) : undefined;
  return { field, value: field === undefined ? '' : unquoted(text.slice(colon + 1)) };
}

function unquoted(text: string): string {
  return text.replaceAll('"', '').trim();
}
