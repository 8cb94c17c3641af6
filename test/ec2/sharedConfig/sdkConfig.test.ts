import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSdk } from '../../../src/ec2/loadSdk.ts';
import { readSharedConfig } from '../../../src/ec2/sharedConfig/readSharedConfig.ts';
import { sdkProfileName } from '../../../src/ec2/sharedConfig/sdkConfig.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Reads two files with the SDK's own reader, after the extension has read them. */
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
  it('gets names of profiles and settings that it would not read itself, but no keys and commands', async () => {
    const { profiles } = await readWithSdk(
      '[profile "My Laptop"]\nRegion = eu-west-1\n[profile a(b)]\nREGION: us-east-2\n[profile two]# prod\nregion=us-west-1\n',
      '[y z]\nAWS_ACCESS_KEY_ID=A\nAWS_SECRET_ACCESS_KEY=s\nRole_Arn=r\n[profile x]\nregion = us-west-2\ncredential_process = p\n',
    );
    expect(profiles).toEqual({
      'My Laptop': { region: 'eu-west-1' },
      'a(b)': { region: 'us-east-2' },
      two: { region: 'us-west-1' },
      'y z': { role_arn: 'r' },
      'profile x': { region: 'us-west-2' },
    });
  });

  it('gets names that it would take part of for a comment, in other words', async () => {
    const { profiles } = await readWithSdk(
      '[profile "team #1"]\nregion = us-east-1\n[profile __proto__]\nregion = us-east-2\n',
    );
    expect(profiles[sdkProfileName('team #1')]).toEqual({ region: 'us-east-1' });
    expect(profiles[sdkProfileName('__proto__')]).toEqual({ region: 'us-east-2' });
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
