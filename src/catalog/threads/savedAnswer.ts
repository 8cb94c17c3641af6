import { createHash } from 'node:crypto';
import { publishers as knownPublishers, type Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { CatalogQuery } from '../../protocol/catalog.ts';
import type { SearchAnswer } from '../port.ts';
import type { CatalogStore } from '../store/store.ts';

/** Increased when the same images are to have another answer. */
const answerForm = 1;

/** A question for the first rows of a query. */
export interface FirstQuestion {
  readonly query: CatalogQuery;
  readonly count: number;
}

/** An answer in the store, which a panel shows at once while the images are read. */
export interface SavedAnswer {
  readonly basis: string;
  readonly hour: number;
  readonly question: FirstQuestion;
  readonly answer: SearchAnswer;
}

/** What an answer is made of, apart from the time: it changes with the images, and with what is known of publishers. */
export function basisOf(
  store: CatalogStore,
  region: string,
  partition: Partition,
  publishers: readonly Publisher[],
): string {
  const parts = [
    answerForm,
    store.segmentIds(region),
    store.recentDays(region),
    partition,
    publishers,
    knownPublishers,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** @param now milliseconds since 1970 */
export function hourOf(now: number): number {
  return Math.floor(now / 3_600_000);
}

/** The answer that the store has of a region, if it is right. */
export function loadAnswer(store: CatalogStore, region: string, basis: string): SavedAnswer | undefined {
  const stored = store.answer(region);
  if (stored?.basis !== basis) {
    return undefined;
  }
  const content: Pick<SavedAnswer, 'question' | 'answer'> = JSON.parse(stored.answer);
  return { ...content, basis, hour: stored.hour };
}

/** Saves an answer if that can be done at once. Without it, the next panel only takes longer to open. */
export function saveAnswer(store: CatalogStore, region: string, { basis, hour, ...content }: SavedAnswer): void {
  try {
    store.saveAnswer(region, { basis, hour, answer: JSON.stringify(content) });
  } catch {
    // A full disk, a read-only file, or another window that writes.
  }
}

export function isTo(saved: SavedAnswer, question: FirstQuestion): boolean {
  return JSON.stringify(saved.question) === JSON.stringify(question);
}

/**
 * The saved answer to a question; undefined if it is to another one, or the time has made other rows of it. Counts by
 * deprecation are left out in another hour than that of the answer.
 */
export function answerTo(saved: SavedAnswer, question: FirstQuestion, hour: number): SearchAnswer | undefined {
  if (!isTo(saved, question)) {
    return undefined;
  }
  if (saved.hour === hour) {
    return saved.answer;
  }
  return question.query.facets.deprecated?.length
    ? undefined
    : { ...saved.answer, facets: saved.answer.facets.filter(({ id }) => id !== 'deprecated') };
}
