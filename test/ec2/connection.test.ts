import { afterEach, describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { allOf } from './allOf.ts';
import { localEndpoint, type OpenSample, openSample } from './openSample.ts';

const signal = new AbortController().signal;
const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00', AWS_SECRET_ACCESS_KEY: 'example-secret' };
let sample: OpenSample;

afterEach(() => sample.close());

describe('credentials, region and endpoint', () => {
  it('come from the environment where nothing is chosen', async () => {
    sample = await openSample({ ...localEndpoint, AWS_REGION: 'eu-west-1' });
    const connection = await sample.open();
    await connection.checkCredentials();
    expect(connection.defaultRegion).toBe('eu-west-1');
    expect(connection.endpoint).toEqual({ url: sample.server.url, source: 'AWS_ENDPOINT_URL_EC2' });
    expect(await connection.ec2.identity(signal)).toMatchObject({ account: '123456789012' });
  });

  it('come from the chosen profile, whose own endpoint counts', async () => {
    sample = await openSample();
    await sample.writeConfig({
      config: '[profile work]\nregion = ap-southeast-2\nendpoint_url = SERVER\n',
      credentials: '[work]\naws_access_key_id = AKIAEXAMPLEWORK\naws_secret_access_key = s\n',
    });
    const connection = await sample.open({ profile: 'work' });
    await connection.checkCredentials();
    expect(connection.defaultRegion).toBe('ap-southeast-2');
    const images = connection.ec2.listImages('ap-southeast-2', { owners: ['self'] }, signal);
    expect(await allOf(images)).not.toHaveLength(0);
    expect(sample.server.requests[0]).toMatchObject({ action: 'DescribeImages', region: 'ap-southeast-2' });
  });

  it.each([
    ['the default profile', {}, undefined, { profile: undefined, credentialsFrom: 'profile' }],
    ['the profile of AWS_PROFILE', { AWS_PROFILE: 'work' }, undefined, { profile: 'work', credentialsFrom: 'profile' }],
    ['keys beside AWS_PROFILE', { ...keys, AWS_PROFILE: 'work' }, undefined, { credentialsFrom: 'environment' }],
    ['keys beside a chosen profile', keys, 'work', { profile: 'work', credentialsFrom: 'profile' }],
    ['a profile without any', {}, 'bare', { profile: 'bare', credentialsFrom: 'chain' }],
  ] as const)('are named after where they come from: %s', async (_, env, profile, expected) => {
    sample = await openSample({ ...env, AWS_ENDPOINT_URL: 'SERVER' });
    const section = (name: string) => `[${name}]\naws_access_key_id = AKIAEXAMPLEWORK\naws_secret_access_key = s\n`;
    await sample.writeConfig({
      config: '[profile bare]\nregion = eu-west-1\n',
      credentials: `${section('default')}${section('work')}`,
    });
    expect(await sample.open(profile ? { profile } : {})).toMatchObject(expected);
  });

  it('come from the services section of the profile', async () => {
    sample = await openSample();
    await sample.writeConfig({
      config: '[profile local]\nservices = here\n\n[services here]\nec2 =\n  endpoint_url = SERVER\n',
      credentials: '[local]\naws_access_key_id = AKIAEXAMPLEWORK\naws_secret_access_key = s\n',
    });
    const connection = await sample.open({ profile: 'local' });
    expect(connection.endpoint).toEqual({ url: sample.server.url, source: '[services here] ec2 endpoint_url' });
    await connection.ec2.listRegions(signal);
    // Made-up keys must not leave the local endpoint, which answers GetCallerIdentity too.
    await connection.ec2.identity(signal);
    expect(sample.server.requests.map((request) => request.action)).toEqual(['DescribeRegions', 'GetCallerIdentity']);
  });

  it('prefer the setting to everything else', async () => {
    sample = await openSample({ ...localEndpoint, AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:1' });
    const connection = await sample.open({ endpointUrl: sample.server.url });
    expect(connection.endpoint?.source).toBe('amiExplorer.endpointUrl');
    expect((await connection.ec2.listRegions(signal)).length).toBeGreaterThan(10);
  });

  it('are read afresh after the files have changed', async () => {
    sample = await openSample({ AWS_ENDPOINT_URL: 'SERVER' });
    await sample.writeConfig({
      credentials: '[a]\naws_access_key_id = AKIAEXAMPLE000000OLD\naws_secret_access_key = s\n',
    });
    expect((await sample.connections.listProfiles()).profiles).toMatchObject([
      { name: 'a', kind: 'keys', detail: 'AKIA…0OLD' },
    ]);
    await sample.writeConfig({
      credentials: '[b]\naws_access_key_id = AKIAEXAMPLE000000NEW\naws_secret_access_key = s\n',
    });
    expect((await sample.connections.listProfiles()).profiles).toMatchObject([{ name: 'b', detail: 'AKIA…0NEW' }]);
  });

  it('say that there are none', async () => {
    sample = await openSample();
    const connection = await sample.open();
    await expect(connection.checkCredentials()).rejects.toMatchObject({ kind: 'no-credentials' });
  });
});

describe('bad input', () => {
  it.each([
    ['a profile that does not exist', { profile: 'nobody' }, '', /“nobody” is not in/],
    ['an endpoint that is no URL', { endpointUrl: 'not a url' }, '', /amiExplorer\.endpointUrl: “not a url”/],
    ['an endpoint of another protocol', { endpointUrl: 'file:///etc' }, '', /neither an http nor an https/],
    ['a profile with an open header', { profile: 'a' }, '[profile a\nregion = x\n', /“a” .*config, line 1: .*bracket/],
    [
      'a region that is none',
      { profile: 'a' },
      '[profile a]\nregion = us east\n',
      /“a” .*config, line 2: This is not the name/,
    ],
    ['a line that is something else', {}, '[default]\nregion us-east-1\n', /“default” .*config, line 2: .* neither/],
    ['a profile in a file that is none', { profile: 'a' }, 'a = b\n', /“a” is not in .*config, line 1: .*outside/],
  ])('%s', async (_name, choice, config, message) => {
    sample = await openSample({ ...localEndpoint });
    await sample.writeConfig({ config });
    const opening = sample.open(choice);
    await expect(opening).rejects.toBeInstanceOf(AmiError);
    await expect(opening).rejects.toMatchObject({ kind: 'config-invalid', message: expect.stringMatching(message) });
  });
});

describe('profiles', () => {
  it('say where their credentials come from', async () => {
    sample = await openSample();
    await sample.writeConfig({
      config: [
        '[default]\nregion = us-west-2',
        '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin',
        '[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1',
        '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = keys',
        '[profile helper]\ncredential_process = /bin/true',
        '[profile web]\nrole_arn = arn:aws:iam::1:role/W\nweb_identity_token_file = /tmp/t',
        '',
      ].join('\n'),
      credentials: '[keys]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = very-secret\n',
    });
    const { profiles } = await sample.connections.listProfiles();
    expect(profiles.map(({ name, kind }) => [name, kind])).toEqual([
      ['default', 'none'],
      ['helper', 'process'],
      ['keys', 'keys'],
      ['role', 'assume-role'],
      ['sso', 'sso'],
      ['web', 'web-identity'],
    ]);
    expect(JSON.stringify(profiles)).not.toContain('very-secret');
  });
});

describe('the log', () => {
  it('tells of calls and failures, never of credentials', async () => {
    sample = await openSample(localEndpoint);
    const connection = await sample.open();
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeRegions' });
    await expect(connection.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'access-denied' });
    expect(sample.calls).toMatchObject([{ operation: 'DescribeRegions', error: { code: 'UnauthorizedOperation' } }]);
    const { error, ...call } = sample.calls[0] ?? {};
    expect(JSON.stringify(call) + String(error)).not.toContain('secret');
  });
});
