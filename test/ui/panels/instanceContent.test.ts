import { describe, expect, it } from 'vitest';
import type { ImageRef } from '../../../src/core/imageRef.ts';
import type { InstanceDetailsModel, InstanceDetailsState } from '../../../src/protocol/instance.ts';
import { InstanceContent } from '../../../src/ui/panels/instanceContent.ts';
import { anInstance } from '../../core/anInstance.ts';

const first = { region: 'us-east-1', id: 'i-0123456789abcdef0', name: 'listed as' };
const second = { region: 'eu-west-1', id: 'i-0fedcba9876543210' };

const model: InstanceDetailsModel = {
  instance: anInstance({ name: 'answered as' }),
  asOf: 0,
  volumes: [],
  imageName: undefined,
  stateText: 'running',
  unfit: undefined,
  consoleAvailable: false,
};

function opened() {
  const run: (readonly [string, ImageRef])[] = [];
  const images: unknown[] = [];
  const states: InstanceDetailsState[] = [];
  const answers: ((answer: InstanceDetailsModel) => void)[] = [];
  const content = new InstanceContent(
    first,
    true,
    {
      load: () => new Promise((resolve) => answers.push(resolve)),
      describeError: (error) => ({ message: String(error), buttons: [] }),
      copy: async () => {},
      run: async (command, ref) => {
        run.push([command, ref]);
        return true;
      },
      showImage: async (...shown) => {
        images.push(shown);
      },
    },
    () => states.push(content.state),
  );
  return { content, run, images, states, answers, runRequest: content.handlers.run as (params: unknown) => unknown };
}

describe('the details of an instance', () => {
  it('have the name that is known, then the one that EC2 answers', async () => {
    const { content, answers } = opened();
    expect(content.title).toBe('listed as');
    const asked = content.ask();
    answers[0]?.(model);
    await asked;
    expect(content.title).toBe('answered as');
    expect(content.state).toMatchObject({ status: { kind: 'ready' }, preview: true, model: { volumes: [] } });
  });

  it('show nothing of an earlier account, or of the instance before', async () => {
    const { content, answers } = opened();
    const asked = content.ask();
    answers[0]?.(model);
    await asked;
    content.connectionChanged();
    expect(content.title).toBe(first.id);
    expect(content.state.model).toBeUndefined();
    content.turnTo(second);
    expect(content.key).toBe('eu-west-1/i-0fedcba9876543210');
  });

  it('show the image of the page as a preview where they are one, and nothing that is no image', async () => {
    const { content, images } = opened();
    const showImage = content.handlers.showImage as (named: unknown) => Promise<void>;
    const image = { region: 'us-east-1', id: 'ami-0123456789abcdef0' };
    await showImage(image);
    content.keep();
    await showImage(image);
    for (const none of [{ region: '../x', id: image.id }, { region: image.region, id: '"' }, {}, undefined]) {
      await showImage(none);
    }
    expect(images).toEqual([
      [image, { preview: true }],
      [image, { preview: false }],
    ]);
  });

  it('run the commands of the page on the instance that is shown, and no others', async () => {
    const { content, run, runRequest } = opened();
    await runRequest({ command: 'copyInstanceId', ...second });
    content.turnTo(second);
    await runRequest({ command: 'createImage' });
    const { region, id } = first;
    expect(run).toEqual([
      ['amiExplorer.copyInstanceId', { region, id }],
      ['amiExplorer.createImage', second],
    ]);
    for (const command of ['clearCatalog', 'amiExplorer.createImage', '', 7, undefined]) {
      expect(() => runRequest({ command })).toThrow();
    }
  });
});
