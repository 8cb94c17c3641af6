import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mergedResults } from '../../src/core/mergedResults.ts';

async function* slowly(values: readonly string[], ms: number, ended: () => void = () => {}) {
  try {
    for (const value of values) {
      await delay(ms);
      if (value === 'fails') throw new Error('It fails.');
      yield value;
    }
  } finally {
    ended();
  }
}

it('yields all results of all sources', async () => {
  const found: string[] = [];
  for await (const value of mergedResults([slowly(['a', 'b'], 5), slowly([], 0), slowly(['1', '2', '3'], 1)])) {
    found.push(value);
  }
  expect(found.filter((value) => /[a-z]/.test(value))).toEqual(['a', 'b']);
  expect(found.filter((value) => /\d/.test(value))).toEqual(['1', '2', '3']);
});

it('holds no result up behind a source that is slower', async () => {
  const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<string>>(() => {}) }) };
  const results = mergedResults([silent, slowly(['a', 'b'], 1)]);
  expect([(await results.next()).value, (await results.next()).value]).toEqual(['a', 'b']);
});

it('asks a source for its next result while the last one is worked with', async () => {
  let made = 0;
  async function* counted() {
    for (;;) {
      made += 1;
      yield made;
    }
  }
  const results = mergedResults([counted()]);
  await results.next();
  await delay(1);
  expect(made).toBe(2);
});

it('fails as a source does, and ends the others', async () => {
  let ended = 0;
  const end = () => {
    ended += 1;
  };
  const results = mergedResults([slowly(['a', 'fails'], 1, end), slowly(['b', 'c', 'd', 'e'], 1, end)]);
  const all = async () => {
    for await (const _ of results);
  };
  await expect(all()).rejects.toThrow('It fails.');
  await expect.poll(() => ended).toBe(2);
});

it('ends all sources where no more is wanted', async () => {
  let ended = 0;
  const end = () => {
    ended += 1;
  };
  for await (const _ of mergedResults([slowly(['a', 'b'], 1, end), slowly(['c', 'd'], 1, end)])) break;
  await expect.poll(() => ended).toBe(2);
});
