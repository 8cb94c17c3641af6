import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { type OpenSample, openSample } from './openSample.ts';

const signal = new AbortController().signal;

/** Ids as compatible endpoints have them, and what is no machine image. */
const listed = [
  ['ami-000001', 'machine'],
  ['emi-3F2A1B0C', 'machine'],
  ['ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58', undefined],
  ['aki-919dcaf8', 'kernel'],
  ['ari-00000001', 'ramdisk'],
  ['', 'machine'],
  ['ami-1\n$(id)', 'machine'],
] as const;

let server: Server;
let sample: OpenSample;
let connection: Connection;
let endpoint: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const params = new URLSearchParams(Buffer.concat(chunks).toString());
      const asked = [...params]
        .filter(([name]) => /^(?:ImageId\.\d+|Filter\.1\.Value\.\d+)$/.test(name))
        .map(([, id]) => id);
      const items = listed
        .filter(([id]) => asked.length === 0 || asked.includes(id))
        .map(
          ([id, type]) =>
            `<item><imageId>${id}</imageId><name>of ${type}</name>${type ? `<imageType>${type}</imageType>` : ''}</item>`,
        );
      const xml = {
        DescribeImages: `<imagesSet>${items.join('')}</imagesSet>`,
        CreateImage: '<imageId>ami-000002</imageId>',
      };
      const action = params.get('Action') === 'CreateImage' ? 'CreateImage' : 'DescribeImages';
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(`<${action}Response>${xml[action]}</${action}Response>`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sample = await openSample({
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
  });
  connection = await sample.open();
});
afterAll(async () => {
  connection.close();
  await sample.close();
  server.close();
});

describe('an endpoint with ids of its own', () => {
  const usable = ['ami-000001', 'emi-3F2A1B0C', 'ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58'];

  it('lists what can be launched, and nothing else', async () => {
    const images: Image[] = [];
    for await (const page of connection.ec2.listImages('us-east-1', { owners: ['self'] }, signal)) {
      images.push(...page);
    }
    expect(images.map(({ id }) => id)).toEqual(usable);
  });

  it('is asked for what it has listed, alone and together', async () => {
    for (const id of usable) {
      expect((await connection.ec2.describeImages('us-east-1', [id], signal)).map((image) => image.id)).toEqual([id]);
    }
    expect((await connection.ec2.describeImages('us-east-1', usable, signal)).map(({ id }) => id)).toEqual(usable);
  });

  it('is not asked for what no endpoint calls an image', async () => {
    const before = sample.calls.length;
    expect(await connection.ec2.describeImages('us-east-1', ['ami-1; rm', '', 'ami'], signal)).toEqual([]);
    expect(sample.calls.length).toBe(before);
  });

  it('gives the catalog no more than that', async () => {
    const sdk = await loadSdk();
    const pages = new ImagePages({
      sdk,
      region: 'us-east-1',
      credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
      config: { endpoint },
    });
    const found: PublicImage[] = [];
    await pages.page({ filters: [], token: undefined }, signal, () => ({ add: (image) => found.push({ ...image }) }));
    pages.close();
    expect(found.map(({ id }) => id)).toEqual(usable);
  });
});
