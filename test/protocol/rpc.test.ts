import { expect, test } from 'vitest';
import { type Handlers, listen, notify, Requests, serve } from '../../src/protocol/rpc.ts';

interface Sums {
  add(params: { readonly a: number; readonly b: number }): number;
  reset(): void;
}

interface News {
  changed(value: number): void;
}

const handlers: Handlers<Sums> = {
  add: async ({ a, b }) => a + b,
  reset: () => {
    throw new Error('locked');
  },
};

/** Both sides, with what passes between them copied as a web view's boundary does. */
function join() {
  const requests = new Requests<Sums>((message) => void answer(structuredClone(message)));
  const answer = serve<Sums>(
    handlers,
    (message) => requests.receive(structuredClone(message)),
    (error) => `Failed: ${error instanceof Error ? error.message : 'no reason'}`,
  );
  return requests;
}

test('answers each request with its own result', async () => {
  const requests = join();
  const sums = [requests.send('add', { a: 1, b: 2 }), requests.send('add', { a: 3, b: 4 })];
  expect(await Promise.all(sums)).toEqual([3, 7]);
});

test('answers a failure with its sentence', async () => {
  await expect(join().send('reset')).rejects.toThrow('Failed: locked');
});

test('rejects what is waited for when the other side ends, and what is asked for after that', async () => {
  const posted: unknown[] = [];
  const requests = new Requests<Sums>((message) => posted.push(message));
  const waiting = requests.send('add', { a: 1, b: 2 });
  requests.end('The thread has ended.');
  await expect(waiting).rejects.toThrow('The thread has ended.');
  await expect(requests.send('add', { a: 3, b: 4 })).rejects.toThrow('The thread has ended.');
  expect(posted).toHaveLength(1);
});

test('rejects what cannot be posted, and goes on', async () => {
  const cloned: { receive(message: unknown): Promise<void> } = { receive: async () => {} };
  const requests = new Requests<Sums>((message) => void cloned.receive(structuredClone(message)));
  cloned.receive = serve<Sums>(handlers, (message) => requests.receive(message), String);
  const notCloneable = { a: 1, b: 2, by: () => 3 };
  await expect(requests.send('add', notCloneable)).rejects.toThrow(/could not be cloned/);
  expect(await requests.send('add', { a: 1, b: 2 })).toBe(3);
});

test('answers a request that it does not know, be it a name that every object has', async () => {
  const answers: unknown[] = [];
  const receive = serve<Sums>(handlers, (message) => answers.push(message), String);
  for (const method of ['subtract', 'constructor', '__proto__', 'toString']) {
    await receive({ kind: 'request', id: 1, method, params: undefined });
  }
  expect(answers).toHaveLength(4);
  expect(answers.every((answer) => JSON.stringify(answer).includes('Unknown request'))).toBe(true);
});

test('leaves alone what is no message', async () => {
  const answers: unknown[] = [];
  const receive = serve<Sums>(handlers, (message) => answers.push(message), String);
  const asked = new Requests<Sums>(() => undefined);
  void asked.send('add', { a: 1, b: 2 }).then(
    () => answers.push('answered'),
    () => answers.push('failed'),
  );
  const incomplete = [{ kind: 'request' }, { kind: 'answer', id: 1 }, { kind: 'answer', id: 1, ok: false }];
  for (const other of [undefined, null, 'request', 7, {}, ...incomplete, { kind: 'answer', id: 2, ok: true }]) {
    await receive(other);
    asked.receive(other);
    listen<News>({ changed: () => void answers.push(other) })(other);
  }
  expect(answers).toEqual([]);
});

test('delivers notifications to their handler only', () => {
  const seen: number[] = [];
  const receive = listen<News>({ changed: (value) => void seen.push(value) });
  notify<News, 'changed'>(receive, 'changed', 5);
  receive({ kind: 'notification', method: 'unknown', params: 6 });
  expect(seen).toEqual([5]);
});
