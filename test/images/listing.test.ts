import { describe, expect, it, vi } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { Listing } from '../../src/images/listing.ts';

interface Item {
  readonly id: string;
}

const items = (...ids: readonly string[]): readonly Item[] => ids.map((id) => ({ id }));
/** Reads ahead so many items, however many pages they take. */
const readAhead = (items: number, pages = Number.POSITIVE_INFINITY) => ({ items, pages });
const never = new Promise<never>(() => {});
const broken = new AmiError('It leads nowhere.', { kind: 'listing-broken', operation: 'DescribeImages' });

/** A listing whose attempts are answered by these pages, one list for each; an error ends an answer. */
function listingOf(...answers: readonly (readonly (readonly Item[] | Error | Promise<never>)[])[]) {
  const left = [...answers];
  const changed = vi.fn();
  const listing = new Listing<Item>(async function* () {
    for (const page of left.shift() ?? []) {
      if (page instanceof Error) {
        throw page;
      }
      yield await page;
    }
  }, changed);
  return { listing, changed, ids: () => listing.items.map(({ id }) => id) };
}

describe('a listing', () => {
  it('is complete once its end has come', async () => {
    const { listing, ids } = listingOf([items('a', 'b'), items(), items('b', 'c')]);
    listing.begin(readAhead(100));
    await listing.answer(1_000);
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(listing).toMatchObject({ complete: true, loading: false, error: undefined });
  });

  it('stops after so many pages, whatever they have brought, and goes on from there', async () => {
    const { listing, ids } = listingOf([items(), items(), items('a'), items('b'), items('c')]);
    listing.begin(readAhead(100, 2));
    await listing.answer(1_000);
    expect(listing).toMatchObject({ complete: false, loading: false, pageCount: 2 });
    listing.more(readAhead(100, 2));
    await listing.answer(1_000);
    expect(ids()).toEqual(['a', 'b']);
    expect(listing.complete).toBe(false);
  });

  it('stops where enough is there, and goes on from there', async () => {
    const { listing, ids } = listingOf([items('a', 'b'), items('c'), items('d')]);
    listing.begin(readAhead(2));
    await listing.answer(1_000);
    expect(ids()).toEqual(['a', 'b']);
    expect(listing.complete).toBe(false);
    listing.more(readAhead(100));
    await listing.answer(1_000);
    expect(ids()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps what came before it broke off, and is not complete', async () => {
    const { listing, ids } = listingOf([items('a', 'b'), broken], [items('b', 'c')]);
    listing.begin(readAhead(100));
    await listing.answer(1_000);
    expect(ids()).toEqual(['a', 'b']);
    expect(listing).toMatchObject({ complete: false, answered: true, loading: false, error: broken });
    // The next attempt drops items that no longer exist.
    listing.more(readAhead(100));
    await listing.answer(1_000);
    expect(ids()).toEqual(['b', 'c']);
    expect(listing).toMatchObject({ complete: true, error: undefined });
  });

  it('lets nobody wait who wants to draw it: for the first answer as little as for the rest', async () => {
    const silent = listingOf([never]);
    silent.listing.begin(readAhead(100));
    await silent.listing.answer(20);
    expect(silent.listing).toMatchObject({ answered: false, loading: true });
    const halting = listingOf([items('a'), never]);
    halting.listing.begin(readAhead(100));
    await halting.listing.answer(20);
    expect(halting.ids()).toEqual(['a']);
    expect(halting.listing).toMatchObject({ answered: true, loading: true, complete: false });
  });

  it('tells when it has ended, whatever the end', async () => {
    for (const answer of [[items('a')], [broken], []]) {
      const { listing, changed } = listingOf(answer);
      listing.begin(readAhead(100));
      await listing.answer(1_000);
      expect(changed).toHaveBeenCalled();
      expect(listing.answered).toBe(true);
    }
  });

  it('keeps an item that is put in, though no page has it, and has it anew where one has', async () => {
    const { listing, ids, changed } = listingOf([items('a', 'new')]);
    listing.upsert({ id: 'new' });
    listing.upsert({ id: 'newer' });
    expect(changed).toHaveBeenCalledTimes(2);
    expect(listing).toMatchObject({ answered: false, complete: false });
    listing.begin(readAhead(100));
    await listing.answer(1_000);
    expect(ids()).toEqual(['new', 'newer', 'a']);
    expect(listing.complete).toBe(true);
  });

  it('takes from pages under way nothing that has been removed or put in meanwhile', async () => {
    let answer: (items: readonly Item[]) => void = () => {};
    const page = new Promise<readonly Item[]>((resolve) => {
      answer = resolve;
    });
    const old = { id: 'changed', state: 'old' };
    const listing = new Listing<Item>(async function* () {
      yield items('removed', 'stays');
      yield await page;
    }, vi.fn());
    listing.begin(readAhead(100));
    await vi.waitFor(() => expect(listing.answered).toBe(true));
    listing.remove('removed');
    listing.upsert({ id: 'changed' });
    answer([...items('removed', 'new'), old]);
    await listing.answer(1_000);
    expect(listing).toMatchObject({ complete: true });
    expect(listing.items).toEqual(items('stays', 'changed', 'new'));
  });

  it('reads as much more as is asked for, whatever has been removed', async () => {
    const { listing, ids } = listingOf([items('a', 'b'), items('c'), items('d')]);
    listing.begin(readAhead(2));
    await listing.answer(1_000);
    listing.remove('a');
    listing.more(readAhead(1));
    await listing.answer(1_000);
    expect(ids()).toEqual(['b', 'c']);
  });

  it('asks nothing more once it is cancelled, and says that it was', async () => {
    const asked = vi.fn();
    const listing = new Listing<Item>(async function* (signal) {
      asked();
      yield items('a');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new AmiError('The connection is closed.', { kind: 'cancelled', operation: 'DescribeImages' });
    }, vi.fn());
    listing.begin(readAhead(100));
    await vi.waitFor(() => expect(listing.answered).toBe(true));
    listing.cancel();
    await listing.answer(1_000);
    expect(listing).toMatchObject({ complete: false, loading: false, error: { kind: 'cancelled' } });
    listing.more(readAhead(100));
    await listing.answer(1_000);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(listing.items).toEqual(items('a'));
  });
});
