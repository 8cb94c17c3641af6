import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backingOf } from '../../src/core/image.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { imageActions } from '../../src/ec2/actionPort.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { allOf } from './allOf.ts';
import { type OpenSample, openSample } from './openSample.ts';
import { type OtherIdsEndpoint, startOtherIdsEndpoint, usableIds } from './otherIdsEndpoint.ts';

const signal = new AbortController().signal;

let other: OtherIdsEndpoint;
let sample: OpenSample;
let connection: Connection;

beforeAll(async () => {
  other = await startOtherIdsEndpoint();
  sample = await openSample({
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: other.url,
  });
  connection = await sample.open();
});
afterAll(async () => {
  connection.close();
  await sample.close();
  other.close();
});

describe('an endpoint with ids of its own', () => {
  it('lists what can be launched, and nothing else', async () => {
    const images = await allOf(connection.ec2.listImages('us-east-1', { owners: ['self'] }, signal));
    expect(images.map(({ id }) => id)).toEqual(usableIds);
    // Another type or none counts as EBS, but stays undefined: the endpoint's filter does not find the image by `ebs`.
    expect(images.map(({ rootDeviceType }) => rootDeviceType)).toEqual([undefined, 'ebs', undefined]);
    expect(images.map(backingOf)).toEqual(['ebs', 'ebs', 'ebs']);
  });

  it('is asked for what it has listed, alone and together', async () => {
    for (const id of usableIds) {
      expect((await connection.ec2.describeImages('us-east-1', [id], signal)).map((image) => image.id)).toEqual([id]);
    }
    expect((await connection.ec2.describeImages('us-east-1', usableIds, signal)).map(({ id }) => id)).toEqual(
      usableIds,
    );
  });

  it('is not asked for what no endpoint calls an image', async () => {
    const before = sample.calls.length;
    expect(await connection.ec2.describeImages('us-east-1', ['ami-1; rm', '', 'ami'], signal)).toEqual([]);
    expect(sample.calls.length).toBe(before);
  });

  it('makes images of its own ids of instances of its own ids', async () => {
    const instances = await allOf(connection.ec2.listInstances('us-east-1', signal));
    expect(instances.map(({ id }) => id)).toEqual(['i-000001']);
    const request = {
      region: 'us-east-1',
      instanceId: 'i-000001',
      name: 'made here',
      description: undefined,
      reboot: false,
      deviceChanges: [],
      imageTags: [],
      snapshotTags: [],
    };
    expect(await connection[imageActions].createImage(request, signal)).toBe('ami-000002');
  });

  it('gives the catalog no more than that', async () => {
    const sdk = await loadSdk();
    const pages = new ImagePages({
      sdk,
      region: 'us-east-1',
      credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
      config: { endpoint: other.url },
    });
    const found: PublicImage[] = [];
    await pages.page({ filters: [], token: undefined }, signal, () => ({ add: (image) => found.push({ ...image }) }));
    pages.close();
    expect(found.map(({ id }) => id)).toEqual(usableIds);
    // The catalog saves the endpoint's own value, by which the endpoint's filter finds the image.
    expect(found.map(({ rootDeviceType }) => rootDeviceType)).toEqual(['standard', 'ebs', '']);
  });
});
