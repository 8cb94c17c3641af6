import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TreeChanges } from '../../../src/ui/trees/treeChanges.ts';

const node = { id: 'us-east-1/owned' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An editor that draws for so long (ms) what it was answered, and hears nothing meanwhile; as VS Code does. */
function openEditor(drawing: number) {
  let content = 0;
  let isBusy = false;
  let shown: number | undefined;
  let told = 0;
  const changes = new TreeChanges<typeof node>(() => {
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
      return now;
    });
    setTimeout(() => {
      shown = answer;
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
