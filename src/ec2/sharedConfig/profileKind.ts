import type { Profile } from '../port.ts';
import type { Section } from './sharedConfig.ts';

export type ProfileKind = Profile['kind'];

/** Where a profile's credentials come from, in the order in which the AWS CLI looks. */
export function profileKind(section: Section): ProfileKind {
  if (section['web_identity_token_file']) {
    return 'web-identity';
  }
  if (section['role_arn']) {
    return 'assume-role';
  }
  if (section['sso_account_id'] || section['sso_role_name']) {
    return 'sso';
  }
  if (section['aws_access_key_id']) {
    return 'keys';
  }
  if (section['login_session']) {
    return 'login';
  }
  if (section['credential_process']) {
    return 'process';
  }
  if (section['sso_session'] || section['sso_start_url']) {
    return 'sso';
  }
  return section['aws_secret_access_key'] ? 'keys' : 'none';
}

/** The settings that say where credentials come from, of each kind. */
export const settingsOfKind: Readonly<Record<ProfileKind, readonly string[]>> = {
  'web-identity': ['role_arn', 'web_identity_token_file'],
  // Keys beside a role are the role's source where the profile names itself, and count where another profile names it.
  'assume-role': [
    'role_arn',
    'source_profile',
    'credential_source',
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
  ],
  sso: ['sso_session', 'sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'],
  keys: ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
  login: ['login_session'],
  process: ['credential_process'],
  none: [],
};
