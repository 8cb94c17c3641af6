import { describe, expect, it } from 'vitest';
import { contextKeys } from '../../../src/contributions/contextKeys.ts';
import { AmiError, type AmiErrorDetails, type AmiErrorKind } from '../../../src/core/errors.ts';
import { connectionKey } from '../../../src/ui/session/connectionKey.ts';
import { startSession } from './startSession.ts';

const failed = (kind: AmiErrorKind, more: Partial<AmiErrorDetails> = {}) =>
  connectionKey({ kind: 'failed', error: new AmiError('', { operation: 'Connect', kind, ...more }) });

const signedOut = (command: 'sso login' | 'login') =>
  connectionKey({
    kind: 'signedOut',
    error: new AmiError('', {
      operation: 'Connect',
      kind: 'signed-out',
      signIn: { profile: 'p', command, cacheFile: '' },
    }),
  });

describe('the welcome text', () => {
  it.each([
    ['open', connectionKey({ kind: 'opening' }), 'opening'],
    ['of SSO', signedOut('sso login'), 'signedOutOfSso'],
    ['of the console', signedOut('login'), 'signedOutOfConsole'],
    ['no code', failed('mfa-code-missing'), 'mfaCodeMissing'],
    ['a line of a file', failed('config-invalid', { file: { path: '/c', line: 3 } }), 'badConfigFile'],
    ['a variable', failed('config-invalid'), 'badSetting'],
    ['no network', failed('network'), 'unreachable'],
    ['no answer', failed('timeout'), 'unreachable'],
    ['a proxy', failed('proxy'), 'unreachable'],
    ['an outage', failed('unavailable'), 'unreachable'],
    ['the clock', failed('clock-wrong'), 'clockWrong'],
    ['a program', failed('credentials-failed'), 'badCredentials'],
    ['a role that may not be assumed', failed('access-denied'), 'badCredentials'],
    ['expired keys', failed('credentials-expired'), 'badCredentials'],
    ['what no version knows', failed('unknown'), 'failed'],
    ['what is no error of AWS', connectionKey({ kind: 'failed', error: new Error('x') }), 'failed'],
  ])('tells %s', (_, key, expected) => {
    expect(key).toBe(expected);
    expect(contextKeys.connection).toContain(expected);
  });
});

describe('a connection without an answer', () => {
  const error = (kind: AmiErrorKind) => new AmiError('', { operation: 'DescribeImages', kind });

  it('says why until AWS answers, and never again', async () => {
    const { session } = await startSession();
    session.noteCall(error('network'));
    expect(session.unanswered).toBeUndefined();
    await session.connection();
    const told: (AmiErrorKind | undefined)[] = [];
    session.onDidAnswer(() => told.push(session.unanswered?.kind));
    session.noteCall(error('network'));
    session.noteCall(error('network'));
    session.noteCall(undefined);
    session.noteCall(error('network'));
    expect(told).toEqual(['network', undefined]);
    session.reopen();
    await session.connection();
    session.noteCall(error('timeout'));
    session.reopen();
    expect(session.unanswered).toBeUndefined();
  });

  it.each<AmiErrorKind>(['cancelled', 'read-only', 'unknown', 'mfa-code-missing'])(
    'is not proven to work by a call that ended with %s',
    async (kind) => {
      const { session } = await startSession();
      await session.connection();
      session.noteCall(error('network'));
      session.noteCall(error(kind));
      expect(session.unanswered?.kind).toBe('network');
      session.noteCall(error('not-found'));
      expect(session.unanswered).toBeUndefined();
      session.noteCall(error('network'));
      expect(session.unanswered).toBeUndefined();
    },
  );

  it.each<[AmiErrorKind, boolean]>([
    ['network', true],
    ['timeout', true],
    ['clock-wrong', true],
    ['credentials-invalid', true],
    ['credentials-expired', true],
    ['access-denied', false],
    ['not-opted-in', false],
    ['unsupported', false],
    ['throttled', false],
    ['cancelled', false],
  ])('takes %s for the cause of all failures: %s', async (kind, expected) => {
    const { session } = await startSession();
    await session.connection();
    session.noteCall(error(kind));
    expect(session.unanswered?.kind).toBe(expected ? kind : undefined);
    session.noteCall(undefined);
    expect(session.unanswered).toBeUndefined();
  });
});
