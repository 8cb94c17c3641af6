import { describe, expect, it, vi } from 'vitest';
import { Connections } from '../../../src/ec2/connection.ts';
import type { Connection, ConnectionPort } from '../../../src/ec2/port.ts';
import { openSampleAccount } from '../../../src/sample/inProcess.ts';
import { openedSoon, Session } from '../../../src/ui/session/session.ts';
import { noEditor } from '../../ec2/noEditor.ts';
import { account, ends, startSession } from './startSession.ts';

/** The first opening waits until it is let through: the real one ends by itself. */
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

const isClosed = (connection: Connection | undefined) =>
  expect(connection?.ec2.listRegions(new AbortController().signal)).rejects.toMatchObject({ kind: 'cancelled' });

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
      env: {},
      mfaCodeProvider: () => Promise.reject(new Error('not asked for here')),
      network: () => noEditor,
      sampleRequestHandler: async () => openSampleAccount(),
      onCall() {},
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

describe('the regions to show', () => {
  it('are those chosen of the partition, or the default', async () => {
    const { session, user } = await startSession();
    const connection = await session.connection();
    expect(session.regions(connection)).toEqual(['us-east-1']);
    user.regions = ['eu-west-1', 'cn-north-1', 'us-west-2'];
    expect(session.regions(connection)).toEqual(['eu-west-1', 'us-west-2']);
    user.regions = ['cn-north-1'];
    expect(session.regions(connection)).toEqual(['us-east-1']);
  });

  it('of the same partition are shown by the same connection', async () => {
    const { session, user, told } = await startSession();
    const connection = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['eu-west-1'];
    session.regionsChanged();
    expect(told).toEqual(['changed']);
    expect(await session.connection()).toBe(connection);
    expect(session.regions(connection)).toEqual(['eu-west-1']);
  });

  it('of another partition are asked by another connection', async () => {
    const { session, user, told } = await startSession();
    const before = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['cn-northwest-1'];
    session.regionsChanged();
    expect(told).toEqual(['opening', 'changed']);
    const connection = await session.connection();
    expect(session.partition(connection)).toBe('aws-cn');
    expect(session.regions(connection)).toEqual(['cn-northwest-1']);
    expect(await session.identified()).toMatchObject({ partition: 'aws-cn' });
    await isClosed(before);
  });

  it('of another partition change nothing where the profile has its own region', async () => {
    const { session, user, told } = await startSession({ profile: 'sydney' });
    const connection = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['cn-north-1'];
    session.regionsChanged();
    expect(told).toEqual(['changed']);
    expect(await session.connection()).toBe(connection);
    expect(session.regions(connection)).toEqual(['ap-southeast-2']);
  });

  it('open a connection where there is none', async () => {
    const { session, user } = await startSession({ profile: 'missing' });
    expect(await session.settled()).toMatchObject({ kind: 'failed' });
    user.profile = 'one';
    user.regions = ['eu-west-1'];
    session.regionsChanged();
    expect(session.regions(await session.connection())).toEqual(['eu-west-1']);
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
