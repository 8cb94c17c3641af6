import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TickEchoes } from '../../../src/ui/shared/tickEchoes.ts';

const keys = (text: string) => new Set(text);

/** Which of the reports are the editor's own. */
async function echoes(changes: readonly (readonly [string, string])[], reports: readonly string[], inOneTurn = false) {
  const ticks = new TickEchoes();
  for (const [before, after] of changes) {
    ticks.replacing(keys(before), keys(after));
    if (!inOneTurn) await sleep(5);
  }
  await sleep(5);
  return reports.filter((report) => ticks.takes(keys(report)));
}

describe('the reports of ticks', () => {
  it('that are gone for a moment and come again are the editor\u2019s own', async () => {
    expect(await echoes([['ab', 'ab']], ['', 'ab'])).toEqual(['', 'ab']);
  });

  it('are the user\u2019s where they differ, and where they come once more', async () => {
    expect(await echoes([['ab', 'ab']], ['', 'ab', 'a', '', 'ab'])).toEqual(['', 'ab']);
    expect(await echoes([], ['', 'a'])).toEqual([]);
  });

  it('are none where nothing was ticked before, or nothing is ticked then', async () => {
    expect(await echoes([['', 'a']], ['a', ''])).toEqual(['a']);
    expect(await echoes([['a', '']], ['', ''])).toEqual(['']);
  });

  it('of two changes are told from those of a user who is quicker', async () => {
    // Ticked a, then b before the editor has shown what came of a.
    expect(
      await echoes(
        [
          ['a', 'a'],
          ['ab', 'ab'],
        ],
        ['', 'a', '', 'ab'],
      ),
    ).toEqual(['', 'a', '', 'ab']);
  });

  it('of two changes in one turn are those of one', async () => {
    expect(
      await echoes(
        [
          ['a', 'ab'],
          ['ab', 'abc'],
        ],
        ['', 'abc', 'ab'],
        true,
      ),
    ).toEqual(['', 'abc']);
  });
});
