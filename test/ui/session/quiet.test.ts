import { describe, expect, it, vi } from 'vitest';
import { Connections } from '../../../src/ec2/connection.ts';
import type { ConnectionPort } from '../../../src/ec2/port.ts';
import { noEditor } from '../../ec2/noEditor.ts';
import { startSession } from './startSession.ts';

/** A session on a profile that needs the code of an MFA device, which it may ask for only when it is not quiet. */
async function needingCode() {
  const asked: string[] = [];
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: (_device, profile) =>
      session.askUser(async () => {
        asked.push(profile);
        throw new Error('no code');
      }),
    network: () => noEditor,
    sampleRequestHandler: () => Promise.reject(new Error('not asked for here')),
    onCall() {},
  });
  const open = (): ConnectionPort['open'] => (choice, regions) => connections.open(choice, regions);
  const { session, told } = await startSession({ profile: 'admin', open });
  return { session, told, asked };
}

describe('a connection that the background has opened', () => {
  it('asks the user for nothing, until the user asks for it', async () => {
    const { session, asked } = await needingCode();
    expect(await session.settledQuietly()).toMatchObject({ kind: 'failed', error: { kind: 'mfa-code-missing' } });
    expect(asked).toEqual([]);
    await session.settledQuietly();
    expect(asked).toEqual([]);
    expect(await session.settled()).toMatchObject({ kind: 'failed', error: { kind: 'mfa-code-missing' } });
    expect(asked).toEqual(['admin']);
    await session.settled();
    expect(asked).toEqual(['admin']);
  });

  it('asks when the user runs a command', async () => {
    const { session, asked } = await needingCode();
    await session.settledQuietly();
    session.userActed();
    await session.settled();
    expect(asked).toEqual(['admin']);
  });

  it('asks where the user comes while it is being opened', async () => {
    const { session, asked } = await needingCode();
    const quiet = session.settledQuietly();
    await session.settled();
    await quiet;
    expect(asked).toEqual(['admin']);
  });

  it('is the one that the user gets, too', async () => {
    const { session, opened } = await startSession();
    expect(await session.settledQuietly()).toMatchObject({ kind: 'open' });
    await expect(session.askUser(async () => 'asked')).rejects.toThrow('has not asked');
    const wanted = vi.fn();
    session.onDidWant(wanted);
    await session.settledQuietly();
    expect(wanted).not.toHaveBeenCalled();
    await session.connection();
    await session.connection();
    expect(wanted).toHaveBeenCalledOnce();
    expect(await session.askUser(async () => 'asked')).toBe('asked');
    expect(opened).toHaveLength(1);
  });

  it('is tried again after a while, as long as the user has not seen that it failed', async () => {
    const { session, user, told } = await startSession({ profile: 'missing' });
    const now = vi.spyOn(performance, 'now');
    try {
      expect(await session.settledQuietly()).toMatchObject({ kind: 'failed' });
      user.profile = 'one';
      expect(await session.settledQuietly()).toMatchObject({ kind: 'failed' });
      const later = performance.now() + 61_000;
      now.mockReturnValue(later);
      expect(await session.settledQuietly()).toMatchObject({ kind: 'open' });
      expect(told.filter((event) => event === 'failed')).toHaveLength(1);
    } finally {
      now.mockRestore();
    }
  });
});
