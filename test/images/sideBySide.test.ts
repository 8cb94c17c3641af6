import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../src/images/sideBySide.ts';

const never = new Promise<never>(() => {});

async function* of(...pages: readonly (string | Error | Promise<never>)[]): AsyncIterable<string> {
  for (const page of pages) {
    if (page instanceof Error) {
      throw page;
    }
    yield await page;
  }
}

/** The pages that have arrived, and the error at their end. */
async function all(
  pages: AsyncIterable<string>,
): Promise<{ readonly came: readonly string[]; readonly error?: unknown }> {
  const came: string[] = [];
  try {
    for await (const page of pages) {
      came.push(page);
    }
    return { came };
  } catch (error) {
    return { came, error };
  }
}

describe('questions side by side', () => {
  it('bring all their pages', async () => {
    expect((await all(sideBySide([of('a', 'b'), of(), of('c')]))).came.toSorted()).toEqual(['a', 'b', 'c']);
    expect(await all(sideBySide([]))).toEqual({ came: [] });
  });

  it('bring what there is of one that fails and all of the others, then the failure', async () => {
    const failure = new Error('no answer');
    const { came, error } = await all(sideBySide([of('a', failure), of('b', 'c', 'd')]));
    expect(came.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(error).toBe(failure);
  });

  it('do not wait for each other, and can be left while one of them waits', async () => {
    const came: string[] = [];
    for await (const page of sideBySide([of('a', never), of('b', 'c')])) {
      came.push(page);
      if (came.length === 3) {
        break;
      }
    }
    expect(came.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('are asked no more than so many at once, be it that some of them fail', async () => {
    let asked = 0;
    let most = 0;
    async function* counted(page: string | Error): AsyncIterable<string> {
      asked += 1;
      most = Math.max(most, asked);
      try {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield* of(page);
      } finally {
        asked -= 1;
      }
    }
    const failure = new Error('no answer');
    const pages = ['a', failure, 'b', failure, 'c', 'd', 'e'];
    const { came, error } = await all(sideBySide(pages.map(counted), 2));
    expect(came.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(error).toBe(failure);
    expect(most).toBe(2);
  });
});
