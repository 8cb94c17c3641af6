import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CreateImageRequest, madeBy, type SoughtImage } from '../../src/core/createImage.ts';
import { AmiError } from '../../src/core/errors.ts';
import type { Image } from '../../src/core/image.ts';
import { mayHaveBeenCarriedOut } from '../../src/core/lostAnswers.ts';
import type { ImageActions } from '../../src/ec2/actionPort.ts';
import type { Pause } from '../../src/ec2/calls/onceOnly.ts';
import { sampleCredentials } from '../../src/ec2/credentials/credentials.ts';
import { ec2Port } from '../../src/ec2/ec2.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Ec2Port } from '../../src/ec2/port.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { anImage } from '../core/anImage.ts';
import { allOf } from './allOf.ts';
import {
  type CarelessEndpoint,
  type CarelessOptions,
  type LostAnswer,
  startCarelessEndpoint,
} from './carelessEndpoint.ts';

const region = 'us-east-1';
const never = new AbortController().signal;
let server: SampleServer;
let ec2: Ec2Port & ImageActions;
/** The delays (ms) that the code under test asks for; the tests do not wait. */
let waits: number[];

/** A port with the real SDK, short timeouts, and no delay between attempts. */
async function portTo(url: string, pause: Pause = noted): Promise<Ec2Port & ImageActions> {
  const endpoint = { url, source: 'test' };
  return ec2Port({
    sdk: await loadSdk(),
    credentials: sampleCredentials,
    homeRegion: region,
    common: { requestHandler: { requestTimeout: 700, throwOnRequestTimeout: true } },
    endpoints: { ec2: endpoint, sts: endpoint, ssm: endpoint },
    onCall() {},
    closed: never,
    pause,
  });
}

async function noted(ms: number): Promise<void> {
  waits.push(ms);
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
  const images = await allOf(ec2.listImages(region, { owners: ['self'] }, never));
  return images.filter((image) => image.name === name);
}

/** The CreateImage requests that have reached the server, without dry runs. */
function sent(): readonly Readonly<Record<string, string>>[] {
  return server.requests
    .filter(({ action, params }) => action === 'CreateImage' && params['DryRun'] !== 'true')
    .map(({ params }) => params);
}

/** Creates an image, and expects that exactly one was made and that its id is the answer. */
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
    await expect(ec2.dryRunCreateImage(await requestFor('web-1'), never)).resolves.toEqual({ kind: 'passed' });
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
});

/** The answer of an endpoint that has carried a dry run out. */
const anImageMade = { kind: 'done', id: expect.stringMatching(/^ami-/) };

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
    ['hangs', 'hang', 'timeout'],
    ['fails inside', 'server-error', 'unavailable'],
    ['is not available', 'unavailable', 'unavailable'],
    ['has a proxy that fails', 'html', 'unavailable'],
  ] as const)('of an endpoint that %s is looked for, and nothing is sent again', async (_, fault, kind) => {
    server.faults.add({ kind: fault, action: 'CreateImage', count: 1 });
    await expect(ec2.createImage(await requestFor('web-1'), never)).rejects.toMatchObject({ kind });
    expect(sent()).toHaveLength(1);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(30_000);
    expect(await imagesNamed('made-by-a-test')).toEqual([]);
  });

  it('is not taken for made because an older image of the same instance has the name', async () => {
    const request = await requestFor('web-1');
    const older = await ec2.createImage(request, never);
    server.requests.length = 0;
    server.faults.add({ kind: 'server-error', action: 'CreateImage', count: 1 });
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({ kind: 'name-taken' });
    expect((await imagesNamed(request.name)).map((image) => image.id)).toEqual([older]);
  });

  it('is unknown while EC2 does not say what there is', async () => {
    const request = await requestFor('web-1');
    server.faults.add({ kind: 'drop-answer', action: 'CreateImage' });
    // The look before the request is answered, the looks after it are not.
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
    // Looks for the image after each refusal: the endpoint may have made it anyway.
    expect(waits).toEqual([1_000, 3_000, 8_000, 1_000, 3_000, 8_000]);
  });

  it('because of too many requests is not asked for again while EC2 does not say what there is', async () => {
    const request = await requestFor('web-1');
    server.faults.add({ kind: 'throttled' });
    await expect(ec2.createImage(request, never)).rejects.toMatchObject({ kind: 'throttled' });
    expect(sent()).toHaveLength(1);
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

describe('a request that was not answered before', () => {
  it('is not sent again while EC2 does not say what there is', async () => {
    const request = await requestFor('web-1');
    const { region, instanceId, name } = request;
    const earlier: SoughtImage = { region, instanceId, name, since: Date.now(), before: [] };
    const watch = { earlier, onSending() {} };
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    await expect(ec2.createImage(request, never, watch)).rejects.toMatchObject({ operation: 'DescribeImages' });
    expect(sent()).toEqual([]);
    server.faults.clear();
    await ec2.createImage(request, never, watch);
    expect(sent()).toHaveLength(1);
  });
});

describe('an endpoint that takes no care', () => {
  let careless: CarelessEndpoint | undefined;
  afterEach(() => careless?.close());

  /** Opens a port to the endpoint that waits a tenth of the delays. */
  async function open(
    options: Omit<CarelessOptions, 'url'>,
  ): Promise<{ port: Ec2Port & ImageActions; endpoint: CarelessEndpoint }> {
    careless = await startCarelessEndpoint({ url: () => server.url, ...options });
    const port = await portTo(careless.url, (ms) => new Promise((resolve) => setTimeout(resolve, ms / 10)));
    return { port, endpoint: careless };
  }

  const lost: readonly LostAnswer[] = ['dropped', 'server-error', 'throttled', 'gateway', 'empty', 'silence'];

  it.each(lost)(
    'makes one image though the answer is lost (%s), names are not unique and it shows late',
    async (answer) => {
      const { port, endpoint } = await open({ answers: [answer], showsAfter: 1_100 });
      const id = await port.createImage(await requestFor('web-1'), never);
      expect(endpoint.made).toEqual(['made-by-a-test']);
      expect((await port.describeImages(region, [id], never)).map(({ name }) => name)).toEqual(['made-by-a-test']);
    },
  );

  it('leaves it unknown where the image does not show, and finds it before anything is sent when asked again', async () => {
    const { port, endpoint } = await open({ answers: ['dropped'], showsAfter: 7_000 });
    const request = await requestFor('web-1');
    let sought: SoughtImage | undefined;
    const onSending = (sending: SoughtImage) => {
      sought = sending;
    };
    await expect(port.createImage(request, never, { onSending })).rejects.toMatchObject({ kind: 'network' });
    expect(endpoint.asked()).toBe(1);
    if (!sought) {
      throw new Error('Nobody was told.');
    }
    const { found } = await vi.waitUntil(
      async () => {
        const image = await port.findCreated(sought as SoughtImage, never);
        return image && { found: image };
      },
      { timeout: 30_000, interval: 100 },
    );
    await expect(port.createImage(request, never, { earlier: sought, onSending })).resolves.toBe(found.id);
    await expect(port.dryRunCreateImage(request, never, { earlier: sought, onSending })).resolves.toEqual({
      kind: 'done',
      id: found.id,
    });
    expect(endpoint.made).toHaveLength(1);
  });

  it('that carries out dry runs is asked once, recognised, and asked for none again', async () => {
    const { port, endpoint } = await open({ ignoresDryRun: true });
    const request = await requestFor('web-1');
    await expect(port.dryRunCreateImage(request, never)).resolves.toEqual(anImageMade);
    await expect(port.dryRunCreateImage({ ...request, name: 'another' }, never)).resolves.toEqual({ kind: 'untried' });
    expect(endpoint.made).toEqual(['made-by-a-test']);
  });

  it.each(lost)('is recognised by the image of a dry run whose answer is lost (%s)', async (answer) => {
    const { port, endpoint } = await open({
      ignoresDryRun: true,
      answers: [answer],
      showsAfter: 1_100,
    });
    const request = await requestFor('web-1');
    await expect(port.dryRunCreateImage(request, never)).resolves.toEqual(anImageMade);
    await expect(port.dryRunCreateImage(request, never)).resolves.toEqual({ kind: 'untried' });
    expect(endpoint.made).toHaveLength(1);
  });

  it('that carries out dry runs shows it by one of them, though several regions are asked at the same time', async () => {
    const { port, endpoint } = await open({ ignoresDryRun: true });
    const request = await requestFor('web-1');
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => port.dryRunCreateImage({ ...request, name }, never)),
    );
    expect(answers).toEqual([anImageMade, { kind: 'untried' }, { kind: 'untried' }]);
    expect(endpoint.made).toEqual(['a']);
  });

  it('of one region that does not answer is waited for by others for a while only', async () => {
    const { port, endpoint } = await open({ answers: ['silence'] });
    const request = await requestFor('web-1');
    const silent = port.dryRunCreateImage({ ...request, name: 'a' }, never).catch((error: unknown) => error);
    await expect(port.dryRunCreateImage({ ...request, name: 'b' }, never)).resolves.toEqual({ kind: 'passed' });
    expect(endpoint.asked()).toBe(2);
    expect(await silent).toMatchObject({ kind: 'timeout' });
  });

  it('but keeps dry runs is asked once for each, and not looked at once that is known', async () => {
    const { port, endpoint } = await open({ answers: [undefined, 'dropped'] });
    const request = await requestFor('web-1');
    const told: SoughtImage[] = [];
    const watch = { onSending: (sought: SoughtImage) => told.push(sought) };
    await expect(port.dryRunCreateImage(request, never, watch)).resolves.toEqual({ kind: 'passed' });
    server.requests.length = 0;
    await expect(port.dryRunCreateImage(request, never, watch)).rejects.toMatchObject({ kind: 'network' });
    expect(endpoint.asked()).toBe(2);
    expect(told).toHaveLength(1);
    expect(server.requests.map(({ action }) => action)).toEqual(['CreateImage']);
  });
});

describe('what a request has made', () => {
  const sought: SoughtImage = {
    region,
    instanceId: 'i-0123456789abcdef0',
    name: 'late',
    since: Date.parse('2026-11-26T12:00:00Z'),
    before: ['ami-0bbbbbbbbbbbbbbbb'],
  };
  const made = anImage({ id: 'ami-0aaaaaaaaaaaaaaaa', name: 'late', sourceInstanceId: sought.instanceId });

  it.each([
    ['is its image', sought, made, true],
    ['is no image of another name', sought, { ...made, name: 'Late' }, false],
    ['is no image that was there before', sought, { ...made, id: 'ami-0bbbbbbbbbbbbbbbb' }, false],
    [
      'is no image that somebody made of another instance meanwhile',
      sought,
      { ...made, sourceInstanceId: 'i-0ffffffffffffffff' },
      false,
    ],
    [
      'is an image of which the endpoint does not say where it is from',
      sought,
      { ...made, sourceInstanceId: undefined },
      true,
    ],
    [
      'is told by its date where it is not known what was there before',
      { ...sought, before: undefined },
      { ...made, creationDate: '2026-11-26T12:00:03.000Z' },
      true,
    ],
    [
      'is no older image where it is not known what was there before',
      { ...sought, before: undefined },
      { ...made, creationDate: '2026-11-26T09:00:00.000Z' },
      false,
    ],
    [
      'is no image without a date where it is not known what was there before',
      { ...sought, before: undefined },
      { ...made, creationDate: undefined },
      false,
    ],
  ] as const)('%s', (_, what, image, expected) => {
    expect(madeBy(what, [image]) !== undefined).toBe(expected);
  });
});

describe('whether an image may have been made', () => {
  it.each([
    ['network', 'ECONNRESET', undefined, true],
    ['network', 'ECONNREFUSED', undefined, false],
    ['network', 'ENOTFOUND', undefined, false],
    ['network', 'SELF_SIGNED_CERT_IN_CHAIN', undefined, false],
    ['timeout', undefined, undefined, true],
    ['unavailable', 'InternalError', '1', true],
    ['bad-answer', 'HTTP 504', undefined, true],
    ['unknown', 'TypeError', undefined, true],
    ['unknown', undefined, undefined, true],
    ['unknown', 'ERR_STREAM_DESTROYED', undefined, true],
    ['unknown', 'SomethingNew', undefined, false],
    ['access-denied', 'UnauthorizedOperation', '1', false],
    ['throttled', 'RequestLimitExceeded', '1', false],
    ['name-taken', 'InvalidAMIName.Duplicate', '1', false],
  ] as const)('is told by the failure: %s %s', (kind, code, requestId, expected) => {
    expect(mayHaveBeenCarriedOut(new AmiError('', { kind, operation: 'CreateImage', code, requestId }))).toBe(expected);
  });
});
