import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SignIn } from '../../core/errors.ts';
import { profileKind } from '../sharedConfig/profileKind.ts';
import type { Section, SharedConfig } from '../sharedConfig/sharedConfig.ts';

/** How to start the session that a profile takes its credentials from: its own, or a source profile's. */
export function signInOf(profile: string, config: SharedConfig, env: NodeJS.ProcessEnv): SignIn | undefined {
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const section: Section = config.profiles.get(name)?.values ?? {};
    const own = profileKind(section) === 'assume-role' ? undefined : ownSignIn(name, section, env);
    if (own) {
      return own;
    }
    name = section['source_profile'];
  }
  return undefined;
}

/**
 * How to start the profile's own session. The AWS CLI names its files after the session or the start URL
 * (`getSSOTokenFilepath` of the SDK), or after `login_session`.
 */
export function ownSignIn(profile: string, section: Section, env: NodeJS.ProcessEnv): SignIn | undefined {
  const session = section['sso_session'] || section['sso_start_url'];
  if (session) {
    const cacheFile = join(homedir(), '.aws', 'sso', 'cache', `${digest('sha1', session)}.json`);
    return { profile, command: 'sso login', cacheFile };
  }
  const login = section['login_session'];
  if (login) {
    const folder = env['AWS_LOGIN_CACHE_DIRECTORY'] || join(homedir(), '.aws', 'login', 'cache');
    return { profile, command: 'login', cacheFile: join(folder, `${digest('sha256', login)}.json`) };
  }
  return undefined;
}

function digest(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
