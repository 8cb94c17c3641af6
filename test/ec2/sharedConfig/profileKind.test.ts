import { describe, expect, it } from 'vitest';
import { profileKind } from '../../../src/ec2/sharedConfig/profileKind.ts';
import { sharedConfig } from '../../../src/ec2/sharedConfig/sharedConfig.ts';

const keys = 'aws_access_key_id = A\naws_secret_access_key = s\n';
const sso = 'sso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = R\n';
const process = 'credential_process = x\n';

describe('of several sources of credentials, the one that the AWS CLI takes', () => {
  it.each([
    ['a sign-in before keys', sso, keys, 'sso'],
    ['keys of the credentials file before a process', process, keys, 'keys'],
    ['a process before keys of the config file', process + keys, '', 'process'],
    ['a console sign-in before keys of the config file', `login_session = arn\n${keys}`, '', 'login'],
    [
      'a web identity before a role',
      'web_identity_token_file = /t\nrole_arn = r\nsource_profile = q\n',
      keys,
      'web-identity',
    ],
    ['a role before everything else', `role_arn = r\nsource_profile = p\n${sso}${process}`, keys, 'assume-role'],
    ['keys before a session without an account', 'sso_session = c\n', keys, 'keys'],
  ] as const)('is %s', (_name, config, credentials, kind) => {
    const files = sharedConfig(
      { path: '/config', content: `[profile p]\n${config}` },
      { path: '/credentials', content: `[p]\n${credentials}` },
    );
    expect(profileKind(files.profiles.get('p')?.values ?? {})).toBe(kind);
  });
});
