import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageActions } from '../../src/ec2/actionPort.ts';
import { pendingImages } from '../../src/images/pendingImages.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const region = 'us-east-1';
const never = new AbortController().signal;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample({ ...localEndpoint, AWS_REGION: region }, { pendingSeconds: 3_600 });
});
afterAll(() => sample.close());

it('has the account\u2019s pending images of a region, whoever has begun them, and no others', async () => {
  const connection = await sample.open();
  const before = await pendingImages(connection.ec2, region, never);
  const [instance] = (await connection.ec2.listInstances(region, never)[Symbol.asyncIterator]().next()).value ?? [];
  const id = await connection[imageActions].createImage(
    {
      region,
      instanceId: instance?.id ?? '',
      name: 'somebody-elses',
      description: undefined,
      reboot: false,
      deviceChanges: [],
      imageTags: [],
      snapshotTags: [],
    },
    never,
  );
  const found = await pendingImages(connection.ec2, region, never);
  expect(found.map((image) => [image.id, image.state])).toEqual([
    ...before.map((image) => [image.id, 'pending']),
    [id, 'pending'],
  ]);
  expect(await pendingImages(connection.ec2, 'eu-west-1', never)).toEqual([]);
  connection.close();
});
