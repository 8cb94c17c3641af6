import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveCredentials } from '../../src/ec2/credentials/resolveCredentials.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import { thisMachine } from '../../src/ec2/sharedConfig/machine.ts';
import { profileInForce } from '../../src/ec2/sharedConfig/profileInForce.ts';
import { readSharedConfig } from '../../src/ec2/sharedConfig/readSharedConfig.ts';
import {
  anHourAgo,
  type FakeAws,
  inAnHour,
  jsonError,
  portalCredentials,
  roleCredentials,
  startFakeAws,
} from './fakeAws.ts';

const portal = '/federation/credentials';
const config = [
  '[profile corp]',
  'sso_session = corp',
  'sso_account_id = 111122223333',
  'sso_role_name = Admin',
  'region = eu-west-1',
  '[sso-session corp]',
  'sso_region = us-east-1',
  'sso_start_url = https://corp.example/start',
  'sso_registration_scopes = sso:account:access',
  '[profile legacy]',
  'sso_start_url = https://legacy.example/start',
  'sso_region = us-east-1',
  'sso_account_id = 111122223333',
  'sso_role_name = Admin',
  'region = eu-west-1',
  '[profile deploy]',
  'role_arn = arn:aws:iam::111122223333:role/Deploy',
  'source_profile = corp',
  '[profile deeper]',
  'role_arn = arn:aws:iam::111122223333:role/Deeper',
  'source_profile = deploy',
  '[profile console]',
  'login_session = arn:aws:iam::111122223333:user/me',
  'region = us-east-1',
  '',
].join('\n');

let aws: FakeAws;

beforeEach(async () => {
  aws = await startFakeAws();
  await aws.writeConfig(config);
  aws.answers.set(portal, portalCredentials);
});
afterEach(() => aws.close());

const cacheFile = (session: string) =>
  join(aws.home, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`);

async function failure(profile: string) {
  const connection = await aws.open(profile);
  return connection.checkCredentials().then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a session of IAM Identity Center', () => {
  it.each([
    ['corp', 'corp'],
    ['legacy', 'https://legacy.example/start'],
  ])('that is begun gives credentials: %s', async (profile, session) => {
    await aws.writeToken(session, { accessToken: 'good', expiresAt: inAnHour(), startUrl: 'x', region: 'us-east-1' });
    const connection = await aws.open(profile);
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'ASIASSO0000000000001' });
    expect(aws.requests.map(({ path }) => path)).toEqual([`${portal}?account_id=111122223333&role_name=Admin`]);
  });

  it.each([
    ['corp', 'corp'],
    ['legacy', 'https://legacy.example/start'],
  ])('that was never begun is signed out: %s', async (profile, session) => {
    expect(await failure(profile)).toMatchObject({
      kind: 'signed-out',
      profile,
      signIn: { profile, command: 'sso login', cacheFile: cacheFile(session) },
    });
    expect(aws.requests).toEqual([]);
  });

  it.each([
    ['whose token has expired', { accessToken: 'old', expiresAt: anHourAgo() }],
    [
      'whose token has expired, without what it is renewed by',
      { accessToken: 'o', expiresAt: anHourAgo(), clientId: 'c' },
    ],
  ])('%s is signed out', async (_name, token) => {
    for (const [profile, session] of [
      ['corp', 'corp'],
      ['legacy', 'https://legacy.example/start'],
    ] as const) {
      await aws.writeToken(session, token);
      expect(await failure(profile)).toMatchObject({ kind: 'signed-out', signIn: { profile } });
    }
  });

  it.each([
    ['no token', { startUrl: 'https://corp.example/start' }],
    ['no time', { accessToken: 'x' }],
  ])('whose file holds %s is signed out', async (_name, token) => {
    await aws.writeToken('corp', token);
    expect(await failure('corp')).toMatchObject({ kind: 'signed-out', signIn: { profile: 'corp' } });
  });

  it('that is refused is signed out: ended elsewhere, or of another session', async () => {
    aws.answers.set(portal, jsonError('UnauthorizedException', 'Session token not found or invalid', 401));
    for (const [profile, session] of [
      ['corp', 'corp'],
      ['legacy', 'https://legacy.example/start'],
    ] as const) {
      await aws.writeToken(session, { accessToken: 'of-another', expiresAt: inAnHour() });
      expect(await failure(profile)).toMatchObject({
        kind: 'signed-out',
        message: expect.stringContaining('Session token not found or invalid'),
        signIn: { profile },
      });
    }
  });

  it('is renewed where it can be, and signed out where that fails', async () => {
    const renewable = {
      accessToken: 'old',
      expiresAt: anHourAgo(),
      clientId: 'client',
      clientSecret: 'client-secret',
      refreshToken: 'refresh',
      registrationExpiresAt: inAnHour(),
    };
    await aws.writeToken('corp', renewable);
    aws.answers.set('/token', jsonError('InvalidGrantException', 'Invalid refresh token provided', 400));
    expect(await failure('corp')).toMatchObject({ kind: 'signed-out', signIn: { profile: 'corp' } });
    expect(aws.requests.map(({ path }) => path)).toContain('/token');
  });

  it('that may not use the role is no matter of signing in', async () => {
    await aws.writeToken('corp', { accessToken: 'good', expiresAt: inAnHour() });
    aws.answers.set(portal, jsonError('ForbiddenException', 'No access', 403));
    expect(await failure('corp')).toMatchObject({
      kind: 'credentials-failed',
      profile: 'corp',
      message: expect.stringContaining('No access'),
      signIn: undefined,
    });
  });

  it('whose portal cannot be reached is a matter of the network', async () => {
    await aws.writeToken('corp', { accessToken: 'good', expiresAt: inAnHour() });
    process.env['AWS_ENDPOINT_URL_SSO'] = 'http://127.0.0.1:1';
    expect(await failure('corp')).toMatchObject({ kind: 'network', code: 'ECONNREFUSED', signIn: undefined });
    delete process.env['AWS_ENDPOINT_URL_SSO'];
  });

  it.each(['deploy', 'deeper'])('of a source profile is begun for that one: %s', async (profile) => {
    expect(await failure(profile)).toMatchObject({
      kind: 'signed-out',
      profile,
      signIn: { profile: 'corp', cacheFile: cacheFile('corp') },
      message: expect.stringMatching(/^Source profile “corp”: (?!Source)/),
    });
    expect((await aws.open(profile)).signIn).toMatchObject({ profile: 'corp' });
    await aws.writeToken('corp', { accessToken: 'good', expiresAt: inAnHour() });
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole'));
    expect(await failure(profile)).toBeUndefined();
  });

  it('is asked for in its own region, whatever the region of the profile', async () => {
    await aws.writeConfig(config.replace('sso_region = us-east-1', 'sso_region = eu-north-1'));
    await aws.writeToken('corp', { accessToken: 'good', expiresAt: inAnHour() });
    delete process.env['AWS_ENDPOINT_URL'];
    const hosts: string[] = [];
    const sdk = await loadSdk();
    const choice = { kind: 'aws', profile: 'corp', endpointUrl: undefined } as const;
    const options = {
      sdk,
      env: process.env,
      profile: async () => {
        const files = await readSharedConfig(sdk, process.env);
        return { config: files, inForce: profileInForce(choice, process.env, files, thisMachine(process.env)) };
      },
      region: 'eu-west-1',
      stsEndpointIn: () => undefined,
      mfaCodeProvider: async () => '',
      clientConfig: {
        requestHandler: {
          handle: async ({ hostname }: { hostname: string }) => {
            hosts.push(hostname);
            throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
          },
        },
      },
    };
    await expect(resolveCredentials(options, new AbortController().signal)).rejects.toMatchObject({ kind: 'network' });
    expect(new Set(hosts)).toEqual(new Set(['portal.sso.eu-north-1.amazonaws.com']));
  });

  it('that ends during a listing is signed out there', async () => {
    await aws.writeToken('corp', { accessToken: 'good', expiresAt: inAnHour() });
    const connection = await aws.open('corp');
    await connection.checkCredentials();
    aws.answers.set(portal, jsonError('UnauthorizedException', 'Session token not found or invalid', 401));
    aws.answers.set('DescribeRegions', () => ({
      status: 400,
      body: '<Response><Errors><Error><Code>RequestExpired</Code><Message>Request has expired.</Message></Error></Errors><RequestID>r</RequestID></Response>',
    }));
    aws.answers.set('DescribeInstances', aws.answers.get('DescribeRegions') ?? (() => undefined));
    await expect(
      connection.ec2.listInstances('eu-west-1', new AbortController().signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ kind: 'signed-out', signIn: { profile: 'corp' } });
    expect(aws.calls.at(-1)?.error).toMatchObject({ kind: 'signed-out', signIn: { profile: 'corp' } });
    // After a sign-in elsewhere, the next call succeeds.
    aws.answers.set(portal, portalCredentials);
    aws.answers.set('DescribeInstances', () => ({
      body: '<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>',
    }));
    const page = await connection.ec2
      .listInstances('eu-west-1', new AbortController().signal)
      [Symbol.asyncIterator]()
      .next();
    expect(page.value).toEqual([]);
  });
});

describe('a session of the console', () => {
  it('that was never begun is signed out', async () => {
    expect(await failure('console')).toMatchObject({
      kind: 'signed-out',
      signIn: {
        profile: 'console',
        command: 'login',
        cacheFile: expect.stringContaining(join('.aws', 'login', 'cache')),
      },
    });
  });
});

describe('a profile of the environment', () => {
  it('is named as the one to sign in to', async () => {
    process.env['AWS_PROFILE'] = 'corp';
    const connection = await aws.open();
    await expect(connection.checkCredentials()).rejects.toMatchObject({
      kind: 'signed-out',
      profile: 'corp',
      signIn: { profile: 'corp' },
    });
    delete process.env['AWS_PROFILE'];
  });

  it('is the default one where none is named', async () => {
    await aws.writeConfig(config.replace('[profile corp]', '[default]').replaceAll('source_profile = corp', ''));
    const connection = await aws.open();
    await expect(connection.checkCredentials()).rejects.toMatchObject({
      kind: 'signed-out',
      signIn: { profile: 'default' },
    });
  });
});
