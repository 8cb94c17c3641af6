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
