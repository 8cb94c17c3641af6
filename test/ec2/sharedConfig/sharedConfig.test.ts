import { describe, expect, it } from 'vitest';
import { parseSharedFile } from '../../../src/ec2/sharedConfig/parseSharedFile.ts';
import { type SharedConfig, sharedConfig } from '../../../src/ec2/sharedConfig/sharedConfig.ts';
import { readWithBotocore } from './awsReader.ts';
import { brokenFiles, nastyFiles } from './nastyFiles.ts';

function read(config: string, credentials = ''): SharedConfig {
  return sharedConfig({ path: '/config', content: config }, { path: '/credentials', content: credentials });
}

function sections(config: string) {
  return Object.fromEntries(
    parseSharedFile(config).sections.map(({ header, settings }) => [
      header,
      Object.fromEntries(
        [...settings].map(([name, { value, nested }]) => [name, nested ? Object.fromEntries(nested) : value]),
      ),
    ]),
  );
}

const listed = (config: SharedConfig) =>
  [...config.profiles].flatMap(([name, { problems }]) => (problems.length > 0 ? [] : [name])).sort();

describe('files that the AWS CLI reads', () => {
  it.each(nastyFiles)('are read alike: $name', ({ config = '', credentials, sections: expected = {}, profiles }) => {
    expect(sections(config)).toEqual(expected);
    expect(listed(read(config, credentials))).toEqual(profiles);
  });

  it('are what botocore makes of them', (context) => {
    const readings = readWithBotocore(
      [...nastyFiles, ...brokenFiles.map(({ config }) => ({ config, credentials: '' }))].map(
        ({ config = '', credentials = '' }) => [config, credentials],
      ),
    );
    if (!readings) {
      context.skip();
    }
    const expected = [
      ...nastyFiles.map(({ sections: values = {}, profiles }) => ({ sections: values, profiles })),
      ...brokenFiles.map(() => ({})),
    ];
    expect(readings).toEqual(expected);
  });
});

describe('what the AWS CLI refuses a file for', () => {
  it.each(brokenFiles)('concerns its own profile: $name', ({ config, profile, line }) => {
    const files = read(config);
    expect(files.profiles.get('good')?.problems).toEqual([]);
    const problems = profile === undefined ? files.problems : files.profiles.get(profile)?.problems;
    expect(problems).toMatchObject([{ path: '/config', line }]);
    expect(files.problems).toHaveLength(profile === undefined ? 1 : 0);
  });

  it('is told of a profile that no tool lists, but somebody meant', () => {
    const files = read('[profile my laptop]\nregion = us-east-1\n[ profile odd]\n');
    expect(files.profiles.get('my laptop')?.problems).toMatchObject([
      { line: 1, reason: { kind: 'unquoted-profile' } },
    ]);
    expect(files.profiles.get('odd')?.problems).toMatchObject([{ line: 3, reason: { kind: 'space-in-header' } }]);
  });

  it('does not concern a profile of that name that tools list', () => {
    const files = read(
      '[ profile a]\nregion us\n[profile b c]\n[profile "b c"]\noutput = json\n',
      '[a]\noutput = json\n',
    );
    expect(listed(files)).toEqual(['a', 'b c']);
    expect(files.profiles.get('a')?.values).toEqual({ output: 'json' });
  });

  it('is no byte order mark', () => {
    expect(read('\uFEFF[default]\nregion = us-east-1\n').profiles.get('default')?.values).toEqual({
      region: 'us-east-1',
    });
  });

  it('is text of another encoding, where it stands', () => {
    const files = read('[profile a]\nx = M\uFFFDnchen\n# M\uFFFDnchen\n[profile b]\n');
    expect(files.profiles.get('a')?.problems).toMatchObject([{ line: 2 }]);
    expect(files.profiles.get('b')?.problems).toEqual([]);
  });

  it('quotes no values, which may be keys', () => {
    const files = read('[default]\naws_secret_access_key hunter2hunter2\nhunter2=\nhunter2=\n[profile hunter2=\n');
    expect(JSON.stringify([files.problems, files.profiles.get('default')?.problems])).not.toContain('hunter2');
  });
});

describe('both files together', () => {
  it('have the credentials file win, setting by setting', () => {
    const { profiles } = read(
      '[profile a]\nregion = eu-west-1\noutput = json\n',
      '[a]\nregion = us-east-2\naws_access_key_id = A\naws_secret_access_key = s\n',
    );
    expect(profiles.get('a')?.values).toEqual({
      region: 'us-east-2',
      output: 'json',
      aws_access_key_id: 'A',
      aws_secret_access_key: 's',
    });
    expect(profiles.get('a')?.places['aws_access_key_id']).toEqual({ path: '/credentials', line: 3 });
    expect(profiles.get('a')?.places['output']).toEqual({ path: '/config', line: 3 });
  });

  it.each([
    [
      'of one file only, token included',
      'aws_access_key_id = C\naws_secret_access_key = c\naws_session_token = old',
      'aws_access_key_id = A\naws_secret_access_key = a',
      { aws_access_key_id: 'A', aws_secret_access_key: 'a' },
    ],
    [
      'of the config file where the other has half of them',
      'aws_access_key_id = C\naws_secret_access_key = c',
      'aws_session_token = t',
      { aws_access_key_id: 'C', aws_secret_access_key: 'c' },
    ],
    [
      'with the token under its older name',
      '',
      'aws_access_key_id = A\naws_secret_access_key = a\naws_security_token = t',
      { aws_access_key_id: 'A', aws_secret_access_key: 'a', aws_security_token: 't', aws_session_token: 't' },
    ],
    [
      'not before a process, in the config file',
      'aws_access_key_id = C\naws_secret_access_key = c\ncredential_process = p',
      '',
      { credential_process: 'p' },
    ],
  ])('have keys %s', (_name, config, credentials, expected) => {
    const { profiles } = read(`[default]\n${config}\n`, `[default]\n${credentials}\n`);
    expect(profiles.get('default')?.values).toEqual(expected);
  });

  it('have no comments behind values but in commands and in names that there are', () => {
    const { profiles } = read(
      '[profile "team #1"]\nregion = us-west-2 # prod\ncredential_process = x "#1" #2\n' +
        '[profile b]\nsource_profile = team #1\nrole_arn = arn ;x\n[profile c]\nsource_profile = b #1\noutput = #\n',
    );
    expect(profiles.get('team #1')?.values).toEqual({ region: 'us-west-2', credential_process: 'x "#1" #2' });
    expect(profiles.get('b')?.values).toEqual({ source_profile: 'team #1', role_arn: 'arn' });
    expect(profiles.get('c')?.values).toEqual({ source_profile: 'b', output: '' });
  });

  it('are read in no time, however long a value is', () => {
    const { profiles } = read(`[default]\nregion = a${' '.repeat(200_000)}b\noutput = a${' '.repeat(200_000)}# b\n`);
    expect(profiles.get('default')?.values['region']).toHaveLength(200_002);
    expect(profiles.get('default')?.values['output']).toBe('a');
  });

  it('have paths of files that there are, whatever signs are in them', () => {
    const content = '[default]\nca_bundle = /a #1/ca.pem\nweb_identity_token_file = /t # x\n';
    const { profiles } = sharedConfig(
      { path: '/config', content },
      { path: '/credentials' },
      new Set(['/a #1/ca.pem']),
    );
    expect(profiles.get('default')?.values).toEqual({ ca_bundle: '/a #1/ca.pem', web_identity_token_file: '/t' });
  });

  it('have names that mean something to JavaScript', () => {
    const { profiles } = read('[profile __proto__]\nregion = us-east-1\n[profile constructor]\n__proto__ = x\n');
    expect([...profiles.keys()]).toEqual(['__proto__', 'constructor']);
    expect(profiles.get('__proto__')?.values['region']).toBe('us-east-1');
  });
});
