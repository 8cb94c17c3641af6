import { describe, expect, it } from 'vitest';
import { AmiError } from '../../../src/core/errors.ts';
import type { ImageRef } from '../../../src/core/imageRef.ts';
import type { DetailsState, ImageDetailsModel } from '../../../src/protocol/details.ts';
import { DetailsStore } from '../../../src/ui/panels/detailsStore.ts';
import { aGoldenImage, aModel } from '../../media/states.ts';

interface Question {
  readonly ref: ImageRef;
  readonly signal: AbortSignal;
  arrive(model: ImageDetailsModel): void;
  answer(model: ImageDetailsModel): void;
  fail(error: unknown): void;
}

const first = { region: 'us-east-1', id: 'ami-0123456789abcdef0' };
const second = { region: 'eu-west-1', id: 'ami-0fedcba9876543210' };

function opened(preview = true) {
  const questions: Question[] = [];
  const states: DetailsState[] = [];
  const store = new DetailsStore(
    first,
    preview,
    {
      load: (ref, signal, arrive) =>
        new Promise((answer, fail) => {
          questions.push({ ref, signal, arrive, answer, fail });
        }),
      describeError: (error) => ({
        message: error instanceof Error ? error.message : String(error),
        actions: [{ title: 'Show Log', command: 'amiExplorer.showLog' }],
      }),
    },
    (state) => states.push(state),
  );
  return { store, questions, states };
}

function question(questions: readonly Question[], index: number): Question {
  const asked = questions[index];
  if (!asked) throw new Error(`No question ${index} was asked.`);
  return asked;
}

describe('asking', () => {
  it('goes from loading to ready, with the name from the answer', async () => {
    const { store, questions, states } = opened();
    expect(store.needsAnswer).toBe(true);
    const asked = store.ask();
    expect(store.needsAnswer).toBe(false);
    question(questions, 0).answer(aModel());
    await asked;
    expect(states.map(({ status }) => status.kind)).toEqual(['loading', 'ready']);
    expect(store.state.name).toBe(aGoldenImage().name);
  });

  it('shows what is there while the rest is awaited, and keeps it when that fails', async () => {
    const { store, questions } = opened();
    const asked = store.ask();
    question(questions, 0).arrive(aModel({ launchPermissions: { kind: 'loading' } }));
    expect(store.state).toMatchObject({
      name: aGoldenImage().name,
      status: { kind: 'loading' },
      model: { image: { id: first.id }, launchPermissions: { kind: 'loading' } },
    });
    question(questions, 0).answer(aModel({ launchPermissions: { kind: 'failed', message: 'No answer.' } }));
    await asked;
    expect(store.state).toMatchObject({ status: { kind: 'ready' }, model: { launchPermissions: { kind: 'failed' } } });
  });

  it('keeps who may launch the image in sight while that is asked again', async () => {
    const { store, questions } = opened();
    const before = store.ask();
    question(questions, 0).answer(aModel());
    await before;
    void store.ask();
    question(questions, 1).arrive(aModel({ launchPermissions: { kind: 'loading' } }));
    expect(store.state).toMatchObject({ status: { kind: 'loading' }, model: { launchPermissions: { kind: 'known' } } });
  });

  it('shows nothing of what arrives for a question that is given up', async () => {
    const { store, questions } = opened();
    void store.ask();
    store.turnTo(second);
    question(questions, 0).arrive(aModel());
    expect(store.state.model).toBeUndefined();
  });

  it('again keeps the last answer in sight until the next one is there', async () => {
    const { store, questions } = opened();
    const before = store.ask();
    question(questions, 0).answer(aModel());
    await before;
    const again = store.ask();
    expect(store.state).toMatchObject({ status: { kind: 'loading' }, model: { image: { id: first.id } } });
    question(questions, 1).fail(new Error('No.'));
    await again;
    expect(store.state.status).toEqual({
      kind: 'failed',
      message: 'No.',
      actions: ['Show Log'],
      connectionChanged: false,
    });
    expect(store.state.model?.image.id).toBe(first.id);
    expect(store.actionAt(0)?.command).toBe('amiExplorer.showLog');
    expect(store.actionAt(1)).toBeUndefined();
  });

  it('again gives the earlier question up and drops its answer', async () => {
    const { store, questions } = opened();
    const early = store.ask();
    const late = store.ask();
    expect(question(questions, 0).signal.aborted).toBe(true);
    question(questions, 1).answer(aModel({ asOf: 2 }));
    await late;
    question(questions, 0).answer(aModel({ asOf: 1 }));
    await early;
    expect(store.state.model?.asOf).toBe(2);
  });

  it('drops the failure of an earlier question too', async () => {
    const { store, questions } = opened();
    const early = store.ask();
    const late = store.ask();
    question(questions, 0).fail(new Error('too late to matter'));
    await early;
    expect(store.state.status.kind).toBe('loading');
    question(questions, 1).answer(aModel());
    await late;
    expect(store.state.status.kind).toBe('ready');
  });

  it('that the connection cancels is no failure', async () => {
    const { store, questions } = opened();
    const asked = store.ask();
    question(questions, 0).fail(new AmiError('closed', { kind: 'cancelled', operation: 'DescribeImages' }));
    await asked;
    expect(store.state.status.kind).toBe('loading');
    expect(store.needsAnswer).toBe(true);
  });
});

describe('what EC2 has answered before', () => {
  it('is shown although it cannot be asked for again, and nothing of it is called loading then', async () => {
    const image = aGoldenImage();
    const store = new DetailsStore(
      { region: image.region, id: image.id },
      false,
      {
        load: async (_, __, arrived) => {
          arrived(aModel({ image, asOf: 5, launchPermissions: { kind: 'loading' } }));
          throw new AmiError('No answer in 70 s.', { kind: 'timeout', operation: 'DescribeImages' });
        },
        describeError: (error) => ({ message: error instanceof Error ? error.message : '', actions: [] }),
      },
      () => {},
    );
    await store.ask();
    expect(store.state).toMatchObject({
      status: { kind: 'failed', message: 'No answer in 70 s.' },
      model: { asOf: 5, launchPermissions: { kind: 'failed', message: 'No answer in 70 s.' } },
    });
  });
});

describe('turning to another image', () => {
  it('shows nothing of the one before, not even when its answer comes', async () => {
    const { store, questions } = opened();
    const early = store.ask();
    store.turnTo({ ...second, name: 'other' });
    expect(store.state).toEqual({
      ref: second,
      name: 'other',
      preview: true,
      status: { kind: 'loading' },
      model: undefined,
    });
    question(questions, 0).answer(aModel());
    await early;
    expect(store.state.model).toBeUndefined();
    expect(store.needsAnswer).toBe(true);
  });

  it('asks for that one, and shows it whenever the one before is answered', async () => {
    const { store, questions } = opened();
    const early = store.ask();
    store.turnTo(second);
    expect(question(questions, 0).signal.aborted).toBe(true);
    const late = store.ask();
    expect(question(questions, 1).ref).toEqual(second);
    question(questions, 1).answer(aModel({ image: aGoldenImage({ name: 'second' }) }));
    question(questions, 0).answer(aModel());
    await Promise.all([early, late]);
    expect(store.state).toMatchObject({ ref: second, name: 'second', status: { kind: 'ready' } });
  });
});

describe('another connection', () => {
  it('takes away at once what the account before could see, its name too', async () => {
    const { store, questions } = opened();
    const asked = store.ask();
    question(questions, 0).answer(aModel());
    await asked;
    store.forget();
    expect(store.state).toMatchObject({ ref: first, name: '', model: undefined, status: { kind: 'loading' } });
  });

  it('takes nothing of the account before that was under way', async () => {
    const { store, questions } = opened();
    const early = store.ask();
    store.forget();
    question(questions, 0).answer(aModel());
    await early;
    expect(store.state).toMatchObject({ name: '', model: undefined, status: { kind: 'loading' } });
    expect(store.needsAnswer).toBe(true);
  });

  it('is named as a reason where the image is not there, until an answer comes', async () => {
    const { store, questions } = opened();
    store.forget();
    const asked = store.ask();
    question(questions, 0).fail(new Error('Not found.'));
    await asked;
    expect(store.state.status).toMatchObject({ kind: 'failed', connectionChanged: true });
    const again = store.ask();
    question(questions, 1).answer(aModel());
    await again;
    const third = store.ask();
    question(questions, 2).fail(new Error('Not found.'));
    await third;
    expect(store.state.status).toMatchObject({ kind: 'failed', connectionChanged: false });
  });
});

describe('keeping open', () => {
  it('is told once, and holds for the next image', () => {
    const { store, states } = opened();
    store.keep();
    store.keep();
    expect(states.map(({ preview }) => preview)).toEqual([false]);
    store.turnTo(second);
    expect(store.state.preview).toBe(false);
  });

  it('outlasts a change of the connection', () => {
    const { store } = opened(false);
    store.forget();
    expect(store.state.preview).toBe(false);
  });
});

it('a closed panel asks no longer, and takes no answer', async () => {
  const { store, questions, states } = opened();
  const asked = store.ask();
  store.dispose();
  expect(question(questions, 0).signal.aborted).toBe(true);
  question(questions, 0).answer(aModel());
  await asked;
  expect(states.at(-1)?.status.kind).toBe('loading');
});
