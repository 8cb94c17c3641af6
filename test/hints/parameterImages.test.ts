import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/ec2/port.ts';
import { ParameterImages } from '../../src/hints/parameterImages.ts';
import { missingParameter } from '../../src/hints/rules/missing.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';
import { parameterReference } from './references.ts';

const never = new AbortController().signal;
const regions = ['us-east-1', 'eu-west-1'];
const al2023 = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64';

let sample: OpenSample;
let connection: Connection;
let parameters: ParameterImages;

beforeAll(async () => {
  sample = await openSample({ ...localEndpoint, AWS_ENDPOINT_URL: 'SERVER' });
  connection = await sample.open();
});
beforeEach(() => {
  const byId = new ImagesById(connection.ec2, { byIds: async () => [] });
  parameters = new ParameterImages({ ec2: connection.ec2, byId, regions });
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

const asked = () => sample.server.requests.map(({ action, region }) => `${action} ${region}`).sort();

describe('a public parameter', () => {
  it('stands for the newest image, another one in each region', async () => {
    const reference = parameterReference(al2023);
    const [resolved] = await parameters.resolve([reference], never);
    const [east, west] = resolved?.answers ?? [];
    expect(east?.image).toMatchObject({ region: 'us-east-1', architecture: 'arm64', ownerAlias: 'amazon' });
    expect(west?.image).toMatchObject({ region: 'eu-west-1', architecture: 'arm64' });
    expect(east?.image?.id).not.toBe(west?.image?.id);
    expect(parameters.cachedNow(reference)).toEqual(resolved);
  });

  it('may name a version, or JSON that has the id', async () => {
    const recommended = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended';
    const [version, json, id] = await parameters.resolve(
      [`${al2023}:1`, recommended, `${recommended}/image_id`].map((name) => parameterReference(name, ['us-east-1'])),
      never,
    );
    expect(version?.answers[0]?.image?.name).toContain('kernel-6.1-arm64');
    expect(json?.answers[0]?.imageId).toMatch(/^ami-/);
    expect(json?.answers[0]?.imageId).toBe(id?.answers[0]?.imageId);
  });

  it('that does not exist has no image', async () => {
    const [resolved] = await parameters.resolve(
      [parameterReference('/aws/service/ami-amazon-linux-latest/amzn1')],
      never,
    );
    expect(resolved?.answers).toEqual(
      regions.map((region) => ({ region, exists: false, imageId: undefined, image: undefined, error: undefined })),
    );
  });

  it('may tell something else of an image: it is there, and names none', async () => {
    const version = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_version';
    const [resolved] = await parameters.resolve([parameterReference(version, ['us-east-1'])], never);
    if (!resolved) throw new Error('no answer');
    expect(resolved.answers).toEqual([
      { region: 'us-east-1', exists: true, imageId: undefined, image: undefined, error: undefined },
    ]);
    expect(missingParameter(resolved)).toEqual([]);
    expect(parameters.cachedNow(resolved.reference)).toEqual(resolved);
  });

  it('is asked for with the others of its region, ten in a call', async () => {
    const names = Array.from({ length: 12 }, (_, index) => parameterReference(`${al2023}-${index}`, ['us-east-1']));
    await parameters.resolve(names, never);
    expect(asked()).toEqual(['GetParameters us-east-1', 'GetParameters us-east-1']);
    await parameters.resolve(names, never);
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['of the account', '/golden/ami', {}],
    ['with a variable in it', '/aws/service/eks/optimized-ami/{{ version }}/x', { isWhole: false }],
    ['with strange characters', '/aws/service/a b', {}],
  ])('%s is not asked for', async (_, name, more) => {
    const [resolved] = await parameters.resolve([parameterReference(name, [], more)], never);
    expect(resolved?.answers).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it('of a region that fails has the error, and others their images', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'us-east-1' });
    const [resolved] = await parameters.resolve([parameterReference(al2023)], never);
    expect(resolved?.answers[0]?.error).toMatchObject({ kind: 'access-denied' });
    expect(resolved?.answers[1]?.image).toBeDefined();
  });
});
