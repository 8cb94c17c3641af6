import { describe, expect, it } from 'vitest';
import { AmiError } from '../../../src/core/errors.ts';
import type { ImageRef } from '../../../src/core/imageRef.ts';
import type { DetailsState, ImageDetailsModel } from '../../../src/protocol/details.ts';
import { DetailsContent, type DetailsContentDeps } from '../../../src/ui/panels/detailsContent.ts';
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

const deps: Omit<DetailsContentDeps, 'load'> = {
  describeError: (error) => ({
    message: error instanceof Error ? error.message : String(error),
    buttons: [{ title: 'Show Log', command: 'amiExplorer.showLog' }],
  }),
  copy: async () => {},
  run: async () => true,
  showImage: async () => {},
  showInstance: async () => {},
  pins: { has: () => false, set: async () => {}, onDidChange: () => ({ dispose: () => {} }) },
  uses: { of: () => undefined, open: async () => {}, onDidChange: () => ({ dispose: () => {} }) },
};

function opened(preview = true) {
  const questions: Question[] = [];
  const states: DetailsState[] = [];
  const load: DetailsContentDeps['load'] = (ref, signal, arrive) =>
    new Promise((answer, fail) => {
      questions.push({ ref, signal, arrive, answer, fail });
    });
  const content = new DetailsContent(first, preview, { ...deps, load }, () => states.push(content.state));
  return { content, questions, states };
}

function question(questions: readonly Question[], index: number): Question {
  const asked = questions[index];
  if (!asked) throw new Error(`No question ${index} was asked.`);
  return asked;
}

describe('asking', () => {
  it('goes from loading to ready, with the name from the answer', async () => {
    const { content, questions, states } = opened();
    const asked = content.ask();
    content.shown();
    expect(questions).toHaveLength(1);
    question(questions, 0).answer(aModel());
    await asked;
    expect(states.map(({ status }) => status.kind)).toEqual(['loading', 'ready']);
    expect(content.state.name).toBe(aGoldenImage().name);
  });

  it('shows what is there while the rest is awaited, and keeps it when that fails', async () => {
    const { content, questions } = opened();
    const asked = content.ask();
    question(questions, 0).arrive(aModel({ launchPermissions: { kind: 'loading' } }));
    expect(content.state).toMatchObject({
      name: aGoldenImage().name,
      status: { kind: 'loading' },
      model: { image: { id: first.id }, launchPermissions: { kind: 'loading' } },
    });
    question(questions, 0).answer(aModel({ launchPermissions: { kind: 'failed', message: 'No answer.' } }));
    await asked;
    expect(content.state).toMatchObject({
      status: { kind: 'ready' },
      model: { launchPermissions: { kind: 'failed' } },
    });
  });

  it('keeps who may launch the image in sight while that is asked again', async () => {
    const { content, questions } = opened();
    const before = content.ask();
    question(questions, 0).answer(aModel());
    await before;
    void content.ask();
    question(questions, 1).arrive(aModel({ launchPermissions: { kind: 'loading' } }));
    expect(content.state).toMatchObject({
      status: { kind: 'loading' },
      model: { launchPermissions: { kind: 'known' } },
    });
  });

  it('shows nothing of what arrives for a question that is given up', async () => {
    const { content, questions } = opened();
    void content.ask();
    content.turnTo(second);
    question(questions, 0).arrive(aModel());
    expect(content.state.model).toBeUndefined();
  });

  it('again keeps the last answer in sight until the next one is there', async () => {
    const { content, questions } = opened();
    const before = content.ask();
    question(questions, 0).answer(aModel());
    expect(content.isAnswered).toBe(false);
    await before;
    expect(content.isAnswered).toBe(true);
    const again = content.ask();
    expect(content.state).toMatchObject({ status: { kind: 'loading' }, model: { image: { id: first.id } } });
    question(questions, 1).fail(new Error('No.'));
    await again;
    expect(content.state.status).toEqual({
      kind: 'failed',
      message: 'No.',
      errorButtons: ['Show Log'],
      connectionChanged: false,
    });
    expect(content.state.model?.image.id).toBe(first.id);
    expect(content.isAnswered).toBe(false);
    expect(content.errorButtons[0]?.command).toBe('amiExplorer.showLog');
    expect(content.errorButtons[1]).toBeUndefined();
  });

  it('again gives the earlier question up and drops its answer', async () => {
    const { content, questions } = opened();
    const early = content.ask();
    const late = content.ask();
    expect(question(questions, 0).signal.aborted).toBe(true);
    question(questions, 1).answer(aModel({ asOf: 2 }));
    await late;
    question(questions, 0).answer(aModel({ asOf: 1 }));
    await early;
    expect(content.state.model?.asOf).toBe(2);
  });

  it('drops the failure of an earlier question too', async () => {
    const { content, questions } = opened();
    const early = content.ask();
    const late = content.ask();
    question(questions, 0).fail(new Error('too late to matter'));
    await early;
    expect(content.state.status.kind).toBe('loading');
    question(questions, 1).answer(aModel());
    await late;
    expect(content.state.status.kind).toBe('ready');
  });

  it('that the connection cancels is no failure', async () => {
    const { content, questions } = opened();
    const asked = content.ask();
    question(questions, 0).fail(new AmiError('closed', { kind: 'cancelled', operation: 'DescribeImages' }));
    await asked;
    expect(content.state.status.kind).toBe('loading');
    content.shown();
    expect(questions).toHaveLength(2);
  });
});

describe('what EC2 has answered before', () => {
  it('is shown although it cannot be asked for again, and nothing of it is called loading then', async () => {
    const image = aGoldenImage();
    const load: DetailsContentDeps['load'] = async (_, __, arrived) => {
      arrived(aModel({ image, asOf: 5, launchPermissions: { kind: 'loading' } }));
      throw new AmiError('No answer in 70 s.', { kind: 'timeout', operation: 'DescribeImages' });
    };
    const content = new DetailsContent({ region: image.region, id: image.id }, false, { ...deps, load }, () => {});
    await content.ask();
    expect(content.state).toMatchObject({
      status: { kind: 'failed', message: 'No answer in 70 s.' },
      model: { asOf: 5, launchPermissions: { kind: 'failed', message: 'No answer in 70 s.' } },
    });
  });
});

describe('turning to another image', () => {
  it('shows nothing of the one before, not even when its answer comes', async () => {
    const { content, questions } = opened();
    const early = content.ask();
    content.turnTo({ ...second, name: 'other' });
    expect(content.state).toEqual({
      ref: second,
      name: 'other',
      preview: true,
      pinned: false,
      status: { kind: 'loading' },
      model: undefined,
    });
    question(questions, 0).answer(aModel());
    await early;
    expect(content.state.model).toBeUndefined();
    content.shown();
    expect(questions).toHaveLength(2);
  });

  it('asks for that one, and shows it whenever the one before is answered', async () => {
    const { content, questions } = opened();
    const early = content.ask();
    content.turnTo(second);
    expect(question(questions, 0).signal.aborted).toBe(true);
    const late = content.ask();
    expect(question(questions, 1).ref).toEqual(second);
    question(questions, 1).answer(aModel({ image: aGoldenImage({ name: 'second' }) }));
    question(questions, 0).answer(aModel());
    await Promise.all([early, late]);
    expect(content.state).toMatchObject({ ref: second, name: 'second', status: { kind: 'ready' } });
  });
});

describe('another connection', () => {
  it('takes away at once what the account before could see, its name too', async () => {
    const { content, questions } = opened();
    const asked = content.ask();
    question(questions, 0).answer(aModel());
    await asked;
    content.connectionChanged();
    expect(content.state).toMatchObject({ ref: first, name: '', model: undefined, status: { kind: 'loading' } });
  });

  it('takes nothing of the account before that was under way', async () => {
    const { content, questions } = opened();
    const early = content.ask();
    content.connectionChanged();
    question(questions, 0).answer(aModel());
    await early;
    expect(content.state).toMatchObject({ name: '', model: undefined, status: { kind: 'loading' } });
    content.shown();
    expect(questions).toHaveLength(2);
  });

  it('is named as a reason where the image is not there, until an answer comes', async () => {
    const { content, questions } = opened();
    content.connectionChanged();
    const asked = content.ask();
    question(questions, 0).fail(new Error('Not found.'));
    await asked;
    expect(content.state.status).toMatchObject({ kind: 'failed', connectionChanged: true });
    const again = content.ask();
    question(questions, 1).answer(aModel());
    await again;
    const third = content.ask();
    question(questions, 2).fail(new Error('Not found.'));
    await third;
    expect(content.state.status).toMatchObject({ kind: 'failed', connectionChanged: false });
  });
});

describe('keeping open', () => {
  it('is told once, and holds for the next image', () => {
    const { content, states } = opened();
    content.keep();
    content.keep();
    expect(states.map(({ preview }) => preview)).toEqual([false]);
    content.turnTo(second);
    expect(content.state.preview).toBe(false);
  });

  it('outlasts a change of the connection', () => {
    const { content } = opened(false);
    content.connectionChanged();
    expect(content.state.preview).toBe(false);
  });
});

it('a closed panel asks no longer, and takes no answer', async () => {
  const { content, questions, states } = opened();
  const asked = content.ask();
  content.dispose();
  expect(question(questions, 0).signal.aborted).toBe(true);
  question(questions, 0).answer(aModel());
  await asked;
  expect(states.at(-1)?.status.kind).toBe('loading');
});

describe('the pin of the image', () => {
  it('is what the pins of the account say, of the image that is shown', async () => {
    const pinned = new Set<string>();
    const changed: (() => void)[] = [];
    const states: DetailsState[] = [];
    const content = new DetailsContent(
      { ...first, name: 'golden' },
      true,
      {
        ...deps,
        load: () => new Promise(() => {}),
        pins: {
          has: ({ id }) => pinned.has(id),
          set: async ({ region, id, name }, isPinned) => {
            expect([region, id, name]).toEqual([first.region, first.id, 'golden']);
            isPinned ? pinned.add(id) : pinned.delete(id);
            for (const tell of changed) tell();
          },
          onDidChange: (listener) => {
            changed.push(listener);
            return { dispose: () => changed.splice(0) };
          },
        },
      },
      () => states.push(content.state),
    );
    const setPinned = content.handlers.setPinned as (params: unknown) => Promise<void>;
    await setPinned({ pinned: true, ref: second });
    expect(states.at(-1)?.pinned).toBe(true);
    await setPinned({ pinned: 'yes' });
    expect(states.at(-1)?.pinned).toBe(false);
    content.dispose();
    expect(changed).toEqual([]);
  });
});

describe('commands of the page', () => {
  function running() {
    const run: (readonly [command: string, ref: ImageRef])[] = [];
    const content = new DetailsContent(
      first,
      true,
      {
        ...deps,
        load: () => new Promise(() => {}),
        run: async (command, ref) => {
          run.push([command, ref]);
          return true;
        },
      },
      () => {},
    );
    return { content, run, runRequest: content.handlers.run as (params: unknown) => unknown };
  }

  it('are run on the image that the panel shows, whatever else the page sends', async () => {
    const { content, run, runRequest } = running();
    await runRequest({ command: 'copyImageId', ...second });
    content.turnTo(second);
    await runRequest({ command: 'openInConsole', ref: first });
    expect(run).toEqual([
      ['amiExplorer.copyImageId', first],
      ['amiExplorer.openInConsole', second],
    ]);
  });

  it.each([
    'createImage',
    'clearCatalog',
    'amiExplorer.copyImageId',
    'workbench.action.terminal.new',
    'constructor',
    '',
    7,
    undefined,
    ['copyImageId'],
  ])('are refused where the page may not run %j', (command) => {
    const { run, runRequest } = running();
    expect(() => runRequest({ command })).toThrow();
    expect(run).toEqual([]);
  });
});
