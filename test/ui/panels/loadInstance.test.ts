import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AmiError } from '../../../src/core/errors.ts';
import type { Instance } from '../../../src/core/instance.ts';
import type { Connection } from '../../../src/ec2/port.ts';
import { ConnectionImages } from '../../../src/images/connectionImages.ts';
import type { InstanceDetailsModel } from '../../../src/protocol/instance.ts';
import { type LoadInstanceDeps, loadInstance } from '../../../src/ui/panels/loadInstance.ts';
import { allOf } from '../../ec2/allOf.ts';
import { localEndpoint, type OpenSample, openSample } from '../../ec2/openSample.ts';

const region = 'us-east-1';
let sample: OpenSample;
let connection: Connection;
let instances: readonly Instance[];

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  instances = await allOf(connection.ec2.listInstances(region, new AbortController().signal));
});
beforeEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

function load(id: string, arrived: (model: InstanceDetailsModel) => void = () => {}) {
  const images = new ConnectionImages({ byIds: async () => [] });
  const deps: LoadInstanceDeps = {
    images,
    connection: async () => connection,
    stateText: (state) => `state ${state}`,
    unfitText: ({ kind }) => kind,
    notFound: () => new AmiError('', { kind: 'not-found', operation: 'DescribeInstances', region }),
  };
  return loadInstance(deps, { region, id }, new AbortController().signal, arrived);
}

function one(is: (instance: Instance) => boolean): Instance {
  const found = instances.find(is);
  if (!found) throw new Error('The sample account has no such instance.');
  return found;
}

it('has the instance at once, then the sizes of its volumes and the name of its image', async () => {
  const { id, imageId } = one(
    ({ volumes, state, imageId: image }) => volumes.length > 1 && state === 'running' && !!image,
  );
  const arrived: InstanceDetailsModel[] = [];
  const model = await load(id, (part) => arrived.push(part));
  expect(arrived.map(({ imageName, volumes }) => [imageName, volumes[0]?.size])).toEqual([[undefined, undefined]]);
  expect(model.instance.imageId).toBe(imageId);
  expect(model.imageName).not.toBe(undefined);
  expect(model.volumes[0]).toMatchObject({ root: true, size: expect.any(Number), type: expect.any(String) });
  expect(model.unfit).toBeUndefined();
  expect(model.stateText).toBe(`state ${model.instance.state}`);
  expect(model.consoleAvailable).toBe(false);
});

it('shows the instance where its volumes may not be asked for', async () => {
  const { id } = one(({ volumes }) => volumes.length > 1);
  sample.server.faults.add({ kind: 'access-denied', action: 'DescribeVolumes' });
  sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
  const model = await load(id);
  expect(model.volumes.map(({ size }) => size)).toEqual(model.volumes.map(() => undefined));
  // Nothing says that the image is gone.
  expect(model.imageName).toBeUndefined();
});

it('knows that the image of an instance is gone', async () => {
  const { id } = one(({ imageId, state }) => !!imageId && state === 'running');
  sample.server.faults.add({ kind: 'error', action: 'DescribeImages', code: 'InvalidAMIID.NotFound' });
  expect((await load(id)).imageName).toBe('');
});

it('says why no image can be made', async () => {
  expect((await load(one(({ rootDeviceType }) => rootDeviceType === 'instance-store').id)).unfit).toBe(
    'instance-store',
  );
});

it('fails as not found where the instance is gone, and with the error of the question', async () => {
  await expect(load('i-00000000000000000')).rejects.toMatchObject({ kind: 'not-found', region });
  sample.server.faults.add({ kind: 'access-denied', action: 'DescribeInstances' });
  await expect(load('i-00000000000000000')).rejects.toMatchObject({ kind: 'access-denied' });
});
