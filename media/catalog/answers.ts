import type { CatalogAnswer, CatalogQuery, CatalogRequests, CatalogRow } from '../../src/protocol/catalog.ts';
import type { Requests } from '../../src/protocol/rpc.ts';
import { contentOf } from './kept.ts';

/** Rows that are asked for at once. */
const pageRows = 100;

/** Rows that are kept although they are not on screen. */
const keptRows = 3_000;

/** What is to be asked now. */
export interface Question {
  readonly query: CatalogQuery;
  /** Of the catalog's images, as the host has told it. */
  readonly version: number;
  /** The first row on screen, where the question is the one that was answered last. */
  readonly start: number;
}

/** How an answer relates to the one before: to the same question, to another order of the same images, to another question. */
export type AnswerKind = 'same' | 'sorted' | 'other';

export interface AnswersParts {
  readonly requests: Requests<CatalogRequests>;
  readonly question: () => Question;
  /** `before`: the rows of the answer before. `isLast`: nothing else has been asked meanwhile. */
  readonly answered: (kind: AnswerKind, before: ReadonlyMap<number, CatalogRow>, isLast: boolean) => void;
  readonly rowsCame: () => void;
  readonly failed: (error: unknown) => void;
}

/** What the host has answered: one question at a time; the newest waits for the one under way. */
export class Answers {
  readonly #parts: AnswersParts;
  #answer: CatalogAnswer | undefined;
  #rows = new Map<number, CatalogRow>();
  #asking = false;
  #askAgain = false;
  /** What the answer is to: the whole question, and without the order of the rows. */
  #asked = '';
  #askedFor = '';
  /** Grows whenever all is forgotten: what is answered then is about something else. */
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

  /** Which version of the images it is about. */
  get version(): number {
    return this.#version;
  }

  get isAsking(): boolean {
    return this.#asking;
  }

  /** Whether the answer is to this. */
  isTo(query: CatalogQuery): boolean {
    return JSON.stringify(query) === this.#asked;
  }

  /** Whether it finds the same as this would, be it in another order. */
  isAbout(query: CatalogQuery): boolean {
    return contentOf(query) === this.#askedFor;
  }

  /** Another region, account or endpoint: nothing of the one before is to be taken for its own. */
  forget(): void {
    this.#answer = undefined;
    this.#rows = new Map();
    this.#epoch += 1;
    this.#asked = '';
    this.#askedFor = '';
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
    // What has been typed since is asked for next; what was asked is shown all the same, so that something moves.
    const before = this.#rows;
    this.#asked = JSON.stringify(query);
    this.#askedFor = contentOf(query);
    this.#version = version;
    this.#answer = answer;
    this.#rows = new Map(answer.rows.map((row, index) => [start + index, row]));
    this.#parts.answered(kind, before, !this.#askAgain);
  }

  /** Takes up the rows from a place on. */
  async load(start: number): Promise<void> {
    const rows = await this.rowsFrom(start, pageRows);
    if (!rows || rows.length === 0) return;
    if (this.#rows.size > keptRows) this.#rows.clear();
    for (const [index, row] of rows.entries()) this.#rows.set(start + index, row);
    this.#parts.rowsCame();
  }

  /** Undefined where they are no longer what is asked for, or could not be had. */
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
