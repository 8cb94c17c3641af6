import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionCall, RepeatableAction } from '../../src/actions/action.ts';
import { ActionRun, type ActionRunDeps } from '../../src/actions/actionRun.ts';
import { type CreateImageTypes, createImageAction } from '../../src/actions/createImage.ts';
import type { CreateImageRequest, SoughtImage } from '../../src/core/createImage.ts';
import { AmiError, type AmiErrorKind } from '../../src/core/errors.ts';
import { type ImageActions, imageActions } from '../../src/ec2/actionPort.ts';
import { sampleCredentials } from '../../src/ec2/credentials/credentials.ts';
import { ec2Port } from '../../src/ec2/ec2.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Connection, Ec2Port } from '../../src/ec2/port.ts';
import { ConnectionImages } from '../../src/images/connectionImages.ts';
import type { ImageSoughtBy } from '../../src/images/watches/imageCreations.ts';
import type { Sending, Sendings } from '../../src/images/watches/sending.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { allOf } from '../ec2/allOf.ts';
import { type CarelessEndpoint, type CarelessOptions, startCarelessEndpoint } from '../ec2/carelessEndpoint.ts';

const region = 'us-east-1';
const never = new AbortController().signal;
let server: SampleServer;
let endpoint: CarelessEndpoint | undefined;

beforeEach(async () => {
  server = await startSampleServer();
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  await server.close();
});

/** A port through the real SDK, without the delays between its looks. */
async function portTo(url: string): Promise<Ec2Port & ImageActions> {
  const own = { url, source: 'test' };
  return ec2Port({
    sdk: await loadSdk(),
    credentials: sampleCredentials,
    homeRegion: region,
    common: {},
    endpoints: { ec2: own, sts: own, ssm: own },
    onCall() {},
    closed: never,
    pause: async () => {},
  });
}

async function careless(options: Omit<CarelessOptions, 'url'>): Promise<Ec2Port & ImageActions> {
  endpoint = await startCarelessEndpoint({ url: () => server.url, ...options });
  return portTo(endpoint.url);
}

/** A run on a port, its events, and what its unanswered requests are looked for by. */
function runOn(ec2: Ec2Port & ImageActions, isReadOnly = () => false, action = createImageAction) {
  const done: string[] = [];
  const sought = new Map<string, SoughtImage>();
  const shown = new Map<string, string>();
  // Nothing else of a connection is used here.
  const connection = { ec2, [imageActions]: ec2 } as Pick<Connection, 'ec2' | typeof imageActions> as Connection;
  const images = new ConnectionImages({ byIds: async () => [] });
  const byId = images.of(connection);
  const changes: string[] = [];
  images.onDidChange(({ kind, ref }) => changes.push(`${kind} ${ref.id}`));
  const sendings: Sendings<ImageSoughtBy> = {
    sending(_connection, { name }): Sending<SoughtImage> {
      const sending = {
        id: name,
        earlier: sought.get(name),
        underWay: false,
        sent: false,
        onSending(what: SoughtImage) {
          sending.sent = true;
          sought.set(name, what);
        },
        made: () => sought.delete(name),
        refused: () => sought.delete(name),
        unanswered() {},
      };
      return sending;
    },
    foundOf: (id) => shown.get(id),
    lookNow: async (id) => shown.has(id),
  };
  const deps: ActionRunDeps<CreateImageTypes> = {
    connection,
    isReadOnly,
    images,
    onDone: ({ request }, id, dryRun) => done.push(`${request.name} ${id.slice(0, 4)} ${dryRun}`),
    log: { info() {}, error() {} },
  };
  const run = new ActionRun<CreateImageTypes>({ action, sendings }, deps);
  const look = async () => {
    for (const [name, what] of sought) {
      const image = await ec2.findCreated(what, never);
      if (image) {
        sought.delete(name);
        shown.set(name, image.id);
      }
    }
    return sought.size;
  };
  /** Looks until all that is sought has shown, as watches do. */
  const allShown = () => expect.poll(look, { timeout: 20_000 }).toBe(0);
  return { run, deps, done, byId, changes, allShown };
}

async function callsFor(...names: readonly string[]): Promise<readonly ActionCall<CreateImageRequest>[]> {
  const all = await allOf((await portTo(server.url)).listInstances(region, never));
  const instances = all.filter(({ state }) => state === 'running');
  return names.map((name, index) => {
    const targetId = instances[index]?.id ?? '';
    const request = {
      region,
      instanceId: targetId,
      name,
      description: undefined,
      reboot: false,
      deviceChanges: [],
      imageTags: [],
      snapshotTags: [],
    };
    return { targetId, region, request };
  });
}

/** Names of the CreateImage requests that have reached the server, and whether they were dry runs. */
function sent(): readonly string[] {
  return server.requests
    .filter(({ action }) => action === 'CreateImage')
    .map(({ params }) => `${params['Name']} ${params['DryRun'] === 'true'}`);
}

async function tried(run: ActionRun<CreateImageTypes>, calls: readonly ActionCall<CreateImageRequest>[]) {
  return (await run.dryRun(calls, never)).map(({ outcome }) => outcome);
}

async function carriedOut(run: ActionRun<CreateImageTypes>, calls: readonly ActionCall<CreateImageRequest>[]) {
  return (await run.run(calls, never, () => {})).map(({ outcome }) => outcome);
}

const kinds = (outcomes: readonly { readonly kind: string }[]) => outcomes.map(({ kind }) => kind);

describe('an action', () => {
  it('is tried without its effect, then done', async () => {
    const { run, done } = runOn(await portTo(server.url));
    const calls = await callsFor('img-a', 'img-b');
    expect(kinds(await tried(run, calls))).toEqual(['passed', 'passed']);
    expect(done).toEqual([]);
    expect(kinds(await carriedOut(run, calls))).toEqual(['done', 'done']);
    expect(done).toEqual(['img-a ami- false', 'img-b ami- false']);
    expect(sent()).toEqual(['img-a true', 'img-b true', 'img-a false', 'img-b false']);
  });

  it('that is refused for one item is done for the others', async () => {
    server.faults.add({ kind: 'access-denied', action: 'CreateImage', count: 1 });
    const { run } = runOn(await portTo(server.url));
    expect(await carriedOut(run, await callsFor('img-a', 'img-b'))).toMatchObject([
      { kind: 'refused', error: { kind: 'access-denied' } },
      { kind: 'done' },
    ]);
  });

  it('begins nothing more once it is cancelled', async () => {
    const { run } = runOn(await portTo(server.url));
    const left = new AbortController();
    const outcomes = await run.run(await callsFor('img-a', 'img-b'), left.signal, () => left.abort());
    expect(kinds(outcomes.map(({ outcome }) => outcome))).toEqual(['done', 'not-begun']);
    expect(sent()).toEqual(['img-a false']);
  });
});

describe('what is known of an image', () => {
  const listed = async (ec2: Ec2Port) => {
    for await (const [image] of ec2.listImages(region, { owners: ['self'] }, never)) {
      if (image) return image;
    }
    throw new Error('The account has no image.');
  };
  const refuse = () => Promise.reject(new AmiError('Refused.', { kind: 'not-found', operation: 'CreateImage' }));

  it.each([
    ['the action makes', 'i-0123456789abcdef0', async (id: string) => id],
    ['it is done to', undefined, async () => 'ami-0123456789abcdef0'],
    ['it is refused for', undefined, refuse],
  ])('that %s is asked for anew', async (_, targetId, run) => {
    const ec2 = await portTo(server.url);
    const image = await listed(ec2);
    const action = { ...createImageAction, run: () => run(image.id) };
    const { run: actionRun, byId } = runOn(ec2, () => false, action);
    byId.learn([{ ...image, state: 'as it was' }]);
    const [call] = await callsFor('img-a');
    await carriedOut(actionRun, call ? [{ ...call, targetId: targetId ?? image.id }] : []);
    expect(await byId.get(image, never)).toEqual(image);
  });

  it('stands after a dry run', async () => {
    const ec2 = await portTo(server.url);
    const { run, byId } = runOn(ec2);
    const image = { ...(await listed(ec2)), state: 'as it was' };
    byId.learn([image]);
    const [call] = await callsFor('img-a');
    expect(kinds(await tried(run, call ? [{ ...call, targetId: image.id }] : []))).toEqual(['passed']);
    expect(await byId.get(image, never)).toEqual(image);
  });
});

describe('an action that is repeatable', () => {
  it('is sent again after an error, with nothing to look for', async () => {
    const errors = [new AmiError('No answer.', { kind: 'network', operation: 'DeregisterImage', code: 'ECONNRESET' })];
    const action: RepeatableAction<CreateImageTypes> = {
      ...createImageAction,
      effect: 'gone',
      once: 'repeatable',
      run: async (_ec2, { instanceId }) => {
        const error = errors.pop();
        if (error) throw error;
        return instanceId;
      },
    };
    const { deps, changes } = runOn(await portTo(server.url));
    const run = new ActionRun({ action }, deps);
    const calls = await callsFor('img-a');
    const id = calls[0]?.targetId;
    expect(await carriedOut(run, calls)).toMatchObject([{ kind: 'refused', error: { kind: 'network' } }]);
    expect(await carriedOut(run, calls)).toEqual([{ kind: 'done', id }]);
    expect(changes).toEqual([`changed ${id}`, `gone ${id}`]);
  });
});

describe('the surfaces that show images', () => {
  const made = async () => 'ami-0123456789abcdef0';
  const refuse = (kind: AmiErrorKind) => () =>
    Promise.reject(new AmiError('Refused.', { kind, operation: 'CreateImage' }));

  it.each([
    ['a new image', 'changed', made, ['changed ami-0123456789abcdef0', 'changed target']],
    ['an image that is gone', 'gone', made, ['gone ami-0123456789abcdef0', 'changed target']],
    ['what is not as they show it', 'changed', refuse('not-found'), ['changed target']],
    ['what an action may have changed', 'changed', refuse('network'), ['changed target']],
    ['nothing of what EC2 has refused', 'changed', refuse('access-denied'), []],
  ] as const)('hear of %s', async (_, effect, run, expected) => {
    const ec2 = await portTo(server.url);
    const { run: actionRun, changes } = runOn(ec2, () => false, { ...createImageAction, effect, run });
    const [call] = await callsFor('img-a');
    await carriedOut(actionRun, call ? [{ ...call, targetId: 'target' }] : []);
    expect(changes).toEqual(expected);
  });

  it('hear once of an image that an action is done to', async () => {
    const ec2 = await portTo(server.url);
    const { run, changes } = runOn(ec2, () => false, { ...createImageAction, effect: 'gone', run: made });
    const [call] = await callsFor('img-a');
    await carriedOut(run, call ? [{ ...call, targetId: await made() }] : []);
    expect(changes).toEqual(['gone ami-0123456789abcdef0']);
  });
});

describe('the calls that change AWS', () => {
  it('are no part of what a connection lets be asked', async () => {
    const { ec2 }: Pick<Connection, 'ec2'> = { ec2: await portTo(server.url) };
    // @ts-expect-error The types keep surfaces from it.
    expect(ec2.createImage).toBeDefined();
  });
});

describe('where AWS is not to be changed', () => {
  it('neither a dry run nor the request is sent, until it may be', async () => {
    let isReadOnly = true;
    const { run } = runOn(await portTo(server.url), () => isReadOnly);
    const calls = await callsFor('img-a');
    const refused = [{ kind: 'refused', error: { kind: 'read-only', operation: 'CreateImage', region } }];
    expect(await tried(run, calls)).toMatchObject(refused);
    expect(await carriedOut(run, calls)).toMatchObject(refused);
    expect(sent()).toEqual([]);
    isReadOnly = false;
    expect(kinds(await carriedOut(run, calls))).toEqual(['done']);
  });
});

describe('what a dry run has made', () => {
  it('is told, and the others are made without one', async () => {
    const { run, done } = runOn(await careless({ ignoresDryRun: true }));
    expect(kinds(await tried(run, await callsFor('img-a', 'img-b')))).toEqual(['done', 'untried']);
    expect(done).toEqual(['img-a ami- true']);
    expect(endpoint?.made).toEqual(['img-a']);
  });

  it('and shows only later is made neither by the next dry run nor by the request', async () => {
    const { run, allShown } = runOn(await careless({ ignoresDryRun: true, answers: ['dropped'], showsAfter: 4_000 }));
    const calls = await callsFor('img-a', 'img-b');
    // No dry run is sent for the other one, which the endpoint would make as well.
    expect(kinds(await tried(run, calls))).toEqual(['unanswered']);
    await allShown();
    const again = calls.slice(0, 1);
    expect(kinds(await tried(run, again))).toEqual(['done']);
    expect(kinds(await carriedOut(run, again))).toEqual(['done']);
    expect(endpoint?.made).toEqual(['img-a']);
  });

  it('under a name that is no longer wanted stands in the way of no other', async () => {
    const { run, allShown } = runOn(await careless({ ignoresDryRun: true, answers: ['dropped'], showsAfter: 4_000 }));
    const [call] = await callsFor('img-a');
    expect(call && kinds(await tried(run, [call]))).toEqual(['unanswered']);
    await allShown();
    const renamed = call && { ...call, request: { ...call.request, name: 'img-b' } };
    expect(renamed && kinds(await carriedOut(run, [renamed]))).toEqual(['done']);
    expect(endpoint?.made).toEqual(['img-a', 'img-b']);
  });
});

describe('a request whose answer is lost', () => {
  it('is not sent again once what it has made shows', async () => {
    const { run, allShown } = runOn(await careless({ answers: ['dropped'], showsAfter: 4_000 }));
    const calls = await callsFor('img-a');
    expect(await carriedOut(run, calls)).toMatchObject([{ kind: 'unanswered', sendingId: 'img-a' }]);
    await allShown();
    expect(kinds(await tried(run, calls))).toEqual(['done']);
    expect(kinds(await carriedOut(run, calls))).toEqual(['done']);
    expect(endpoint?.made).toEqual(['img-a']);
  });
});
