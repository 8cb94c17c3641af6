import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { FittingImage } from '../../src/images/fittingImage.ts';
import { REFERENCE_TIME } from '../../src/sample/model.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const region = 'us-east-1';

let sample: OpenSample;
let connection: Connection;
let all: readonly Image[];
let fitting: FittingImage;

beforeAll(async () => {
  sample = await openSample(localEndpoint, { images: 3_000 });
  connection = await sample.open();
  const found: Image[] = [];
  for await (const page of connection.ec2.listImages(region, { includeDeprecated: true }, never)) found.push(...page);
  all = found;
});
beforeEach(() => {
  fitting = new FittingImage(connection.ec2, () => REFERENCE_TIME);
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

function named(name: RegExp, ownerId?: string): Image {
  const images = all.filter((image) => name.test(image.name) && (ownerId === undefined || image.ownerId === ownerId));
  const [oldest] = images.sort((a, b) => ((a.creationDate ?? '') < (b.creationDate ?? '') ? -1 : 1));
  if (!oldest) throw new Error(`There is no ${name}.`);
  return oldest;
}

describe('the image that fits', () => {
  it.each<[string, RegExp, string, string, RegExp]>([
    ['of Ubuntu', /^ubuntu\/images\/.*noble-24.04-amd64-server-/, '099720109477', 'arm64', /noble-24.04-arm64-server-/],
    ['of Ubuntu, the other way', /jammy-22.04-arm64-server-/, '099720109477', 'x86_64', /jammy-22.04-amd64-server-/],
    ['of Debian', /^debian-12-amd64-/, '136693071363', 'arm64', /^debian-12-arm64-/],
    ['of Amazon Linux', /^al2023-ami-2023\..*kernel-6.1-x86_64$/, '137112412989', 'arm64', /-kernel-6.1-arm64$/],
  ])('%s has the same owner, release and flavour', async (_, name, owner, architecture, expected) => {
    const image = named(name, owner);
    const found = await fitting.find(image, [architecture], never);
    expect(found).toMatchObject({ ownerId: owner, architecture, region, state: 'available' });
    expect(found?.name).toMatch(expected);
    const newer = all.filter(
      (other) =>
        other.ownerId === owner &&
        expected.test(other.name) &&
        (other.creationDate ?? '') > (found?.creationDate ?? ''),
    );
    expect(newer.filter(({ state, deprecationTime }) => state === 'available' && !deprecationTime)).toEqual([]);
  });

  it('is none where the owner has no other architecture', async () => {
    expect(await fitting.find(named(/^Windows_Server-2022-English-Full-Base-/), ['arm64'], never)).toBeUndefined();
  });

  it('is asked for once, until an image changes', async () => {
    const image = named(/^debian-12-amd64-/, '136693071363');
    await Promise.all([fitting.find(image, ['arm64'], never), fitting.find(image, ['arm64'], never)]);
    expect(sample.server.requests).toHaveLength(1);
    fitting.forget();
    await fitting.find(image, ['arm64'], never);
    expect(sample.server.requests).toHaveLength(2);
  });

  it('rejects with the error of the call', async () => {
    sample.server.faults.add({ kind: 'access-denied' });
    const image = named(/^debian-12-amd64-/, '136693071363');
    await expect(fitting.find(image, ['arm64'], never)).rejects.toMatchObject({ kind: 'access-denied' });
  });
});
