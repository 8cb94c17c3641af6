import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../src/core/emitter.ts';
import { RowStates } from '../../../src/ui/trees/rowStates.ts';

/** The rows of a view, saved in a memory of its own. */
function start(saved: unknown = undefined) {
  const expanded = new Emitter<{ element: { id: string } }>();
  const collapsed = new Emitter<{ element: { id: string } }>();
  const memory = new Map<string, unknown>([['rows', saved]]);
  const memento = {
    keys: () => [...memory.keys()],
    get: (key: string) => memory.get(key),
    update: async (key: string, value: unknown) => void memory.set(key, value),
  };
  const state = { filtered: false };
  const view = { onDidExpandElement: expanded.event, onDidCollapseElement: collapsed.event };
  const rows = new RowStates(memento as never, 'rows', view as never, () => state.filtered);
  const open = (id: string) => expanded.fire({ element: { id } });
  const close = (id: string) => collapsed.fire({ element: { id } });
  return { rows, state, open, close, saved: () => memory.get('rows') };
}

describe('the rows of a view', () => {
  it('are known as the user left them, over a reload, the newest 300', () => {
    const { rows, open, close, saved } = start();
    open('a');
    open('b');
    close('a');
    expect([rows.isOpen('a'), rows.isOpen('b'), rows.isOpen('c')]).toEqual([false, true, undefined]);
    expect(start(saved()).rows.isOpen('b')).toBe(true);
    for (let at = 0; at < 300; at += 1) open(`row ${at}`);
    expect(rows.isOpen('a')).toBeUndefined();
    expect(saved()).toHaveLength(300);
    expect(start('spoilt').rows.isOpen('a')).toBeUndefined();
  });

  it('keep their state where a filter opens them', () => {
    const { rows, state, open, close, saved } = start();
    close('a');
    state.filtered = true;
    open('a');
    open('b');
    state.filtered = false;
    expect(rows.isOpen('a')).toBe(false);
    expect(saved()).toEqual([['a', false]]);
  });
});
