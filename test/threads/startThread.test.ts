import { expect, it } from 'vitest';
import { startThread } from '../../src/threads/startThread.ts';

interface Sums {
  add(params: { readonly a: number; readonly b: number }): number;
}

const start = (program: string) => {
  const file = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  let end = (_reason: string) => {};
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const thread = startThread<Sums, Record<never, never>, Record<never, never>>(file, {}, {}, {}, (reason) =>
    end(reason),
  );
  return { thread, ended };
};

it.each([
  ['that ends', '', 'The thread has ended.'],
  ['that fails', 'throw new Error("no memory")', 'no memory'],
])('lets nobody wait for a thread %s, be it asked before or after', async (_, program, reason) => {
  const { thread, ended } = start(program);
  const before = thread.requests.send('add', { a: 1, b: 2 });
  await expect(before).rejects.toThrow(reason);
  expect(await ended).toBe(reason);
  await expect(thread.requests.send('add', { a: 1, b: 2 })).rejects.toThrow(reason);
});

it('lets nobody wait for a thread that is being ended', async () => {
  const { thread } = start('setInterval(() => {}, 1000)');
  const end = thread.worker.terminate();
  await expect(thread.requests.send('add', { a: 1, b: 2 })).rejects.toThrow('The thread has ended.');
  await end;
});
