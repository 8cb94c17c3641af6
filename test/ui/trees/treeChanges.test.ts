import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TreeChanges } from '../../../src/ui/trees/treeChanges.ts';

const node = { id: 'us-east-1/owned' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An editor that, like VS Code, draws an answer for so long (ms) and drops the changes that are fired meanwhile. */
function openEditor(drawing: number) {
  let content = 0;
  let isBusy = false;
  let shown: number | undefined;
  let told = 0;
  const changes = new TreeChanges<{ readonly id: string; readonly content?: number }>(() => {
    told += 1;
    if (!isBusy) {
      void ask();
    }
  });
  const ask = async (answerIn = 50) => {
    isBusy = true;
    const answer = await changes.answer(node, async () => {
      const now = content;
      await new Promise((resolve) => setTimeout(resolve, answerIn));
      return [{ id: `${node.id}/row`, content: now }];
    });
    setTimeout(() => {
      shown = answer[0]?.content;
      isBusy = false;
    }, drawing);
  };
  return {
    changes,
    ask,
    collapse: () => {
      isBusy = true;
    },
    change: () => {
      content += 1;
      changes.fire(node);
    },
    shown: () => shown,
    told: () => told,
    content: () => content,
  };
}

describe('a change of a tree', () => {
  it('is told of the node that the editor was answered last, whichever of the same id has changed', async () => {
    const told: unknown[] = [];
    const changes = new TreeChanges<typeof node>((changed) => told.push(changed));
    const asked = (parent: typeof node | undefined, ...children: (typeof node)[]) =>
      changes.answer(parent, async () => children);
    const region = { id: 'us-east-1' };
    const [first, drawn] = [{ ...node }, { ...node }];
    await asked(undefined, region);
    await asked(region, first);
    await asked({ ...region }, drawn);
    for (const sameId of [first, drawn, { ...node }]) {
      changes.fire(sameId);
    }
    expect(told).toHaveLength(3);
    expect(told.every((changed) => changed === drawn)).toBe(true);
    // A change is fired again once the children are drawn, with the node that the editor has by then.
    await asked(drawn, { id: 'row' });
    changes.fire({ ...node });
    const again = { ...node };
    await asked(region, again);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told[3]).toBe(again);
    // Asked twice at once, the editor draws the answer to the later question, whichever comes first.
    let answerLate = () => {};
    const late = changes.answer(
      region,
      () =>
        new Promise((resolve) => {
          answerLate = () => resolve([{ ...node }]);
        }),
    );
    const later = { ...node };
    await asked(region, later);
    answerLate();
    await late;
    changes.fire({ ...node });
    expect(told.at(-1)).toBe(later);
    // The editor asks for the first nodes again when it has dropped all of them.
    await asked(undefined, region);
    const made = { ...node };
    changes.fire(made);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told.at(-1)).toBe(made);
    changes.dispose();
  });

  it.each([0, 150, 500, 3_000])(
    'is seen in the end, whenever it comes, by an editor that draws for %i ms',
    async (drawing) => {
      for (let at = 0; at < drawing + 600; at += 97) {
        const editor = openEditor(drawing);
        void editor.ask();
        await vi.advanceTimersByTimeAsync(at);
        editor.change();
        await vi.advanceTimersByTimeAsync(20_000);
        expect(editor.shown(), `changed after ${at} ms`).toBe(1);
      }
    },
  );

  it('is told at once to an editor that has nothing else to do, and once', async () => {
    const editor = openEditor(10);
    void editor.ask();
    await vi.advanceTimersByTimeAsync(1_000);
    editor.change();
    expect(editor.told()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(editor.told()).toBe(1);
    expect(editor.shown()).toBe(1);
  });

  it('of a node whose children nobody has asked for is told once: its row is all that there is', async () => {
    const editor = openEditor(10);
    editor.collapse();
    editor.change();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(editor.told()).toBe(1);
  });

  it('is not told for ever where the node is collapsed, and not at all once the tree is disposed of', async () => {
    const editor = openEditor(10);
    void editor.ask();
    await vi.advanceTimersByTimeAsync(1_000);
    editor.collapse();
    editor.change();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(editor.told()).toBe(5);
    editor.change();
    editor.changes.dispose();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(editor.told()).toBe(6);
  });
});
