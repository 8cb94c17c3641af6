import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localEndpoint, type OpenSample, openSample } from './openSample.ts';

let sample: OpenSample;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-credentials-'));
});
afterEach(async () => {
  await sample.close();
  await rm(folder, { recursive: true, force: true });
});

/** A program that prints credentials with its own arguments, as JSON, in the session token. */
async function helper(): Promise<string> {
  const path = join(folder, 'my helper.mjs');
  await writeFile(
    path,
    `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIAHELPER', SecretAccessKey: 's',
      SessionToken: JSON.stringify(process.argv.slice(2)) }));`,
  );
  return `"${process.execPath}" "${path}"`;
}

async function argumentsOf(profile: string): Promise<unknown> {
  const connection = await sample.open({ profile });
  return JSON.parse((await connection.credentials()).sessionToken ?? '');
}

describe('a process', () => {
  it.each([
    [
      'comment signs within quotes and without',
      '--arg "team #1" ;x #y \'a ; b\' --json',
      ['--arg', 'team #1', ';x', '#y', 'a ; b', '--json'],
    ],
    [
      'what means something to a shell',
      '--url https://h/?a=1&b=2 $HOME *.x (y) `z`',
      ['--url', 'https://h/?a=1&b=2', '$HOME', '*.x', '(y)', '`z`'],
    ],
    ['quotes within quotes, and none', `"it's" 'say "hi"' a\\ b ""`, ["it's", 'say "hi"', 'a b', '']],
    [
      'arguments on lines of their own',
      'one\n    two # three\n  # no\n   --four',
      ['one', 'two', '#', 'three', '--four'],
    ],
  ])('gets its arguments as from the AWS CLI: %s', async (_name, command, expected) => {
    sample = await openSample();
    await sample.writeConfig({ config: `[profile "My Laptop"]\ncredential_process = ${await helper()} ${command}\n` });
    expect(await argumentsOf('My Laptop')).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')('is left to a shell where only a shell can run it', async () => {
    sample = await openSample();
    await sample.writeConfig({ config: `[profile p]\ncredential_process = ${await helper()} a 2>/dev/null\n` });
    expect(await argumentsOf('p')).toEqual(['a']);
  });
});

describe('keys', () => {
  it('are found by names in capitals, and replaced when the file has changed', async () => {
    sample = await openSample();
    await sample.writeConfig({ credentials: '[a(b)]\nAWS_ACCESS_KEY_ID=AKIAONE\nAWS_SECRET_ACCESS_KEY=s\n' });
    const connection = await sample.open({ profile: 'a(b)' });
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'AKIAONE' });
    await sample.writeConfig({ credentials: '[a(b)]\nAWS_ACCESS_KEY_ID=AKIATWO\nAWS_SECRET_ACCESS_KEY=s\n' });
    expect(await connection.credentials('AKIAONE')).toMatchObject({ accessKeyId: 'AKIATWO' });
    await sample.writeConfig({ credentials: '[a(b)]\nAWS_ACCESS_KEY_ID=AKIATWO\n' });
    await expect(connection.credentials('AKIATWO')).rejects.toMatchObject({
      kind: 'config-invalid',
      message: expect.stringMatching(/“a\(b\)” .*credentials, line 2: aws_secret_access_key is missing/),
    });
  });

  it('of the environment come before a profile that it names, and a chosen one before them', async () => {
    sample = await openSample({ ...localEndpoint, AWS_PROFILE: 'p', AWS_EC2_METADATA_DISABLED: 'true' });
    await sample.writeConfig({
      config: '[profile p]\nregion = eu-west-1\n',
      credentials: '[p]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s\n',
    });
    const byEnvironment = await sample.open();
    expect(byEnvironment.defaultRegion).toBe('eu-west-1');
    expect(await byEnvironment.credentials()).toMatchObject({ accessKeyId: localEndpoint.AWS_ACCESS_KEY_ID });
    const chosen = await sample.open({ profile: 'p' });
    expect(await chosen.credentials()).toMatchObject({ accessKeyId: 'AKIAFILE' });
  });

  it('of the environment are not replaced by those of a profile where half of them is missing', async () => {
    sample = await openSample({ AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_PROFILE: 'p' });
    await sample.writeConfig({ credentials: '[p]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s\n' });
    await expect(sample.open()).rejects.toMatchObject({
      kind: 'config-invalid',
      message: 'The environment variable AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.',
    });
    expect(await (await sample.open({ profile: 'p' })).credentials()).toMatchObject({ accessKeyId: 'AKIAFILE' });
  });

  it('of the environment have the token by its older name as well', async () => {
    sample = await openSample({ ...localEndpoint, AWS_SECURITY_TOKEN: 'older', AWS_SESSION_TOKEN: 'newer' });
    expect(await (await sample.open()).credentials()).toMatchObject({ sessionToken: 'older' });
  });

  it('are those of the profile that the AWS CLI takes where the environment names two', async () => {
    sample = await openSample({ AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'q' });
    await sample.writeConfig({
      credentials: ['p', 'q']
        .map((name) => `[${name}]\naws_access_key_id = AKIA${name}\naws_secret_access_key = s`)
        .join('\n'),
    });
    expect(await (await sample.open()).credentials()).toMatchObject({ accessKeyId: 'AKIAq' });
  });

  it('of the environment work beside a profile of it that gives none, but not beside one that is broken', async () => {
    sample = await openSample({ ...localEndpoint, AWS_PROFILE: 'p' });
    await sample.writeConfig({ config: '[profile p]\nsso_session = corp\nregion = eu-west-1\n' });
    expect((await sample.open()).defaultRegion).toBe('eu-west-1');
    await sample.writeConfig({ config: '[profile p]\nregion eu-west-1\n' });
    await expect(sample.open()).rejects.toMatchObject({ message: expect.stringContaining('config, line 2') });
  });
});

describe('requests for credentials', () => {
  let server: Server | undefined;
  let requests: { readonly url: string; readonly authorization: string; readonly body: string }[];

  afterEach(() => server?.close());

  /** Starts an endpoint of STS and SSO; resolves with its URL. */
  async function serve(): Promise<string> {
    requests = [];
    const credentials = '"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":4102444800000';
    const role = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
      <SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    const answer = async (request: IncomingMessage) => {
      const { url = '', headers } = request;
      requests.push({ url, authorization: headers.authorization ?? '', body: await text(request) });
      return url.startsWith('/federation') ? `{"roleCredentials":{${credentials}}}` : role;
    };
    const listening = createServer((request, response) => void answer(request).then((body) => response.end(body)));
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it.each([
    ["a role's own region", 'region = eu-central-1\n', 'eu-central-1'],
    ["without one, the partition's that the role is in", '', 'us-gov-west-1'],
  ])('go to %s, with the keys of the profile that it names, itself for instance', async (_name, region, expected) => {
    sample = await openSample({ AWS_ENDPOINT_URL_STS: await serve() });
    const partition = region ? 'aws' : 'aws-us-gov';
    await sample.writeConfig({
      config: `[profile "team #1"]\n${region}role_arn = arn:${partition}:iam::111122223333:role/R\nsource_profile = team #1\n`,
      credentials: '[team #1]\naws_access_key_id = AKIASELF\naws_secret_access_key = s\n',
    });
    const connection = await sample.open({ profile: 'team #1' });
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'ASIAROLE' });
    expect(requests[0]?.authorization).toContain(`AKIASELF/`);
    expect(requests[0]?.authorization).toContain(`/${expected}/sts/`);
  });

  it('go to the portal of a session with a name of several words', async () => {
    sample = await openSample({ AWS_ENDPOINT_URL_SSO: await serve(), HOME: folder });
    const cache = join(folder, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    await writeFile(
      join(cache, `${createHash('sha1').update('my corp').digest('hex')}.json`),
      JSON.stringify({ accessToken: 'token', expiresAt: '2100-01-01T00:00:00Z' }),
    );
    await sample.writeConfig({
      config:
        '[profile p]# prod\nsso_session = my corp\nSSO_ACCOUNT_ID = 111122223333\nsso_role_name = Admin\n' +
        '[sso-session "my corp"]\nsso_start_url = https://corp.example/start/#/\nsso_region = eu-west-1\n',
      credentials: '[p]\naws_access_key_id = AKIASTALE\naws_secret_access_key = s\n',
    });
    const connection = await sample.open({ profile: 'p' });
    expect(connection.defaultRegion).toBe('eu-west-1');
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'ASIASSO' });
    expect(requests[0]?.url).toBe('/federation/credentials?account_id=111122223333&role_name=Admin');
  });
});
