import { expect, test } from 'vitest';
import { AmiError } from '../../../src/core/errors.ts';
import type { ImageRef } from '../../../src/core/imageRef.ts';
import type { DetailsState, ImageDetailsModel } from '../../../src/protocol/details.ts';
import { DetailsStore } from '../../../src/ui/panels/detailsStore.ts';
import { aModel, anImage } from '../../media/states.ts';

const first = { region: 'us-east-1', id: 'ami-0123456789abcdef0', name: 'first' };
const second = { region: 'us-east-1', id: 'ami-0fedcba9876543210', name: 'second' };

interface Question {
  readonly ref: ImageRef;
  readonly signal: AbortSignal;
  answer(model: ImageDetailsModel): void;
  fail(error: unknown): void;
}

/** A store whose questions the test answers when it likes. */
function aStore(preview = true) {
  const questions: Question[] = [];
  const states: DetailsState[] = [];
  const store = new DetailsStore(
    first,
    preview,
    {
      load: (ref, signal) =>
        new Promise((resolve, reject) => questions.push({ ref, signal, answer: resolve, fail: reject })),
      describeError: (error) => ({
        message: error instanceof Error ? error.message : String(error),
        actions: [{ title: 'Show Log', command: 'amiExplorer.showLog' }],
      }),
    },
    (state) => states.push(state),
  );
  const question = (index: number) => {
    const found = questions[index];
    if (!found) throw new Error(`There is no question ${index}`);
    return found;
  };
  return { store, states, question, count: () => questions.length };
}

const named = (name: string) => aModel({ image: anImage({ name }) });

test('asks for the image and shows the answer', async () => {
  const { store, states, question } = aStore();
  expect(store.needsAnswer).toBe(true);
  const asked = store.ask();
  expect(store.needsAnswer).toBe(false);
  expect(question(0).ref).toEqual({ region: first.region, id: first.id });
  question(0).answer(named('as EC2 has it'));
  await asked;
  expect(store.state).toMatchObject({ status: { kind: 'ready' }, name: 'as EC2 has it', preview: true });
  expect(states.map(({ status }) => status.kind)).toEqual(['loading', 'ready']);
});

test('drops an answer that comes after another image was turned to', async () => {
  const { store, question } = aStore();
  const stale = store.ask();
  store.turnTo(second);
  expect(question(0).signal.aborted).toBe(true);
  const asked = store.ask();
  question(1).answer(named('second'));
  question(0).answer(named('first'));
  await Promise.all([stale, asked]);
  expect(store.state).toMatchObject({ ref: { id: second.id }, name: 'second', status: { kind: 'ready' } });
});

test('keeps the last answer while it asks again, and when that fails', async () => {
  const { store, question } = aStore();
  const asked = store.ask();
  question(0).answer(named('first'));
  await asked;
  const again = store.ask();
  expect(store.state.status.kind).toBe('loading');
  expect(store.state.model?.image.name).toBe('first');
  question(1).fail(new Error('no network'));
  await again;
  expect(store.state.status).toEqual({
    kind: 'failed',
    message: 'no network',
    actions: ['Show Log'],
    connectionChanged: false,
  });
  expect(store.state.model?.image.name).toBe('first');
  expect(store.actionAt(0)?.command).toBe('amiExplorer.showLog');
  expect(store.actionAt(1)).toBeUndefined();
});

test('shows nothing of an account after the connection has changed, not even its answer under way', async () => {
  const { store, question } = aStore();
  const asked = store.ask();
  question(0).answer(named('secret'));
  await asked;
  const stale = store.ask();
  store.forget();
  question(1).answer(named('secret'));
  await stale;
  expect(JSON.stringify(store.state)).not.toContain('secret');
  expect(store.needsAnswer).toBe(true);
  const again = store.ask();
  question(2).fail(new Error('not found'));
  await again;
  expect(store.state).toMatchObject({ model: undefined, status: { kind: 'failed', connectionChanged: true } });
});

test('does not call a closed connection a failure', async () => {
  const { store, question } = aStore();
  const asked = store.ask();
  question(0).fail(new AmiError('closed', { kind: 'cancelled', operation: 'DescribeImages' }));
  await asked;
  expect(store.state.status.kind).toBe('loading');
  expect(store.needsAnswer).toBe(true);
});

test('is kept once it is no preview, whatever it shows', () => {
  const { store } = aStore();
  store.keep();
  expect(store.state.preview).toBe(false);
  store.turnTo(second);
  expect(store.state.preview).toBe(false);
});

test('asks no more when its panel is closed', async () => {
  const { store, states, question } = aStore();
  const asked = store.ask();
  store.dispose();
  expect(question(0).signal.aborted).toBe(true);
  question(0).answer(named('first'));
  await asked;
  expect(states.at(-1)?.status.kind).toBe('loading');
});
