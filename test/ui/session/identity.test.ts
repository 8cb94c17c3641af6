import { describe, expect, it, vi } from 'vitest';
import type { ConnectionPort, Identity } from '../../../src/ec2/port.ts';
import { account, startSession } from './startSession.ts';

/** Each connection tells its account when the test says so, even when it is closed, unlike a real one. */
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

describe('whose the connection is', () => {
  it('is known to everybody who waits for it', async () => {
    const { session } = await startSession();
    const scope = await session.identified();
    expect(scope).toEqual({ kind: 'aws', partition: 'aws', endpoint: expect.any(String), account, profile: 'one' });
    expect(session.scope).toEqual(scope);
    expect(session.identity).toMatchObject({ account });
  });

  it('stays open where the endpoint does not tell it', async () => {
    const { session, faults, told } = await startSession();
    faults.add({ kind: 'access-denied', action: 'GetCallerIdentity' });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    expect(told.at(-1)).toBe('account undefined');
  });

  it('is waited for so long, and heard when it comes late', async () => {
    const { open, tell } = tellingLate();
    const { session, told } = await startSession({ open, timeout: 20 });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    tell[0]?.({ account, arn: 'arn:aws:iam::123456789012:user/late' });
    await vi.waitFor(() => expect(session.scope).toMatchObject({ account }));
    expect(told.slice(-2)).toEqual(['account undefined', `account ${account}`]);
  });

  it('is waited for no longer where no answer ever comes', async () => {
    const { session, faults } = await startSession({ timeout: 50 });
    faults.add({ kind: 'hang', action: 'GetCallerIdentity' });
    expect(await session.identified()).toMatchObject({ account: undefined, profile: 'one' });
    expect(session.identity).toBeUndefined();
  });

  it('is never told by the connection before', async () => {
    const { open, tell } = tellingLate();
    const { session, user, told } = await startSession({ open });
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
    const { session, told } = await startSession();
    await session.identified();
    session.reopen();
    expect([session.scope, session.identity]).toEqual([undefined, undefined]);
    told.length = 0;
    await session.identified();
    expect(told).toEqual(['open', 'changed', `account ${account}`]);
  });

  it('is refused to whoever waited for an account that another one has replaced', async () => {
    const { open, tell } = tellingLate();
    const { session } = await startSession({ open, timeout: 2_000 });
    await session.connection();
    const waiting = expect(session.identified()).rejects.toMatchObject({ kind: 'cancelled' });
    // By the next turn it waits for the account of the first connection.
    await new Promise(setImmediate);
    session.reopen();
    await session.connection();
    tell[1]?.({ account, arn: 'arn:aws:iam::123456789012:user/now' });
    expect(await session.identified()).toMatchObject({ account });
    await waiting;
  });
});
