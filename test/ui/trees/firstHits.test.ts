import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../../src/core/emitter.ts';
import { ImageSearch } from '../../../src/core/imageSearch.ts';
import { FirstHits } from '../../../src/ui/trees/firstHits.ts';
import type { ImageNode, ImagesNode } from '../../../src/ui/trees/nodes.ts';
import { anImage } from '../../core/anImage.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const region = { kind: 'region', id: 'us-east-1', region: 'us-east-1' } as const;
const hit: ImageNode = {
  kind: 'image',
  id: 'us-east-1/owned/image',
  image: anImage(),
  progress: undefined,
  parent: { kind: 'scope', id: 'us-east-1/owned', region: 'us-east-1', scope: 'owned', parent: region },
};

/** A view under a filter, whose tree finds what `firstHit` gives. */
function start(firstHit: () => Promise<ImageNode | undefined>, { visible = true } = {}) {
  const filterChanged = new Emitter();
  const loadingChanged = new Emitter<boolean>();
  const rowsChanged = new Emitter<ImagesNode | undefined>();
  const shown: unknown[] = [];
  const filter = { search: new ImageSearch(''), onDidChange: filterChanged.event };
  const looks = vi.fn(firstHit);
  const hits = new FirstHits(
    { visible, reveal: async (node) => void shown.push(node) },
    { firstHit: looks, onDidChangeLoading: loadingChanged.event, onDidChangeTreeData: rowsChanged.event },
    filter,
  );
  ends.push(() => hits.dispose());
  const set = (text: string) => {
    filter.search = new ImageSearch(text);
    filterChanged.fire();
  };
  return { set, looks, shown, hits, loading: loadingChanged, rows: rowsChanged };
}

describe('the first hit of a filter', () => {
  it('is shown once, without a look after it', async () => {
    const { set, shown, looks, rows, loading } = start(async () => hit);
    set('golden');
    await vi.waitUntil(() => shown.length > 0);
    rows.fire(undefined);
    loading.fire(false);
    expect(shown).toEqual([hit]);
    expect(looks).toHaveBeenCalledTimes(1);
  });

  it('is shown as soon as it is listed, while other lists are still read', async () => {
    let found: ImageNode | undefined;
    const { set, shown, rows, loading } = start(async () => found);
    loading.fire(true);
    set('golden');
    await wait(0);
    expect(shown).toEqual([]);
    found = hit;
    rows.fire(region);
    await vi.waitUntil(() => shown.length > 0);
    expect(shown).toEqual([hit]);
  });

  it('is no longer looked for once all is read', async () => {
    const { set, looks, rows, loading } = start(async () => undefined);
    loading.fire(true);
    set('nothing');
    await wait(0);
    loading.fire(false);
    await vi.waitUntil(() => looks.mock.calls.length === 2);
    await wait(0);
    rows.fire(undefined);
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('is looked for one look at a time, and leaves other work its turn where each look changes the rows', async () => {
    let open = 0;
    let most = 0;
    const { set, looks, rows, hits, loading } = start(async () => {
      open += 1;
      most = Math.max(most, open);
      rows.fire(undefined);
      rows.fire(undefined);
      await Promise.resolve();
      open -= 1;
      return undefined;
    });
    loading.fire(true);
    set('golden');
    await wait(200);
    expect(most).toBe(1);
    expect(looks.mock.calls.length).toBeLessThan(10);
    hits.dispose();
    await vi.waitUntil(() => open === 0);
  });

  it('is that of the filter in force, of a look that began under it', async () => {
    const answers: ((node: ImageNode | undefined) => void)[] = [];
    const { set, shown } = start(() => new Promise((resolve) => answers.push(resolve)));
    set('golden');
    set('silver');
    answers.shift()?.(hit);
    await vi.waitUntil(() => answers.length > 0);
    expect(shown).toEqual([]);
    answers.shift()?.(hit);
    await vi.waitUntil(() => shown.length > 0);
  });

  it('is not looked for without a filter, nor in a view out of sight', () => {
    const without = start(async () => hit);
    without.set('');
    expect(without.looks).not.toHaveBeenCalled();
    const hidden = start(async () => hit, { visible: false });
    hidden.set('golden');
    expect(hidden.looks).not.toHaveBeenCalled();
  });
});
