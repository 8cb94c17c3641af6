import { describe, expect, it, vi } from 'vitest';
import { type ListingSource, TreeListings } from '../../src/images/treeListings.ts';

interface Item {
  readonly id: string;
}

const row = { id: 'row' };
const readAhead = { items: 100, pages: Number.POSITIVE_INFINITY };

/** A question whose answers the test gives, and that records how it was asked. */
function aQuestion(key = 'owned', region = 'us-east-1') {
  const asked: { fresh: boolean; signal: AbortSignal; answer: (ids: readonly string[] | Error) => void }[] = [];
  const question: ListingSource<Item> = {
    region,
    key,
    readAhead,
    ask: async function* (signal, fresh) {
      const ids = await new Promise<readonly string[]>((resolve, reject) => {
        asked.push({ fresh, signal, answer: (given) => (given instanceof Error ? reject(given) : resolve(given)) });
      });
      yield ids.map((id) => ({ id }));
    },
  };
  return { question, asked, answer: (...ids: readonly string[]) => asked.at(-1)?.answer(ids) };
}

function open() {
  const changed = vi.fn();
  const loadingChanged = vi.fn();
  return { listings: new TreeListings<Item, Item>(changed, loadingChanged), changed, loadingChanged };
}

const asked = (question: { readonly asked: readonly unknown[] }, times: number) =>
  vi.waitFor(() => expect(question.asked).toHaveLength(times));

describe('the listings that a tree shows', () => {
  it('asks once for all the rows that show an answer, and tells them of it', async () => {
    const { listings, changed } = open();
    const owned = aQuestion();
    const list = listings.of(owned.question);
    expect(list.listing).toBeUndefined();
    const other = { id: 'other' };
    const reads = [list.read(row), listings.of(aQuestion().question).read(other)];
    await asked(owned, 1);
    expect(listings.loading).toBe(true);
    owned.answer('a', 'b');
    for (const listing of await Promise.all(reads)) {
      expect(listing?.items.map(({ id }) => id)).toEqual(['a', 'b']);
    }
    expect(changed.mock.calls).toEqual(expect.arrayContaining([[row], [other]]));
    expect(list.complete).toBe(true);
    expect(listings.loading).toBe(false);
    await list.read(row);
    expect(owned.asked).toHaveLength(1);
  });

  it('answers nothing to a row of an account that has gone meanwhile, and asks nothing for its sake', async () => {
    const { listings, changed, loadingChanged } = open();
    const owned = aQuestion();
    const read = listings.of(owned.question).read(row);
    await asked(owned, 1);
    listings.close();
    loadingChanged.mockClear();
    expect(owned.asked[0]?.signal.aborted).toBe(true);
    owned.answer('of the old account');
    expect(await read).toBeUndefined();
    expect(await listings.of(owned.question).read(row)).toBeUndefined();
    listings.upsert(owned.question, { id: 'late' });
    expect(listings.of(owned.question).listing).toBeUndefined();
    expect(owned.asked).toHaveLength(1);
    expect(changed).not.toHaveBeenCalled();
    expect(loadingChanged).not.toHaveBeenCalled();
  });

  it.each(['refresh', 'clear'] as const)('asks again what is asked for again while a row waits: %s', async (how) => {
    const { listings } = open();
    const owned = aQuestion();
    const list = listings.of(owned.question);
    const read = list.read(row);
    await asked(owned, 1);
    how === 'refresh' ? list.refresh() : listings.clear();
    owned.answer('old');
    await asked(owned, 2);
    owned.answer('new');
    expect((await read)?.items).toEqual([{ id: 'new' }]);
    // Only a refresh takes nothing from the catalog.
    expect(owned.asked.map(({ fresh }) => fresh)).toEqual([false, how === 'refresh']);
  });

  it('refreshes one region, and leaves the others', async () => {
    const { listings } = open();
    const here = aQuestion('here/owned', 'us-east-1');
    const there = aQuestion('there/owned', 'eu-west-1');
    const reads = [here, there].map(({ question }) => listings.of(question).read(row));
    for (const question of [here, there]) {
      await asked(question, 1);
      question.answer('a');
    }
    await Promise.all(reads);
    for (const list of listings.inRegion('us-east-1')) {
      list.refresh();
    }
    expect(listings.of(here.question).listing).toBeUndefined();
    expect(listings.of(there.question).listing?.items).toHaveLength(1);
  });

  it('tries again what failed, and only that', async () => {
    const { listings } = open();
    const broken = aQuestion();
    const list = listings.of(broken.question);
    const read = list.read(row);
    await asked(broken, 1);
    broken.asked[0]?.answer(new Error('It broke.'));
    expect(await read).toMatchObject({ error: new Error('It broke.') });
    expect(list.complete).toBe(false);
    // Drawing the row again does not try again.
    await list.read(row);
    expect(broken.asked).toHaveLength(1);
    list.retry();
    await asked(broken, 2);
    broken.answer('a');
    expect(await list.read(row)).toMatchObject({ items: [{ id: 'a' }], error: undefined });
    list.retry();
    expect(broken.asked).toHaveLength(2);
  });

  it('reads ahead, and as much again when it is asked for more', async () => {
    const { listings } = open();
    const pages: ListingSource<Item> = {
      region: 'us-east-1',
      key: 'pages',
      readAhead: { items: 2, pages: 3 },
      ask: async function* () {
        for (const id of ['a', 'b', 'c', 'd', 'e']) {
          yield [{ id }];
        }
      },
    };
    const list = listings.of(pages);
    const read = async () => (await list.read(row))?.items.length;
    expect(await read()).toBe(2);
    expect(await read()).toBe(2);
    list.more();
    expect(await read()).toBe(4);
    expect(list.complete).toBe(false);
    list.more();
    expect(await read()).toBe(5);
    expect(list.complete).toBe(true);
  });

  it('shows an item put in at once, and asks for the others all the same', async () => {
    const { listings } = open();
    const owned = aQuestion();
    listings.upsert(owned.question, { id: 'new' });
    const read = listings.of(owned.question).read(row);
    await asked(owned, 1);
    owned.answer('old');
    expect((await read)?.items.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('replaces an item wherever a region lists it, and takes it out', async () => {
    const { listings, changed } = open();
    const questions = [aQuestion('owned'), aQuestion('pinned'), aQuestion('elsewhere', 'eu-west-1')];
    const lists = await Promise.all(
      questions.map(async (one) => {
        const read = listings.of(one.question).read({ id: one.question.key });
        await asked(one, 1);
        one.answer('a', 'b');
        return read;
      }),
    );
    changed.mockClear();
    const newer = { id: 'a', name: 'newer' };
    listings.replace('us-east-1', newer);
    listings.replace('us-east-1', { id: 'c' });
    expect(lists.map((list) => list?.items[0] === newer)).toEqual([true, true, false]);
    expect(changed.mock.calls).toEqual([[{ id: 'owned' }], [{ id: 'pinned' }]]);
    listings.remove('us-east-1', 'a');
    expect(lists.map((list) => list?.items.map(({ id }) => id).join())).toEqual(['b', 'b', 'a,b']);
    expect([listings.has('us-east-1', 'a'), listings.has('eu-west-1', 'a')]).toEqual([false, true]);
  });
});
