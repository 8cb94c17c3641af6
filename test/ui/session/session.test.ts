import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connections } from '../../../src/ec2/connection.ts';
import type { Connection, ConnectionPort, Identity } from '../../../src/ec2/port.ts';
import { openSampleAccount } from '../../../src/sample/inProcess.ts';
import { openedSoon, Session } from '../../../src/ui/session/session.ts';
import { noEditor } from '../../ec2/noEditor.ts';
import { openSample } from '../../ec2/openSample.ts';

const account = '123456789012';
const keys = 'aws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = secret\n';
const credentials = `[one]\n${keys}[other]\n${keys}[sydney]\n${keys}`;
const config = [
  '[profile hung]',
  'credential_process = sleep 120',
  '[profile corp]',
  'sso_session = corp',
  'sso_account_id = 111122223333',
  'sso_role_name = Admin',
  '[profile sydney]',
  'region = ap-southeast-2',
  '[sso-session corp]',
  'sso_region = us-east-1',
  'sso_start_url = https://corp.example/nobody-has-signed-in',
  '',
].join('\n');

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) {
    await end();
  }
});

interface Given {
  readonly profile?: string;
  readonly regions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How long (ms) nobody knows whose the connection is. */
  readonly patience?: number;
  /** What is put around the connections. */
  readonly open?: (open: ConnectionPort['open']) => ConnectionPort['open'];
}

/** A session on the sample account over HTTP, what the user has set, and what the session has told. */
async function start({ profile = 'one', regions = [], env = {}, patience, open = (real) => real }: Given = {}) {
  const sample = await openSample({ AWS_ENDPOINT_URL: 'SERVER', AWS_REGION: 'us-east-1', ...env });
  ends.push(() => sample.close());
  await sample.writeConfig({ config, credentials });
  const opened: Connection[] = [];
  const connections: ConnectionPort = {
    open: open(async (choice, shown) => {
      const connection = await sample.connections.open(choice, shown);
      opened.push(connection);
      return connection;
    }),
    listProfiles: () => sample.connections.listProfiles(),
  };
  const user: { profile: string | undefined; regions: readonly string[] } = { profile, regions };
  const settings = {
    choice: () => ({ kind: 'aws', profile: user.profile, endpointUrl: undefined }) as const,
    regions: () => user.regions,
  };
  const session = new Session(connections, settings, patience);
  ends.push(() => session.dispose());
  const told: string[] = [];
  session.onDidChangeConnection(() => told.push(session.state.kind));
  session.onDidChange(() => told.push('changed'));
  session.onDidIdentify(() => told.push(`account ${session.identity?.account}`));
  return { session, user, opened, told, faults: sample.server.faults };
}

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

/** Each connection tells whose it is when the test says so, be it closed: a real one that is closed tells nothing. */
function tellingLate() {
  const tell: ((identity: Identity) => void)[] = [];
  const open =
    (real: ConnectionPort['open']): ConnectionPort['open'] =>
    async (...args) => {
      const connection = await real(...args);
      const identity = () => new Promise<Identity>((resolve) => tell.push(resolve));
      return { ...connection, ec2: { ...connection.ec2, identity } };
    };
  return { open, tell };
}

const isClosed = (connection: Connection | undefined) =>
  expect(connection?.ec2.listRegions(new AbortController().signal)).rejects.toMatchObject({ kind: 'cancelled' });

describe('opening', () => {
  it('begins once somebody asks, and tells how far it is', async () => {
    const { session, opened, told } = await start();
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
    const { session, user, told, opened } = await start({ env });
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
    const { session } = await start({ open });
    expect(await openedSoon(session, 20)).toEqual({ kind: 'opening' });
    session.reopen();
    expect(await openedSoon(session, 30_000)).toMatchObject({ kind: 'open' });
  });
});

describe('an opening that another one replaces', () => {
  it('holds up nobody while its program hangs, and ends it', async () => {
    const { session, user, opened, told } = await start({ profile: 'hung' });
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
    const { session, opened, told } = await start({ open });
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
    const { session, opened } = await start();
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
    const { session, opened, told } = await start({ open });
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
    const { session, opened } = await start({ profile: 'hung' });
    const state = session.settled();
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    session.dispose();
    expect(await state).toEqual({ kind: 'opening' });
    await expect(opened[0]?.checkCredentials()).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('the connection before', () => {
  it('answers nothing more, not even what is under way', async () => {
    const { session, faults } = await start();
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
    const { session } = await start();
    const connection = await session.connection();
    session.dispose();
    await isClosed(connection);
  });
});

describe('whose the connection is', () => {
  it('is known to everybody who waits for it', async () => {
    const { session } = await start();
    const scope = await session.identified();
    expect(scope).toEqual({ kind: 'aws', partition: 'aws', endpoint: expect.any(String), account, profile: 'one' });
    expect(session.scope).toEqual(scope);
    expect(session.identity).toMatchObject({ account });
  });

  it('stays open where the endpoint does not tell it', async () => {
    const { session, faults, told } = await start();
    faults.add({ kind: 'access-denied', action: 'GetCallerIdentity' });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    expect(told.at(-1)).toBe('account undefined');
  });

  it('is waited for so long, and heard when it comes late', async () => {
    const { open, tell } = tellingLate();
    const { session, told } = await start({ open, patience: 20 });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    tell[0]?.({ account, arn: 'arn:aws:iam::123456789012:user/late' });
    await vi.waitFor(() => expect(session.scope).toMatchObject({ account }));
    expect(told.slice(-2)).toEqual(['account undefined', `account ${account}`]);
  });

  it('is waited for no longer where no answer ever comes', async () => {
    const { session, faults } = await start({ patience: 50 });
    faults.add({ kind: 'hang', action: 'GetCallerIdentity' });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    expect(session.identity).toBeUndefined();
  });

  it('is never told by the connection before', async () => {
    const { open, tell } = tellingLate();
    const { session, user, told } = await start({ open });
    await session.connection();
    user.profile = 'other';
    session.reopen();
    await session.connection();
    tell[0]?.({ account: '111111111111', arn: 'arn:aws:iam::111111111111:user/before' });
    tell[1]?.({ account: '222222222222', arn: 'arn:aws:iam::222222222222:user/now' });
    expect(await session.identified()).toMatchObject({ account: '222222222222', profile: 'other' });
    expect(told.filter((event) => event.startsWith('account'))).toEqual(['account 222222222222']);
  });

  it('is not known any more while another one is opened', async () => {
    const { session, told } = await start();
    await session.identified();
    session.reopen();
    expect([session.scope, session.identity]).toEqual([undefined, undefined]);
    told.length = 0;
    await session.identified();
    expect(told).toEqual(['open', 'changed', `account ${account}`]);
  });

  it('is refused to whoever waited for an account that another one has replaced', async () => {
    const { open, tell } = tellingLate();
    const { session } = await start({ open, patience: 300 });
    await session.connection();
    const waiting = expect(session.identified()).rejects.toMatchObject({ kind: 'cancelled' });
    // By the next turn it waits to be told whose the first connection is.
    await new Promise(setImmediate);
    session.reopen();
    await session.connection();
    tell[1]?.({ account, arn: 'arn:aws:iam::123456789012:user/now' });
    expect(await session.identified()).toMatchObject({ account });
    await waiting;
  });
});

describe('the regions to show', () => {
  it('are those chosen of the partition, or the default', async () => {
    const { session, user } = await start();
    const connection = await session.connection();
    expect(session.regions(connection)).toEqual(['us-east-1']);
    user.regions = ['eu-west-1', 'cn-north-1', 'us-west-2'];
    expect(session.regions(connection)).toEqual(['eu-west-1', 'us-west-2']);
    user.regions = ['cn-north-1'];
    expect(session.regions(connection)).toEqual(['us-east-1']);
  });

  it('of the same partition are shown by the same connection', async () => {
    const { session, user, told } = await start();
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
    const { session, user, told } = await start();
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
    const { session, user, told } = await start({ profile: 'sydney' });
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
    const { session, user } = await start({ profile: 'missing' });
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
    const { session } = await start({
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
