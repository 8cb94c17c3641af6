import { describe, expect, it, vi } from 'vitest';
import { Connections } from '../../../src/ec2/connection.ts';
import type { ConnectionPort } from '../../../src/ec2/port.ts';
import { openSampleAccount } from '../../../src/sample/inProcess.ts';
import { openedSoon, Session } from '../../../src/ui/session/session.ts';
import { noEditor } from '../../ec2/noEditor.ts';
import { account, ends, isClosed, startSession } from './startSession.ts';

const notAsked = () => Promise.reject(new Error('not asked for here'));
const nothingAsked = {
  env: {},
  mfaCodeProvider: notAsked,
  network: () => noEditor,
  sampleRequestHandler: notAsked,
  onCall() {},
};

/** The first opening waits until the test lets it go on; a real one ends by itself. */
function heldUp() {
  let letThrough = () => {};
  let held: Promise<void> | undefined = new Promise((resolve) => {
    letThrough = resolve;
  });
  const open =
    (real: ConnectionPort['open']): ConnectionPort['open'] =>
    async (...args) => {
      const wait = held;
      held = undefined;
      await wait;
      return real(...args);
    };
  return { open, letThrough: () => letThrough() };
}

describe('opening', () => {
  it('begins once somebody asks, and tells how far it is', async () => {
    const { session, opened, told } = await startSession();
    expect(session.state).toEqual({ kind: 'opening' });
    expect(opened).toHaveLength(0);
    const [connection] = await Promise.all([session.connection(), session.settled()]);
    expect(connection).toMatchObject({ profile: 'one', defaultRegion: 'us-east-1' });
    expect(session.state).toEqual({ kind: 'open', connection });
    expect(session.scope).toBeUndefined();
    await session.identified();
    expect(told).toEqual(['opening', 'changed', 'open', 'changed', `account ${account}`]);
    expect(await session.connection()).toBe(connection);
    expect(opened).toHaveLength(1);
  });

  it('leads to the sample account where that is chosen', async () => {
    const connections = new Connections({
      ...nothingAsked,
      sampleRequestHandler: async () => openSampleAccount().requestHandler,
    });
    const session = new Session(connections, { choice: () => ({ kind: 'sample' }), regions: () => ['cn-north-1'] });
    ends.push(() => session.dispose());
    expect(session.regions(await session.connection())).toEqual(['us-east-1', 'eu-west-1', 'ap-southeast-2']);
    expect(await session.identified()).toMatchObject({ kind: 'sample', account });
  });

  it.each([
    ['there are no credentials', '', {}, { kind: 'noCredentials', error: { kind: 'no-credentials' } }],
    ['somebody has to sign in', 'corp', {}, { kind: 'signedOut', error: { kind: 'signed-out' } }],
    ['there is no such profile', 'missing', {}, { kind: 'failed', error: { kind: 'config-invalid' } }],
    [
      'the endpoint is none',
      'one',
      { AWS_ENDPOINT_URL: 'nowhere' },
      { kind: 'failed', error: { kind: 'config-invalid' } },
    ],
  ])('tells that %s, to everybody who asks', async (_, profile, env, state) => {
    const { session, user, told, opened } = await startSession({ env });
    user.profile = profile || undefined;
    expect(await session.settled()).toMatchObject(state);
    await expect(session.connection()).rejects.toMatchObject(state.error);
    await expect(session.identified()).rejects.toMatchObject(state.error);
    expect(session.scope).toBeUndefined();
    expect(told).toEqual(['opening', 'changed', state.kind, 'changed']);
    for (const connection of opened) {
      await isClosed(connection);
    }
  });

  it('lets nobody wait who wants to draw it', async () => {
    const { open } = heldUp();
    const { session } = await startSession({ open });
    expect(await openedSoon(session, 20)).toEqual({ kind: 'opening' });
    session.reopen();
    expect(await openedSoon(session, 30_000)).toMatchObject({ kind: 'open' });
  });
});

describe('an opening that another one replaces', () => {
  it('holds up nobody while its program hangs, and ends it', async () => {
    const { session, user, opened, told } = await startSession({ profile: 'hung' });
    const waiting = [session.settled(), session.connection(), session.identified()];
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    user.profile = 'other';
    session.reopen();
    const [state, connection, scope] = await Promise.all(waiting);
    expect(state).toMatchObject({ kind: 'open', connection: { profile: 'other' } });
    expect(connection).toBe(opened[1]);
    expect(scope).toMatchObject({ profile: 'other' });
    await expect(opened[0]?.checkCredentials()).rejects.toMatchObject({ kind: 'cancelled' });
    expect(told).toEqual(['opening', 'changed', 'opening', 'changed', 'open', 'changed', `account ${account}`]);
  });

  it('asks for the code of an MFA device no longer', async () => {
    const asking: AbortSignal[] = [];
    const connections = new Connections({
      ...nothingAsked,
      env: process.env,
      mfaCodeProvider: (_serialNumber, _profile, signal) =>
        new Promise((_, reject) => {
          asking.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    const { session, user } = await startSession({
      profile: 'admin',
      open: () => (choice, regions) => connections.open(choice, regions),
    });
    const waiting = session.connection();
    await vi.waitFor(() => expect(asking).toHaveLength(1));
    expect(asking[0]?.aborted).toBe(false);
    user.profile = 'one';
    session.reopen();
    expect(asking[0]?.aborted).toBe(true);
    expect(await waiting).toMatchObject({ profile: 'one' });
    expect(asking).toHaveLength(1);
  });

  it('is closed when it is there at last, and never in force', async () => {
    const { open, letThrough } = heldUp();
    const { session, opened, told } = await startSession({ open });
    const waiting = session.connection();
    session.reopen();
    const connection = await waiting;
    await session.identified();
    told.length = 0;
    letThrough();
    await vi.waitFor(() => expect(opened).toHaveLength(2));
    await isClosed(opened[1]);
    expect(session.state).toEqual({ kind: 'open', connection });
    expect(told).toEqual([]);
    await expect(connection.ec2.listRegions(new AbortController().signal)).resolves.not.toHaveLength(0);
  });

  it('is the last of many', async () => {
    const { session, opened } = await startSession();
    for (let count = 0; count < 5; count += 1) {
      session.reopen();
    }
    const connection = await session.connection();
    await vi.waitFor(() => expect(opened).toHaveLength(5));
    for (const other of opened.filter((each) => each !== connection)) {
      await isClosed(other);
    }
  });

  it('does not open once the session is over, and lets go whoever waits', async () => {
    const { open, letThrough } = heldUp();
    const { session, opened, told } = await startSession({ open });
    const waiting = expect(session.connection()).rejects.toMatchObject({ kind: 'cancelled' });
    session.dispose();
    await waiting;
    told.length = 0;
    letThrough();
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    await isClosed(opened[0]);
    expect(session.state).toEqual({ kind: 'opening' });
    expect(told).toEqual([]);
  });

  it('has its program ended with the session', async () => {
    const { session, opened } = await startSession({ profile: 'hung' });
    const state = session.settled();
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    session.dispose();
    expect(await state).toEqual({ kind: 'opening' });
    await expect(opened[0]?.checkCredentials()).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('the connection before', () => {
  it('answers nothing more, not even what is under way', async () => {
    const { session, faults } = await startSession();
    const before = await session.connection();
    faults.add({ kind: 'hang', action: 'DescribeRegions' });
    const underWay = isClosed(before);
    session.reopen();
    await underWay;
    faults.clear();
    expect(await session.connection()).not.toBe(before);
    await isClosed(before);
  });

  it('is closed with the session', async () => {
    const { session } = await startSession();
    const connection = await session.connection();
    session.dispose();
    await isClosed(connection);
  });
});

describe('what the user does', () => {
  it('lets what is open try again, and nothing else', async () => {
    const userActed = vi.fn();
    const { session } = await startSession({
      open:
        (real) =>
        async (...args) => ({ ...(await real(...args)), userActed }),
    });
    session.userActed();
    const connection = session.connection();
    session.userActed();
    await connection;
    expect(userActed).not.toHaveBeenCalled();
    session.userActed();
    expect(userActed).toHaveBeenCalledTimes(1);
  });
});
