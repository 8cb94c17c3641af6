import { describe, expect, it } from 'vitest';
import { placedProblemText } from '../../../src/core/configProblem.ts';
import { plainL10n } from '../../../src/core/l10n.ts';
import { placedProblem } from '../../../src/ec2/sharedConfig/configErrors.ts';
import { profileProblem } from '../../../src/ec2/sharedConfig/profileProblem.ts';
import { sharedConfig } from '../../../src/ec2/sharedConfig/sharedConfig.ts';
import { credentialsOfBotocore } from './awsReader.ts';

const keys = 'aws_access_key_id = A\naws_secret_access_key = s\n';
const role = 'role_arn = arn:aws:iam::111122223333:role/Deploy\n';
const session = '[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1\n';
const account = 'sso_account_id = 111122223333\nsso_role_name = Admin\n';

/** Each file has the profile `p`, whose first setting is in line 2. */
const faulty: readonly (readonly [name: string, config: string, fault: string])[] = [
  [
    'a session that is not there',
    `[profile p]\nsso_session = corp\n${account}`,
    'line 2: sso_session names the section [sso-session corp], which does not exist.',
  ],
  [
    'a session without a region',
    `[profile p]\nsso_session = corp\n${account}[sso-session corp]\nsso_start_url = https://x\n`,
    'line 3: sso_region is missing.',
  ],
  [
    'a session of another region than the profile says',
    `[profile p]\nsso_session = corp\nsso_region = eu-west-1\n${account}${session}`,
    'line 3: sso_region has another value in [sso-session corp].',
  ],
  ['an account without a start URL', `[profile p]\n${account}`, 'line 2: sso_start_url and sso_region are missing.'],
  [
    'a start URL without an account',
    '[profile p]\nsso_start_url = https://x\nsso_region = us-east-1\n',
    'line 2: sso_account_id and sso_role_name are missing.',
  ],
  [
    'a session without an account',
    `[profile p]\nsso_session = corp\n${session}`,
    'line 1: sso_account_id and sso_role_name are missing.',
  ],
  ['half of the keys', '[profile p]\naws_access_key_id = A\n', 'line 2: aws_secret_access_key is missing.'],
  ['the other half', '[profile p]\naws_secret_access_key = s\n', 'line 2: aws_access_key_id is missing.'],
  [
    'an empty half',
    '[profile p]\naws_access_key_id = A\naws_secret_access_key =\n',
    'line 2: aws_secret_access_key is missing.',
  ],
  ['a role without a source', `[profile p]\n${role}`, 'line 2: role_arn requires source_profile or credential_source.'],
  [
    'a role without a source, with keys',
    `[profile p]\n${role}${keys}`,
    'line 2: role_arn requires source_profile or credential_source.',
  ],
  [
    'a source that is not there',
    `[profile p]\nsource_profile = q\n${role}`,
    'line 2: The source profile “q” does not exist.',
  ],
  [
    'a source without credentials',
    `[profile p]\nsource_profile = q\n${role}[profile q]\nregion = us-east-1\n`,
    'line 2: The source profile “q” has no credentials.',
  ],
  [
    'a source with half of its keys',
    `[profile p]\nsource_profile = q\n${role}[profile q]\naws_access_key_id = A\n`,
    'line 5: Source profile “q”: aws_secret_access_key is missing.',
  ],
  [
    'a circle',
    `[profile p]\nsource_profile = q\n${role}[profile q]\nsource_profile = p\n${role}`,
    'line 5: Source profile “q”: The source profiles lead back to where they began: p → q → p.',
  ],
  [
    'itself, without keys',
    `[profile p]\nsource_profile = p\n${role}`,
    'line 2: The source profiles lead back to where they began: p → p.',
  ],
  [
    'two sources',
    `[profile p]\ncredential_source = Environment\nsource_profile = q\n${role}[profile q]\n${keys}`,
    'line 2: source_profile and credential_source cannot be used together.',
  ],
  [
    'a credential source that nobody knows',
    `[profile p]\ncredential_source = environment\n${role}`,
    'line 2: credential_source must be Environment, Ec2InstanceMetadata, or EcsContainer.',
  ],
  [
    'a web identity without a role',
    '[profile p]\nweb_identity_token_file = /there/token\n',
    'line 2: role_arn is missing.',
  ],
  [
    'a web identity whose file is not there',
    `[profile p]\nweb_identity_token_file = /nowhere/token\n${role}`,
    'line 2: web_identity_token_file names the file /nowhere/token, which does not exist.',
  ],
  [
    'a program that is not there',
    '[profile p]\ncredential_process = /nowhere/helper --vault-passphrase hunter2\n',
    'line 2: The program /nowhere/helper was not found.',
  ],
  [
    'a quote that is not closed',
    '[profile p]\ncredential_process = "/there/helper --password hunter2\n',
    'line 2: credential_process has a quote that is not closed.',
  ],
  [
    'services that are not there',
    `[profile p]\nservices = s\n${keys}`,
    'line 2: services names the section [services s], which does not exist.',
  ],
];

/** Problems that the AWS CLI finds only when it uses the profile. */
const laterFound = new Set(['an empty half', 'a web identity whose file is not there', 'services that are not there']);

const fine: readonly (readonly [name: string, config: string])[] = [
  ['keys', `[profile p]\n${keys}`],
  ['a sign-in', `[profile p]\nsso_session = corp\n${account}${session}`],
  [
    'a sign-in that repeats its session',
    `[profile p]\nsso_session = corp\nsso_region = us-east-1\n${account}${session}`,
  ],
  ['a sign-in of the older kind', `[profile p]\n${account}sso_start_url = https://x\nsso_region = us-east-1\n`],
  ['a role by way of itself, with keys', `[profile p]\nsource_profile = p\n${role}${keys}`],
  [
    'a role by way of a profile that takes a role by way of itself',
    `[profile p]\nsource_profile = q\n${role}[profile q]\nsource_profile = q\n${role}${keys}`,
  ],
  [
    'a role by way of a role by way of a sign-in',
    `[profile p]\nsource_profile = q\n${role}[profile q]\nsource_profile = r\n${role}[profile r]\nsso_session = corp\n${account}${session}`,
  ],
  ['a web identity', `[profile p]\nweb_identity_token_file = /there/token\n${role}`],
  ['a role by way of the environment', `[profile p]\ncredential_source = Environment\n${role}`],
  ['keys beside a process', `[profile p]\n${keys}[profile q]\ncredential_process = /nowhere/helper\n`],
  [
    'keys and services that others lack',
    `[profile p]\n${keys}[profile q]\nservices = s\n[profile r]\nsso_session = x\n`,
  ],
];

const machine = {
  isFile: (path: string) => path.startsWith('/there/'),
  isCommand: (name: string) => name.startsWith('/there/'),
};

function fault(config: string) {
  const files = sharedConfig({ path: '/config', content: config }, { path: '/credentials' });
  const found = profileProblem(files, 'p', machine);
  return found && placedProblemText(placedProblem(found), plainL10n);
}

describe('a profile that cannot give credentials', () => {
  it.each(faulty)('says why: %s', (_name, config, expected) => {
    expect(fault(config)).toBe(`/config, ${expected}`);
  });

  it('says so where very many roles lead to the credentials, in no time', () => {
    const after = (index: number) => `[profile r${index}]\n${role}source_profile = r${index + 1}\n`;
    const config = `[profile p]\n${role}source_profile = r0\n${Array.from({ length: 3_000 }, (_, index) => after(index)).join('')}[profile r3000]\n${keys}`;
    const files = sharedConfig({ path: '/config', content: config }, { path: '/credentials' });
    const problems = [...files.profiles.keys()].map((name) => profileProblem(files, name, machine)?.reason);
    expect(JSON.stringify(problems[0])).toMatch(
      /^\{"kind":"of-source","profile":"r0",.*\{"kind":"long-chain","most":20\}\}+$/,
    );
    expect(problems.filter((reason) => reason === undefined)).toHaveLength(21);
  });

  it('names no argument of a command', () => {
    expect(faulty.map((row) => fault(row[1])).join('\n')).not.toContain('hunter2');
  });

  it('is one that botocore refuses, or finds no credentials in', (context) => {
    const refused = faulty.filter(([name]) => !laterFound.has(name));
    const found = credentialsOfBotocore([...refused, ...fine].map(([, config]) => config));
    if (!found) {
      return context.skip();
    }
    const atRefused = found.slice(0, refused.length);
    const atFine = found.slice(refused.length);
    expect(refused.filter((_, index) => atRefused[index]).map(([name]) => name)).toEqual([]);
    // This profile uses keys of the environment, which has none.
    const byEnvironment = 'a role by way of the environment';
    expect(fine.filter((_, index) => !atFine[index]).map(([name]) => name)).toEqual([byEnvironment]);
  });
});

describe('a profile that may give credentials', () => {
  it.each(fine)('has no fault: %s', (_name, config) => {
    expect(fault(config)).toBeUndefined();
  });
});
