import type { CatalogAnswer, CatalogQuery, CatalogRequests, CatalogRow } from '../../src/protocol/catalog.ts';
import type { Requests } from '../../src/protocol/rpc.ts';
import { contentOf } from './savedPage.ts';

/** How many rows one request asks for. */
const pageRows = 100;

/** The most rows that are cached. */
const maxCachedRows = 3_000;

/** The question to ask the host next. */
export interface Question {
  readonly query: CatalogQuery;
  /** The catalog's version, as the host has sent it. */
  readonly version: number;
  /** The first row on screen, if the query has not changed since the last answer. */
  readonly start: number;
}

/** Whether an answer is to the same query as the one before, to that with another sort order, or to another query. */
export type AnswerKind = 'same' | 'sorted' | 'other';

export interface AnswersParts {
  readonly requests: Requests<CatalogRequests>;
  readonly question: () => Question;
  /** `before`: the rows of the previous answer. `isLast`: no other question is waiting. */
  readonly answered: (kind: AnswerKind, before: ReadonlyMap<number, CatalogRow>, isLast: boolean) => void;
  readonly rowsCame: () => void;
  readonly failed: (error: unknown) => void;
}

/** Asks the host one question at a time, and caches its answer and rows. Only the newest question waits. */
export class CatalogAnswers {
  readonly #parts: AnswersParts;
  #answer: CatalogAnswer | undefined;
  #rows = new Map<number, CatalogRow>();
  #asking = false;
  #askAgain = false;
  /** The query of the answer as JSON: whole, and without the sort order. */
  #query = '';
  #queryContent = '';
  /** Grows with `forget`: answers to questions from before are dropped. */
  #epoch = 0;
  #version = -1;

  constructor(parts: AnswersParts) {
    this.#parts = parts;
  }

  get answer(): CatalogAnswer | undefined {
    return this.#answer;
  }

  /** Rows by their place among the matches, as far as they are loaded. */
  get rows(): ReadonlyMap<number, CatalogRow> {
    return this.#rows;
  }

  get total(): number {
    return this.#answer?.matches ?? 0;
  }

  /** The catalog's version that the answer is about. */
  get version(): number {
    return this.#version;
  }

  get isAsking(): boolean {
    return this.#asking;
  }

  /** Whether the answer is to this query. */
  isTo(query: CatalogQuery): boolean {
    return JSON.stringify(query) === this.#query;
  }

  /** Whether the answer is to this query apart from the sort order. */
  isAbout(query: CatalogQuery): boolean {
    return contentOf(query) === this.#queryContent;
  }

  /** Drops the answer: the catalog of another region, account or endpoint is shown. */
  forget(): void {
    this.#answer = undefined;
    this.#rows = new Map();
    this.#epoch += 1;
    this.#query = '';
    this.#queryContent = '';
    this.#version = -1;
  }

  async ask(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    do {
      this.#askAgain = false;
      try {
        await this.#askOnce();
      } catch (error) {
        this.#parts.failed(error);
      }
    } while (this.#askAgain);
    this.#asking = false;
  }

  async #askOnce(): Promise<void> {
    const epoch = this.#epoch;
    const { query, version, start: onScreen } = this.#parts.question();
    const kind: AnswerKind = this.isTo(query) ? 'same' : this.isAbout(query) ? 'sorted' : 'other';
    const start = kind === 'same' ? onScreen : 0;
    const answer = await this.#parts.requests.send('query', { query, start, count: pageRows });
    if (epoch !== this.#epoch) return;
    // The answer is shown even if another question waits already: the user sees progress while typing.
    const before = this.#rows;
    this.#query = JSON.stringify(query);
    this.#queryContent = contentOf(query);
    this.#version = version;
    this.#answer = answer;
    this.#rows = new Map(answer.rows.map((row, index) => [start + index, row]));
    this.#parts.answered(kind, before, !this.#askAgain);
  }

  /** Loads rows from a place on. */
  async load(start: number): Promise<void> {
    const rows = await this.rowsFrom(start, pageRows);
    if (!rows || rows.length === 0) return;
    if (this.#rows.size > maxCachedRows) this.#rows.clear();
    for (const [index, row] of rows.entries()) this.#rows.set(start + index, row);
    this.#parts.rowsCame();
  }

  /** Undefined if there is another answer by then, or the request fails. */
  async rowsFrom(start: number, count: number): Promise<readonly CatalogRow[] | undefined> {
    const answer = this.#answer;
    try {
      const { rows } = await this.#parts.requests.send('rows', { start, count });
      return answer === this.#answer ? rows : undefined;
    } catch (error) {
      this.#parts.failed(error);
      return undefined;
    }
  }
}
