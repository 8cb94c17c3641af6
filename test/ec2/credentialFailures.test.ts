import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { runCredentialProcess } from '../../src/ec2/credentials/credentialProcess.ts';
import { anHourAgo, type FakeAws, inAnHour, roleCredentials, startFakeAws, stsError } from './fakeAws.ts';

const node = process.execPath;
const never = new AbortController().signal;
const keys = '[keys]\naws_access_key_id = AKIAKEYS000000000001\naws_secret_access_key = s\n';
const role = 'role_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = keys\nregion = us-east-1\n';
let aws: FakeAws;

beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(() => aws.close());

async function failure(profile?: string): Promise<AmiError> {
  const connection = await aws.open(profile);
  const error = await connection.checkCredentials().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AmiError);
  return error as AmiError;
}

/** Everything of an error that could be shown or logged. */
function everything(error: AmiError): string {
  const parts: unknown[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    parts.push(at.message, at.stack, at.name, Object.entries(at));
  }
  return JSON.stringify(parts);
}

describe('a program of credential_process', () => {
  async function program(name: string, lines: string): Promise<string> {
    const path = join(aws.home, name);
    await writeFile(path, `#!/bin/sh\n${lines}\n`);
    await chmod(path, 0o755);
    return path;
  }

  const good = (expiration: string) =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: 'ASIAP',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: expiration,
    });

  it('gives credentials', async () => {
    await aws.writeConfig(
      `[profile p]\nregion = us-east-1\ncredential_process = ${await program('get', `echo '${good(inAnHour())}'`)} --json\n`,
    );
    expect(await (await aws.open('p')).credentials()).toMatchObject({ accessKeyId: 'ASIAP', sessionToken: 't' });
  });

  it.each([
    ['exits with a code', 'exit 7', /exit code 7/],
    ['says why', 'echo "The vault is locked." >&2; exit 1', /exit code 1: The vault is locked\.$/],
    ['prints nothing', 'exit 0', /printed nothing/],
    ['prints something else', 'echo "<html>"', /not JSON/],
    ['prints other JSON', 'echo "[1]"', /“Version” is not 1/],
    ['prints no keys', `echo '{"Version":1}'`, /without “AccessKeyId”/],
    ['prints what has expired', `echo '${good(anHourAgo())}'`, /expired at/],
    ['prints a time that is none', `echo '${good('soon')}'`, /“Expiration” is not a time/],
    ['is killed', 'kill -9 $$', /ended by SIGKILL/],
    ['prints without end', 'yes', /printed too much/],
  ])('that %s: the profile and the reason are told, the arguments are not', async (_name, lines, reason) => {
    const path = await program('get credentials', lines);
    await aws.writeConfig(
      `[profile p]\nregion = us-east-1\ncredential_process = "${path}" --vault-passphrase hunter2 -p "correct horse"\n`,
    );
    const error = await failure('p');
    expect(error).toMatchObject({ kind: 'credentials-failed', profile: 'p', message: expect.stringMatching(reason) });
    expect(everything(error)).not.toMatch(/hunter2|correct|horse/);
  });

  it.each([
    ['as they are', 'echo "cannot unlock $2 with $4" >&2; exit 1'],
    ['as the shell traces them', 'set -x; true "$@"; exit 1'],
    ['in capitals, and in part', 'echo "HUNTER2-HUNTER2 correct-horse" >&2; exit 1'],
    ['in base64', 'printf %s "$2" | base64 >&2; exit 1'],
    ['as part of a URL', 'echo "GET /?pass=hunter2-hunter2&x=correct%20horse" >&2; exit 1'],
  ])('that repeats its arguments %s', async (_name, lines) => {
    const path = await program('get', lines);
    await aws.writeConfig(
      `[profile p]\nregion = us-east-1\ncredential_process = ${path} --secret=hunter2-hunter2 hunter2-hunter2 -p "correct horse"\n`,
    );
    const shown = everything(await failure('p'));
    expect(shown).not.toMatch(/hunter2|correct|horse/i);
    expect(shown).not.toContain(Buffer.from('hunter2-hunter2').toString('base64').slice(0, 16));
  });

  it('that needs a shell is run by one, whose errors show no arguments either', async () => {
    const outcome = await runCredentialProcess('~/no-such-program --pass hunter2 2>&1 >/dev/null', never);
    expect(outcome).toEqual({ kind: 'failed', reason: { kind: 'process-not-found' } });
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
  });

  it('that is not there, or is no program', async () => {
    const text = join(aws.home, 'text');
    await writeFile(text, 'no program');
    for (const command of [join(aws.home, 'missing'), text, aws.home, 'a\0b']) {
      const outcome = await runCredentialProcess(`${command} --pass hunter2`, never);
      expect(outcome.kind).toBe('failed');
      expect(JSON.stringify(outcome)).not.toContain('hunter2');
    }
  });

  it('that hangs is ended, with all that it has started', async () => {
    const mark = join(aws.home, 'mark');
    const path = await program('get', `sleep 0.8 && touch '${mark}' &\nsleep 60`);
    const start = performance.now();
    const outcome = await runCredentialProcess(`${path} --pass hunter2`, never, 300);
    expect(outcome).toEqual({ kind: 'failed', reason: { kind: 'process-timeout', seconds: 0.3 } });
    expect(performance.now() - start).toBeLessThan(5_000);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const { existsSync } = await import('node:fs');
    expect(existsSync(mark)).toBe(false);
  });

  it('that is waited for ends with its connection', async () => {
    await aws.writeConfig(
      `[profile p]\nregion = us-east-1\ncredential_process = ${await program('get', 'sleep 60')}\n`,
    );
    const connection = await aws.open('p');
    const checking = connection.checkCredentials();
    setTimeout(() => connection.close(), 100);
    await expect(checking).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('that leaves something running behind it is not waited for', async () => {
    const path = await program('get', `sleep 30 &\necho '${good(inAnHour())}'`);
    const start = performance.now();
    expect(await runCredentialProcess(path, never)).toMatchObject({ kind: 'credentials' });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('that cannot answer is not run again for what goes on in the background', async () => {
    const count = join(aws.home, 'count');
    await aws.writeConfig(
      `[profile p]\nregion = us-east-1\ncredential_process = ${await program('get', `echo x >> '${count}'; exit 1`)}\n`,
    );
    const runs = async () => {
      const { readFile } = await import('node:fs/promises');
      return (await readFile(count, 'utf8')).length / 2;
    };
    const connection = await aws.open('p');
    for (let at = 0; at < 3; at += 1) {
      await expect(connection.credentials(at === 2 ? 'ASIAP' : undefined)).rejects.toMatchObject({
        kind: 'credentials-failed',
      });
    }
    expect(await runs()).toBe(1);
    connection.userActed();
    await expect(connection.credentials()).rejects.toMatchObject({ kind: 'credentials-failed' });
    expect(await runs()).toBe(2);
  });

  it('is run with arguments as they stand in the file', async () => {
    const outcome = await runCredentialProcess(
      `"${node}" -e "process.stderr.write(String(process.argv.length)); process.exit(1)" 'a b' \\"c #1`,
      never,
    );
    expect(outcome).toMatchObject({ reason: { kind: 'process-failed', exitCode: 1, said: '4' } });
  });
});

describe('a role', () => {
  it.each([
    ['AccessDenied', 'User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole', 403],
    ['ValidationError', 'DurationSeconds exceeds the MaxSessionDuration', 400],
    ['RegionDisabledException', 'STS is not activated in this region', 403],
  ])('that STS refuses: %s', async (code, message, status) => {
    await aws.writeConfig(`[profile deploy]\n${role}`, keys);
    aws.answers.set('AssumeRole', stsError(code, message, status));
    expect(await failure('deploy')).toMatchObject({
      kind: 'credentials-failed',
      profile: 'deploy',
      code,
      message: `The role arn:aws:iam::111122223333:role/Deploy cannot be assumed: ${message}`,
    });
  });

  it.each([
    ['InvalidClientTokenId', 'The security token included in the request is invalid.'],
    ['ExpiredToken', 'The security token included in the request is expired'],
  ])('whose source has bad keys: %s', async (code, message) => {
    await aws.writeConfig(`[profile deploy]\n${role}`, keys);
    aws.answers.set('AssumeRole', stsError(code, message));
    expect(await failure('deploy')).toMatchObject({ kind: 'credentials-failed', code, profile: 'deploy' });
  });

  it('says which of several profiles fails', async () => {
    await aws.writeConfig(
      `[profile deploy]\n${role}[profile last]\nrole_arn = arn:aws:iam::111122223333:role/Last\nsource_profile = deploy\n`,
      keys,
    );
    aws.answers.set('AssumeRole', stsError('AccessDenied', 'no'));
    expect(await failure('last')).toMatchObject({
      profile: 'last',
      message: expect.stringContaining('Source profile “deploy”: The role arn:aws:iam::111122223333:role/Deploy'),
    });
  });

  it('that is assumed for a whole number of seconds, with what the profile says', async () => {
    await aws.writeConfig(
      `[profile deploy]\n${role}external_id = ext\nduration_seconds = 900\nrole_session_name = me\n`,
      keys,
    );
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole'));
    expect(await (await aws.open('deploy')).credentials()).toMatchObject({ accessKeyId: 'ASIAROLE000000000001' });
    const sent = new URLSearchParams(aws.requests[0]?.body);
    expect(Object.fromEntries(sent)).toMatchObject({
      ExternalId: 'ext',
      DurationSeconds: '900',
      RoleSessionName: 'me',
      RoleArn: 'arn:aws:iam::111122223333:role/Deploy',
    });
  });

  it.each([
    ['AssumeRole', 'RegionDisabledException', 'STS is not activated in this region for account:111122223333.'],
    ['AssumeRole', 'InvalidClientTokenId', 'The security token included in the request is invalid'],
    ['AssumeRoleWithWebIdentity', 'RegionDisabledException', 'STS is not activated in this region.'],
  ])('is asked of another region where the profile’s own is closed: %s, %s', async (action, code, message) => {
    const token = join(aws.home, 'token');
    await writeFile(token, 'eyJ');
    await aws.writeConfig(
      `[profile deploy]\n${role.replace('us-east-1', 'af-south-1')}mfa_serial = arn:aws:iam::111122223333:mfa/me\n` +
        `[profile web]\nrole_arn = arn:aws:iam::1:role/W\nweb_identity_token_file = ${token}\nregion = af-south-1\n`,
      keys,
    );
    let codes = 0;
    aws.mfaCodeProvider = async () => String(123456 + codes++);
    const regions: string[] = [];
    aws.answers.set(action, (request) => {
      const region = /\/(\w+-\w+-\d)\/sts\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
      regions.push(region);
      return (regions.length > 1 ? roleCredentials(action) : stsError(code, message))(request);
    });
    const connection = await aws.open(action === 'AssumeRole' ? 'deploy' : 'web');
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'ASIAROLE000000000001' });
    expect(regions).toHaveLength(2);
    expect(regions).toEqual(action === 'AssumeRole' ? ['af-south-1', 'us-east-1'] : ['', '']);
    expect(codes).toBe(action === 'AssumeRole' ? 1 : 0);
  });

  it('is asked of the endpoint that stands for STS', async () => {
    await aws.writeConfig(`[profile deploy]\n${role}`, keys);
    delete process.env['AWS_ENDPOINT_URL'];
    process.env['AWS_ENDPOINT_URL_STS'] = aws.url;
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole'));
    await (await aws.open('deploy')).checkCredentials();
    expect(aws.requests).toHaveLength(1);
    delete process.env['AWS_ENDPOINT_URL_STS'];
  });
});

describe('a role that needs a code', () => {
  const config = `[profile deploy]\n${role}mfa_serial = arn:aws:iam::111122223333:mfa/me\n`;
  let asked: (readonly [string, string])[];

  beforeEach(async () => {
    asked = [];
    await aws.writeConfig(config, keys);
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole'));
    aws.mfaCodeProvider = async (device, profile) => {
      asked.push([device, profile]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return '123456';
    };
  });

  it('asks once for all who need it at the same time', async () => {
    const connection = await aws.open('deploy');
    await Promise.all([connection.checkCredentials(), connection.credentials('ASIAOLD'), connection.credentials()]);
    expect(asked).toEqual([['arn:aws:iam::111122223333:mfa/me', 'deploy']]);
    expect(new URLSearchParams(aws.requests[0]?.body).get('TokenCode')).toBe('123456');
  });

  it('asks again only once the user has done something', async () => {
    aws.mfaCodeProvider = async (...args) => {
      asked.push([args[0], args[1]]);
      throw new Error('dismissed');
    };
    const connection = await aws.open('deploy');
    const expected = {
      kind: 'mfa-code-missing',
      profile: 'deploy',
      message: expect.stringContaining('arn:aws:iam::111122223333:mfa/me'),
    };
    await expect(connection.checkCredentials()).rejects.toMatchObject(expected);
    // Calls of the background: polling, downloads and refreshes.
    await expect(connection.credentials('ASIAROLE000000000001')).rejects.toMatchObject(expected);
    await expect(connection.ec2.listRegions(never)).rejects.toMatchObject(expected);
    await expect(connection.ec2.describeImages('us-east-1', ['ami-00000001'], never)).rejects.toMatchObject(expected);
    expect(asked).toHaveLength(1);
    connection.userActed();
    await Promise.allSettled([connection.credentials(), connection.ec2.listRegions(never)]);
    expect(asked).toHaveLength(2);
  });

  it('does not ask in the background for a session that has ended, either', async () => {
    const connection = await aws.open('deploy');
    await connection.checkCredentials();
    // AWS refuses the credentials, and new ones would need another code.
    await expect(connection.credentials('ASIAROLE000000000001')).rejects.toMatchObject({ kind: 'mfa-code-missing' });
    expect(asked).toHaveLength(1);
    connection.userActed();
    await connection.checkCredentials();
    expect(asked).toHaveLength(2);
  });

  it('asks once where several have had the same key refused, one after the other', async () => {
    const connection = await aws.open('deploy');
    const { accessKeyId } = await connection.credentials();
    connection.userActed();
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole', inAnHour(), 'ASIAROLE000000000002'));
    for (const _ of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
      expect(await connection.credentials(accessKeyId)).toMatchObject({ accessKeyId: 'ASIAROLE000000000002' });
    }
    expect(asked).toHaveLength(2);
  });

  it('asks for a code for each role on the way', async () => {
    const last =
      'arn:aws:iam::111122223333:role/Last\nsource_profile = deploy\nmfa_serial = arn:aws:iam::2:mfa/other\n';
    await aws.writeConfig(`${config}[profile last]\nrole_arn = ${last}`, keys);
    const connection = await aws.open('last');
    expect(await connection.credentials()).toMatchObject({ accessKeyId: 'ASIAROLE000000000001' });
    expect(asked).toEqual([
      ['arn:aws:iam::111122223333:mfa/me', 'deploy'],
      ['arn:aws:iam::2:mfa/other', 'last'],
    ]);
    await expect(connection.credentials('ASIAROLE000000000001')).rejects.toMatchObject({ kind: 'mfa-code-missing' });
    expect(asked).toHaveLength(2);
  });

  it('tells a wrong code', async () => {
    const message = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
    aws.answers.set('AssumeRole', stsError('AccessDenied', message));
    const connection = await aws.open('deploy');
    await expect(connection.checkCredentials()).rejects.toMatchObject({
      kind: 'credentials-failed',
      message: expect.stringContaining(message),
    });
    await expect(connection.checkCredentials()).rejects.toMatchObject({ kind: 'credentials-failed' });
    expect(asked).toHaveLength(1);
    connection.userActed();
    aws.answers.set('AssumeRole', roleCredentials('AssumeRole'));
    await connection.checkCredentials();
    expect(asked).toHaveLength(2);
  });

  it('asks for no code where its source gives no credentials', async () => {
    await aws.writeConfig(
      `${config.replace('source_profile = keys', 'source_profile = p')}[profile p]\ncredential_process = ${node} -e "process.exit(3)"\n`,
    );
    expect(await failure('deploy')).toMatchObject({
      kind: 'credentials-failed',
      message: expect.stringContaining('Source profile “p”: credential_process ended with exit code 3'),
    });
    expect(asked).toEqual([]);
  });

  it('is no longer asked for when its connection is closed', async () => {
    let signal: AbortSignal | undefined;
    aws.mfaCodeProvider = (_device, _profile, given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(new Error('closed'))));
    };
    const connection = await aws.open('deploy');
    const checking = connection.checkCredentials();
    setTimeout(() => connection.close(), 50);
    await expect(checking).rejects.toBeInstanceOf(AmiError);
    expect(signal?.aborted).toBe(true);
  });
});

describe('a web identity', () => {
  it('whose token STS refuses', async () => {
    const token = join(aws.home, 'token');
    await writeFile(token, 'eyJhbGciOiJSUzI1NiJ9.secret-part.signature');
    await aws.writeConfig(
      `[profile web]\nrole_arn = arn:aws:iam::1:role/W\nweb_identity_token_file = ${token}\nregion = us-east-1\n`,
    );
    aws.answers.set(
      'AssumeRoleWithWebIdentity',
      stsError('InvalidIdentityToken', 'No OpenIDConnect provider for eyJhbGciOiJSUzI1NiJ9.secret-part.signature', 400),
    );
    const error = await failure('web');
    expect(error).toMatchObject({ kind: 'credentials-failed', profile: 'web', code: 'InvalidIdentityTokenException' });
    expect(everything(error)).not.toContain('secret-part');
  });

  it('of the environment comes before a profile that it names and that takes no role, but not before a chosen one', async () => {
    const token = join(aws.home, 'token');
    await writeFile(token, 'eyJ');
    await aws.writeConfig(
      '',
      `${keys}[default]\nregion = us-east-1\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n`,
    );
    aws.answers.set('AssumeRoleWithWebIdentity', roleCredentials('AssumeRoleWithWebIdentity'));
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = token;
    process.env['AWS_ROLE_ARN'] = 'arn:aws:iam::1:role/W';
    try {
      expect(await (await aws.open()).credentials()).toMatchObject({ accessKeyId: 'ASIAROLE000000000001' });
      expect(await (await aws.open('keys')).credentials()).toMatchObject({ accessKeyId: 'AKIAKEYS000000000001' });
      await aws.writeConfig('[profile none]\nregion = us-east-1\n');
      expect(await failure('none')).toMatchObject({ kind: 'credentials-failed', profile: 'none' });
    } finally {
      delete process.env['AWS_WEB_IDENTITY_TOKEN_FILE'];
      delete process.env['AWS_ROLE_ARN'];
    }
  });

  it('of the environment whose token is missing', async () => {
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = join(aws.home, 'gone');
    process.env['AWS_ROLE_ARN'] = 'arn:aws:iam::1:role/W';
    expect(await failure()).toMatchObject({
      kind: 'credentials-failed',
      message: expect.stringMatching(/token file .*gone cannot be read/),
    });
    delete process.env['AWS_WEB_IDENTITY_TOKEN_FILE'];
    delete process.env['AWS_ROLE_ARN'];
  });
});

describe('metadata', () => {
  it.each([
    ['answers never', () => undefined],
    ['knows no role', () => ({ status: 404 })],
    ['answers something else', () => ({ body: '<html>' })],
  ])('of the instance that %s: there are no credentials, soon', async (_name, answering) => {
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = aws.url;
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    aws.answers.set('/latest', answering);
    const start = performance.now();
    expect(await failure()).toMatchObject({ kind: 'no-credentials' });
    expect(performance.now() - start).toBeLessThan(8_000);
    await aws.writeConfig('[profile r]\nrole_arn = arn:aws:iam::1:role/R\ncredential_source = Ec2InstanceMetadata\n');
    expect(await failure('r')).toMatchObject({
      kind: 'credentials-failed',
      profile: 'r',
      message: expect.stringContaining('instance metadata service'),
    });
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  });

  it.each([
    ['answers never', () => undefined],
    ['fails', () => ({ status: 500 })],
    ['refuses', () => ({ status: 403, body: '{"code":"Forbidden","message":"no"}' })],
    ['answers something else', () => ({ body: '<html>' })],
  ])('of a container that %s', async (_name, answering) => {
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `${aws.url}/container`;
    process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] = 'container-token-1234567890';
    aws.answers.set('/container', answering);
    const error = await failure();
    expect(error).toMatchObject({
      kind: 'credentials-failed',
      message: expect.stringContaining('endpoint of the container'),
    });
    delete process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
    delete process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  });
});
