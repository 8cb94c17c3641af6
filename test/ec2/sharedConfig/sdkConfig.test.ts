import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSdk } from '../../../src/ec2/loadSdk.ts';
import { readSharedConfig } from '../../../src/ec2/sharedConfig/readSharedConfig.ts';
import { sdkConfigText, sdkProfileName } from '../../../src/ec2/sharedConfig/sdkConfig.ts';
import { sharedConfig } from '../../../src/ec2/sharedConfig/sharedConfig.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the SDK's own reader makes of two files, once we have read them. */
async function readWithSdk(config: string, credentials = '') {
  const paths = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  await writeFile(paths.config, config);
  await writeFile(paths.credentials, credentials);
  const env = { AWS_CONFIG_FILE: paths.config, AWS_SHARED_CREDENTIALS_FILE: paths.credentials };
  await readSharedConfig(await loadSdk(), env);
  const { loadSsoSessionData, parseKnownFiles } = await import('@smithy/core/config');
  const init = { configFilepath: paths.config, filepath: paths.credentials, ignoreCache: true };
  return { profiles: await parseKnownFiles(init), sessions: await loadSsoSessionData(init) };
}

describe("the SDK's own reader", () => {
  it('gets names of profiles and settings that it would not read itself', async () => {
    const { profiles } = await readWithSdk(
      '[profile "My Laptop"]\nRegion = eu-west-1\n[profile a(b)]\nREGION: us-east-2\n[profile two]# prod\nregion=us-west-1\n',
      '[y z]\nAWS_ACCESS_KEY_ID=A\nAWS_SECRET_ACCESS_KEY=s\n[profile x]\naws_access_key_id = B\n',
    );
    expect(profiles).toEqual({
      'My Laptop': { region: 'eu-west-1' },
      'a(b)': { region: 'us-east-2' },
      two: { region: 'us-west-1' },
      'y z': { aws_access_key_id: 'A', aws_secret_access_key: 's' },
      'profile x': { aws_access_key_id: 'B' },
    });
  });

  it('gets names that it would take part of for a comment, in other words', async () => {
    const { profiles } = await readWithSdk(
      '[profile "team #1"]\nregion = us-east-1\n[profile __proto__]\nregion = us-east-2\n' +
        '[profile r]\nrole_arn = a\nsource_profile = team #1\n',
    );
    expect(profiles[sdkProfileName('team #1')]).toEqual({ region: 'us-east-1' });
    expect(profiles[sdkProfileName('__proto__')]).toEqual({ region: 'us-east-2' });
    expect(profiles['r']?.['source_profile']).toBe(sdkProfileName('team #1'));
    expect(sdkProfileName('a#b;c')).toBe('a#b;c');
  });

  it('gets sessions and services, and values that go on in other lines', async () => {
    const { profiles, sessions } = await readWithSdk(
      '[sso-session "my corp"]\nSSO_Region = eu-west-1\n[services here]\nec2 =\n  endpoint_url = http://h:1\ns3 =\n  a = b\n' +
        '[profile p]\nservices = here\nrole_session_name = a\n   b\n',
    );
    expect(sessions).toEqual({ 'my corp': { sso_region: 'eu-west-1' } });
    expect(profiles).toMatchObject({
      'services.here': { 'ec2.endpoint_url': 'http://h:1', 's3.a': 'b' },
      p: { services: 'here', role_session_name: 'a b' },
    });
  });

  it('gets what the files have become, whatever it has read before', async () => {
    await readWithSdk('[sso-session a]\nsso_region = eu-west-1\n[default]\nregion = us-east-1\n');
    const { profiles, sessions } = await readWithSdk('[sso-session b]\nsso_region = eu-west-2\n');
    expect(profiles).not.toHaveProperty('default');
    expect(sessions).toEqual({ b: { sso_region: 'eu-west-2' } });
  });
});

/** The credentials' settings that the SDK is given for the profile `p`. */
function given(config: string, credentials = ''): readonly string[] {
  const files = sharedConfig({ path: 'config', content: config }, { path: 'credentials', content: credentials });
  const text = sdkConfigText(files);
  const section = text.split('[profile.p]\n')[1]?.split('\n\n')[0]?.trimEnd() ?? '';
  return section.split('\n').map((line) => line.split(' = ')[0] ?? '');
}

const keys = 'aws_access_key_id = A\naws_secret_access_key = s\n';
const sso = 'sso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = R\n';
const ssoSettings = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'];
const keySettings = ['aws_access_key_id', 'aws_secret_access_key'];

describe('of several sources of credentials, the SDK is given the one that the AWS CLI takes', () => {
  it.each([
    ['a sign-in before keys', `[profile p]\n${sso}`, `[p]\n${keys}`, ssoSettings],
    [
      'keys of the credentials file before a process',
      '[profile p]\ncredential_process = x\n',
      `[p]\n${keys}`,
      keySettings,
    ],
    [
      'a process before keys of the config file',
      `[profile p]\ncredential_process = x\n${keys}`,
      '',
      ['credential_process'],
    ],
    [
      'a web identity before everything',
      `[profile p]\nweb_identity_token_file = /t\nrole_arn = r\nsource_profile = q\n${keys}`,
      '',
      ['web_identity_token_file', 'role_arn'],
    ],
    [
      'a role, with the keys that it is taken with',
      `[profile p]\nrole_arn = r\nsource_profile = p\n${keys}${sso}`,
      '',
      ['role_arn', 'source_profile', ...keySettings],
    ],
  ])('%s', (_name, config, credentials, expected) => {
    expect(given(config, credentials)).toEqual(expected);
  });
});
