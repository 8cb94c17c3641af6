import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSdk } from '../../../src/ec2/loadSdk.ts';
import { configPaths } from '../../../src/ec2/sharedConfig/configPaths.ts';
import { thisMachine } from '../../../src/ec2/sharedConfig/machine.ts';
import { profileList } from '../../../src/ec2/sharedConfig/profileList.ts';
import { readSharedConfig } from '../../../src/ec2/sharedConfig/readSharedConfig.ts';

let folder: string;
let env: { AWS_CONFIG_FILE: string; AWS_SHARED_CREDENTIALS_FILE: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-files-'));
  env = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
  await writeFile(env.AWS_SHARED_CREDENTIALS_FILE, '[keys]\naws_access_key_id = A\naws_secret_access_key = s\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function list() {
  const { profiles, problems } = profileList(await readSharedConfig(await loadSdk(), env), thisMachine(env));
  return { profiles: profiles.map(({ name, problem }) => [name, problem?.problem.reason.kind]), problems };
}

describe('a file', () => {
  it('that is a folder is said, and leaves the other one usable', async () => {
    await mkdir(env.AWS_CONFIG_FILE);
    expect(await list()).toEqual({
      profiles: [['keys', undefined]],
      problems: [
        {
          path: env.AWS_CONFIG_FILE,
          line: undefined,
          problem: { place: env.AWS_CONFIG_FILE, line: undefined, reason: { kind: 'folder' } },
        },
      ],
    });
  });

  it.skipIf(process.getuid?.() === 0)('that may not be read is said, and leaves the other one usable', async () => {
    await writeFile(env.AWS_CONFIG_FILE, '[default]\n');
    await chmod(env.AWS_CONFIG_FILE, 0);
    expect(await list()).toMatchObject({ profiles: [['keys', undefined]], problems: [{ path: env.AWS_CONFIG_FILE }] });
  });

  it('that is not there, or a device, has nothing in it', async () => {
    for (const path of [
      join(folder, 'nowhere'),
      join(env.AWS_SHARED_CREDENTIALS_FILE, 'below'),
      '/dev/null',
      '/dev/zero',
    ]) {
      env.AWS_CONFIG_FILE = path;
      expect(await list()).toEqual({ profiles: [['keys', undefined]], problems: [] });
    }
  });

  it('in the form of another encoding is said', async () => {
    await writeFile(env.AWS_CONFIG_FILE, Buffer.from('\uFEFF[default]\r\nregion = us-east-1\r\n', 'utf16le'));
    const { problems } = await list();
    expect(problems).toMatchObject([
      { line: 1, problem: { place: env.AWS_CONFIG_FILE, reason: { kind: 'not-utf8' } } },
    ]);
  });
});

describe('programs and token files of profiles', () => {
  it.skipIf(process.platform === 'win32')('are looked for where they are', async () => {
    const token = join(folder, 'team #1');
    await writeFile(token, 'x');
    const web = (path: string) => `role_arn = arn:aws:iam::1:role/R\nweb_identity_token_file = ${path}`;
    await writeFile(
      env.AWS_CONFIG_FILE,
      [
        '[profile by-path]\ncredential_process = env FOO=1 helper',
        '[profile no-path]\ncredential_process = no-such-helper-anywhere --x',
        '[profile by-shell]\ncredential_process = FOO=1 helper',
        '[profile folder]\ncredential_process = /tmp',
        `[profile token]\n${web(token)}`,
        `[profile no-token]\n${web(join(folder, 'none'))}`,
        '',
      ].join('\n'),
    );
    Object.assign(env, { PATH: process.env['PATH'] });
    const { profiles } = await list();
    expect(Object.fromEntries(profiles)).toEqual({
      keys: undefined,
      'by-path': undefined,
      'no-path': 'missing-program',
      'by-shell': undefined,
      folder: 'missing-program',
      token: undefined,
      'no-token': 'missing-file',
    });
  });
});

describe('the paths of the files', () => {
  it('may begin with the home folder and name variables', () => {
    const variables = {
      AWS_CONFIG_FILE: '~/aws/config',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as shells write variables.
      AWS_SHARED_CREDENTIALS_FILE: '$X/${Y}/$none/credentials',
      X: '/x',
      Y: 'y',
    };
    expect(configPaths(variables)).toEqual({
      config: `${homedir()}/aws/config`,
      credentials: '/x/y/$none/credentials',
    });
    expect(configPaths({})).toEqual({
      config: join(homedir(), '.aws', 'config'),
      credentials: join(homedir(), '.aws', 'credentials'),
    });
  });
});
