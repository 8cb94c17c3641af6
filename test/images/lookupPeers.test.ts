import { CreateImageCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { renderSnippet } from '../../src/core/snippets.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { lookupPeers } from '../../src/images/lookupPeers.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const region = 'us-east-1';
let sample: OpenSample;
let connection: Connection;
let image: Image;
let context: { readonly account: string; readonly now: number };

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  const ec2 = new EC2Client({
    endpoint: sample.server.url,
    region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
  const create = (Name: string) => ec2.send(new CreateImageCommand({ InstanceId, Name, NoReboot: true }));
  const { ImageId = '' } = await create('shop-42');
  await create('shop-canary-20260601');
  ec2.destroy();
  const signal = new AbortController().signal;
  const [created] = await connection.ec2.describeImages(region, [ImageId], signal);
  if (!created) throw new Error('The image was not created.');
  image = created;
  context = { account: (await connection.ec2.identity(signal)).account, now: Date.now() };
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

describe('lookupPeers', () => {
  it('finds what a lookup would find, or will when it is no longer pending', async () => {
    const { images: known, unchecked } = await lookupPeers([image], context, connection.ec2);
    expect(unchecked).toEqual(new Set());
    expect(known.map(({ name }) => name).sort()).toEqual(['shop-42', 'shop-canary-20260601']);
    expect(renderSnippet('terraform-data-source', [image], { ...context, known })).toContain(
      'name_regex  = "^shop-[0-9]+$"\n',
    );
  });

  it.each(['access-denied', 'hang'] as const)('never rejects, and ends: %s', async (kind) => {
    sample.server.faults.add({ kind, action: 'DescribeImages' });
    const begun = Date.now();
    const { images: known, unchecked } = await lookupPeers([image], context, connection.ec2);
    expect(known).toEqual([]);
    expect(unchecked).toEqual(new Set([image.id]));
    expect(renderSnippet('packer-source-filter', [image], { ...context, known, unchecked })).toContain('# Not checked');
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('asks nothing of an image that is looked up by its id, or not at all', async () => {
    sample.server.requests.length = 0;
    const images = [
      { ...image, name: '' },
      { ...image, ownerId: '' },
    ];
    expect(await lookupPeers(images, context, connection.ec2)).toEqual({ images: [], unchecked: new Set() });
    expect(sample.server.requests).toEqual([]);
  });
});
