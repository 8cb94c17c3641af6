import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CreateImageRequest } from '../../src/core/createImage.ts';
import { AmiError } from '../../src/core/errors.ts';
import type { Image } from '../../src/core/image.ts';
import { createImageOnce } from '../../src/ec2/createImage.ts';
import { ec2Port } from '../../src/ec2/ec2.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Ec2Port } from '../../src/ec2/port.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { anImage } from '../core/anImage.ts';

const region = 'us-east-1';
const never = new AbortController().signal;
let server: SampleServer;
let ec2: Ec2Port;
/** How long (ms) the code under test wanted to wait; it does not here. */
let waits: number[];

/** A port through the real SDK, which gives up early on an endpoint that hangs and does not wait between attempts. */
async function portTo(url: string): Promise<Ec2Port> {
  const endpoint = { url, source: 'test' };
  return ec2Port({
    sdk: await loadSdk(),
    credentials: { get: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }), reset() {} },
    homeRegion: region,
    common: { requestHandler: { requestTimeout: 700, throwOnRequestTimeout: true } },
    endpoints: { ec2: endpoint, sts: endpoint, ssm: endpoint },
    onCall() {},
    closed: never,
    pause: async (ms) => {
      waits.push(ms);
    },
  });
}

beforeEach(async () => {
  waits = [];
  server = await startSampleServer();
  ec2 = await portTo(server.url);
});
afterEach(() => server.close());

async function requestFor(instance: string, more: Partial<CreateImageRequest> = {}): Promise<CreateImageRequest> {
  for await (const page of ec2.listInstances(region, never)) {
    const found = page.find(({ name }) => name === instance);
    if (found) {
      return {
        region,
        instanceId: found.id,
        name: 'made-by-a-test',
        description: undefined,
        reboot: false,
        deviceChanges: [],
        imageTags: [],
        snapshotTags: [],
        ...more,
      };
    }
  }
  throw new Error(`There is no instance ${instance}.`);
}

async function imagesNamed(name: string): Promise<readonly Image[]> {
  const images: Image[] = [];
  for await (const page of ec2.listImages(region, { owners: ['self'] }, never)) {
    images.push(...page.filter((image) => image.name === name));
  }
  return images;
}

/** The CreateImage requests that have reached the server, dry runs aside. */
function sent(): readonly Readonly<Record<string, string>>[] {
  return server.requests
    .filter(({ action, params }) => action === 'CreateImage' && params['DryRun'] !== 'true')
    .map(({ params }) => params);
}

/** Creates and expects that exactly one image has come of it, whose id is the answer. */
async function expectOneImage(request: CreateImageRequest): Promise<void> {
  const id = await ec2.createImage(request, never);
  expect((await imagesNamed(request.name)).map((image) => image.id)).toEqual([id]);
}

describe('a request', () => {
  it('says all that was chosen', async () => {
    const request = await requestFor('payments-api', {
      description: 'Before the upgrade',
      deviceChanges: [
        { deviceName: '/dev/sdf', change: 'leave-out' },
        { deviceName: '/dev/sdg', change: 'delete-on-termination', value: true },
      ],
      imageTags: [{ key: 'Team', value: 'a; "b" = <c> &' }],
      snapshotTags: [{ key: 'Empty', value: '' }],
    });
    const id = await ec2.createImage(request, never);
    const [image] = await ec2.describeImages(region, [id], never);
    expect(image).toMatchObject({
      name: 'made-by-a-test',
      description: 'Before the upgrade',
      tags: [{ key: 'Team', value: 'a; "b" = <c> &' }],
      sourceInstanceId: request.instanceId,
    });
    expect(
      image?.blockDevices.map((device) => [device.deviceName, device.kind === 'ebs' && device.deleteOnTermination]),
    ).toEqual([
      ['/dev/sda1', true],
      ['/dev/sdg', true],
    ]);
    expect(sent()).toEqual([
      expect.objectContaining({
        NoReboot: 'true',
        'TagSpecification.2.ResourceType': 'snapshot',
        'TagSpecification.2.Tag.1.Key': 'Empty',
        'TagSpecification.2.Tag.1.Value': '',
      }),
    ]);
    expect(server.account.reboots).toEqual([]);
  });

  it('reboots only when it says so', async () => {
    const request = await requestFor('web-1', { reboot: true });
    await ec2.createImage(request, never);
    expect(server.account.reboots.map(({ instanceId }) => instanceId)).toEqual([request.instanceId]);
  });
});

describe('a dry run', () => {
  it('resolves when EC2 would do it, and does nothing', async () => {
    await expect(ec2.dryRunCreateImage(await requestFor('web-1'), never)).resolves.toBeUndefined();
    expect(await imagesNamed('made-by-a-test')).toEqual([]);
  });

  it('rejects with what EC2 would refuse', async () => {
    server.faults.add({ kind: 'access-denied', action: 'CreateImage', count: 1 });
    await expect(ec2.dryRunCreateImage(await requestFor('web-1'), never)).rejects.toMatchObject({
      kind: 'access-denied',
      message: expect.stringContaining('ec2:CreateImage'),
    });
    await expect(
      ec2.dryRunCreateImage(await requestFor('web-1', { instanceId: 'i-0123456789abcdef0' }), never),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('gives the image that an endpoint made which knows no dry run', async () => {
    const careless = createServer((_, response) => {
      response.end('<CreateImageResponse><imageId>ami-0aaaaaaaaaaaaaaaa</imageId></CreateImageResponse>');
    });
    await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
    const { port } = careless.address() as AddressInfo;
    const port2 = await portTo(`http://127.0.0.1:${port}`);
    const request = await requestFor('web-1');
    await expect(port2.dryRunCreateImage(request, never)).resolves.toBe('ami-0aaaaaaaaaaaaaaaa');
    await new Promise((resolve) => careless.close(resolve));
  });
});

describe('an answer that is lost', () => {
  it.each([
    ['is never sent', 'drop-answer'],
    ['is cut off in its middle', 'cut'],
    ['is no XML any more', 'malformed-xml'],
  ] as const)('after the image was made, because it %s, is found by the name', async (_, kind) => {
    server.faults.add({ kind, action: 'CreateImage', count: 1 });
    await expectOneImage(await requestFor('web-1'));
    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['hangs', 'hang'],
    ['fails inside', 'server-error'],
    ['is not available', 'unavailable'],
    ['has a proxy that fails', 'html'],
  ] as const)('of an endpoint that %s before it does anything has the request sent once more', async (_, kind) => {
    server.faults.add({ kind, action: 'CreateImage', count: 1 });
    await expectOneImage(await requestFor('web-1'));
    expect(sent()).toHaveLength(2);
  });

  it('twice, the second time after the image was made, is found all the same', async () => {
    server.faults.add({ kind: 'server-error', action: 'CreateImage', count: 1 });
    server.faults.add({ kind: 'drop-answer', action: 'CreateImage', count: 1 });
    await expectOneImage(await requestFor('web-1'));
    expect(sent()).toHaveLength(2);
  });

  it('for good is an error after the second request, and no image', async () => {
    server.faults.add({ kind: 'server-error', action: 'CreateImage' });
    await expect(ec2.createImage(await requestFor('web-1'), never)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(sent()).toHaveLength(2);
    expect(await imagesNamed('made-by-a-test')).toEqual([]);
  });

  it('is not taken for made because an older image of the same instance has the name', async () => {
    const request = await requestFor('web-1');
    const older = await ec2.createImage(request, never);
    server.requests.length = 0;
    server.faults.add({ kind: 'server-error', action: 'CreateImage', count: 1 });
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({ kind: 'name-taken' });
    expect((await imagesNamed(request.name)).map((image) => image.id)).toEqual([older]);
  });

  it('is not resolved by a second request while EC2 does not say what there is', async () => {
    const request = await requestFor('web-1');
    server.faults.add({ kind: 'drop-answer', action: 'CreateImage' });
    // The look before the request is answered, those after it are not.
    server.faults.add({ kind: 'delay', action: 'DescribeImages', count: 1, milliseconds: 0 });
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({ kind: 'network' });
    expect(sent()).toHaveLength(1);
    server.faults.clear();
    expect(await imagesNamed(request.name)).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('of a name that is taken is said at once', async () => {
    const request = await requestFor('web-1', { name: 'payments-api-4.12.0' });
    expect(await imagesNamed(request.name)).toHaveLength(1);
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({
      kind: 'name-taken',
      code: 'InvalidAMIName.Duplicate',
    });
    expect(sent()).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it.each([
    ['just-launched', 'wrong-state'],
    ['load-test-42', 'wrong-state'],
    ['legacy-batch', 'unsupported'],
  ])('of the instance %s is said at once', async (instance, kind) => {
    await expect(ec2.createImage(await requestFor(instance), never)).rejects.toMatchObject({ kind });
    expect(sent()).toHaveLength(1);
  });

  it('because of too many requests is waited out', async () => {
    server.faults.add({ kind: 'throttled', action: 'CreateImage', count: 2 });
    await expectOneImage(await requestFor('web-1'));
    expect(sent()).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  it('because of too many requests for good is said, and nothing is made', async () => {
    server.faults.add({ kind: 'throttled', action: 'CreateImage' });
    await expect(ec2.createImage(await requestFor('web-1'), never)).rejects.toMatchObject({ kind: 'throttled' });
    expect(await imagesNamed('made-by-a-test')).toEqual([]);
  });

  it('of an endpoint that is not there is not taken for a lost answer', async () => {
    const request = await requestFor('web-1');
    const nowhere = await portTo('http://127.0.0.1:1');
    await expect(nowhere.createImage(request, never)).rejects.toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    expect(waits).toEqual([]);
  });
});

/** What the sample server cannot do: show late what it has made, or let somebody else be quicker. */
describe('an image that EC2 shows late', () => {
  const request: CreateImageRequest = {
    region,
    instanceId: 'i-0123456789abcdef0',
    name: 'late',
    description: undefined,
    reboot: false,
    deviceChanges: [],
    imageTags: [],
    snapshotTags: [],
  };
  const lost = new AmiError('socket hang up', { kind: 'network', operation: 'CreateImage' });
  const taken = new AmiError('in use', {
    kind: 'name-taken',
    operation: 'CreateImage',
    code: 'InvalidAMIName.Duplicate',
  });
  const made = anImage({ id: 'ami-0aaaaaaaaaaaaaaaa', name: 'late', sourceInstanceId: request.instanceId });

  /** Each step's answers in turn; the last one for ever. */
  function scripted(sends: readonly (string | AmiError)[], looks: readonly (readonly Image[])[]) {
    const next = <T>(answers: readonly T[], count: number): T => {
      const answer = answers[Math.min(count, answers.length - 1)];
      if (answer === undefined) {
        throw new Error('no answer');
      }
      return answer;
    };
    let sendCount = 0;
    let lookCount = 0;
    return createImageOnce(request, never, {
      send: async () => {
        const answer = next(sends, sendCount++);
        if (typeof answer === 'string') {
          return answer;
        }
        throw answer;
      },
      findByName: async () => next(looks, lookCount++),
      pause: async () => undefined,
    });
  }

  it('is found when the second request says that the name is in use', async () => {
    await expect(scripted([lost, taken], [[], [], [], [], [], [], [made]])).resolves.toBe(made.id);
  });

  it('is found although its endpoint does not say of which instance it was made', async () => {
    await expect(scripted([lost], [[], [anImage({ ...made, sourceInstanceId: undefined })]])).resolves.toBe(made.id);
  });

  it('is not mistaken for one that somebody else made of another instance at the same time', async () => {
    const other = anImage({ ...made, sourceInstanceId: 'i-0ffffffffffffffff' });
    await expect(scripted([lost, taken], [[], [other]])).rejects.toBe(taken);
  });
});
