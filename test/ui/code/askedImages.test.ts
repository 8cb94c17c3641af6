import { beforeEach, describe, expect, it } from 'vitest';
import type { IdReference } from '../../../src/code/reference.ts';
import { AskedImages, type Wanted } from '../../../src/ui/code/askedImages.ts';
import { idReference, parameterReference } from '../../hints/references.ts';

const wanted = (from: number, to: number): readonly Wanted[] =>
  Array.from({ length: to - from }, (_, index) => {
    const id = `ami-${(from + index).toString(16).padStart(17, '0')}`;
    return [id, idReference(id)];
  });

let now: number;
let abort: AbortController;
/** How many ids each question was for. */
let questions: number[];
let known: Set<string>;
/** What each question waits for. */
let answer: (ids: readonly IdReference[]) => Promise<void>;
let images: AskedImages;
beforeEach(() => {
  now = Date.UTC(2026, 2);
  abort = new AbortController();
  questions = [];
  known = new Set();
  answer = async (ids) => {
    for (const { value } of ids) known.add(value);
  };
  images = new AskedImages({
    referenced: {
      isResolved: ({ value }) => known.has(value),
      resolve: async (ids) => {
        questions.push(ids.length);
        await answer(ids);
        return [];
      },
    },
    parameters: { isResolved: () => true, resolve: async () => [] },
    signal: abort.signal,
    now: () => now,
  });
});

const ask = (some: readonly Wanted[]) => images.ask(some, () => {});

describe('what open documents ask for', () => {
  it('is asked a part at a time, and not again once it is known', async () => {
    await ask([...wanted(0, 900), ['x', parameterReference('/aws/service/x')]]);
    expect(questions).toEqual([400, 400, 100]);
    await ask(wanted(0, 900));
    expect(questions).toHaveLength(3);
  });

  it('is left alone for a while where there is no answer, unless it is to be forgotten', async () => {
    answer = async () => {};
    await ask(wanted(0, 3));
    now += 4_999;
    await ask(wanted(0, 4));
    expect(questions).toEqual([3, 1]);
    now += 1;
    await ask(wanted(0, 4));
    expect(questions).toEqual([3, 1, 3]);
    images.forget();
    await ask(wanted(0, 4));
    expect(questions).toEqual([3, 1, 3, 4]);
  });

  it('stops where the connection is no longer in force', async () => {
    answer = async () => abort.abort();
    await ask(wanted(0, 900));
    expect(questions).toEqual([400]);
  });

  it('counts as asked from when it is asked', async () => {
    let resolve = () => {};
    const answered = new Promise<void>((done) => {
      resolve = done;
    });
    answer = () => answered;
    const asking = ask(wanted(0, 900));
    const other = ask(wanted(500, 501));
    expect(questions).toEqual([400, 1]);
    resolve();
    await Promise.all([asking, other]);
    // Nothing is asked twice.
    expect(questions).toEqual([400, 1, 400, 99]);
  });
});
