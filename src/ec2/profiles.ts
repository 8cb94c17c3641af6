import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AmiError } from '../core/errors.ts';
import type { Sdk } from './loadSdk.ts';
import type { Profile } from './port.ts';

type Section = Readonly<Record<string, string | undefined>>;

/** The shared config and credentials files, read afresh: the SDK's own cache would keep what the user has just edited. */
export interface SharedConfig {
  /** Profile name → its keys, both files merged; the credentials file wins, as in every AWS SDK. */
  readonly profiles: ReadonlyMap<string, Section>;
  /** Name of a `[services NAME]` section → its keys, nested ones as `ec2.endpoint_url`. */
  readonly services: ReadonlyMap<string, Section>;
}

export interface ConfigPaths {
  readonly config: string;
  readonly credentials: string;
}

export function configPaths(env: NodeJS.ProcessEnv): ConfigPaths {
  const home = (path: string) => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
  return {
    config: home(env['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config')),
    credentials: home(env['AWS_SHARED_CREDENTIALS_FILE'] || join(homedir(), '.aws', 'credentials')),
  };
}

/** Rejects with AmiError `config-invalid` when a file exists and cannot be read or is not the format it should be. */
export async function readSharedConfig(sdk: Sdk, env: NodeJS.ProcessEnv): Promise<SharedConfig> {
  const paths = configPaths(env);
  // The SDK takes an unreadable file for an empty one, which would end in "no credentials" without saying why.
  await Promise.all([checkFile(paths.config), checkFile(paths.credentials)]);
  const files = await sdk.loadSharedConfigFiles({
    configFilepath: paths.config,
    filepath: paths.credentials,
    ignoreCache: true,
  });
  const profiles = new Map<string, Section>();
  const services = new Map<string, Section>();
  for (const [name, section] of Object.entries(files.configFile)) {
    if (name.startsWith('services.')) {
      services.set(name.slice('services.'.length), section);
    } else if (!name.startsWith('sso-session.')) {
      profiles.set(name, section);
    }
  }
  for (const [name, section] of Object.entries(files.credentialsFile)) {
    profiles.set(name, { ...profiles.get(name), ...section });
  }
  return { profiles, services };
}

async function checkFile(path: string): Promise<void> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') {
      return;
    }
    throw configInvalid(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  const problem = findIniProblem(content);
  if (problem) {
    throw configInvalid(`${path}, line ${problem.line}: ${problem.message}`);
  }
}

/** The first line (from 1) that is neither a section, a setting inside one, a comment nor blank. */
export function findIniProblem(content: string): { line: number; message: string } | undefined {
  let inSection = false;
  for (const [index, raw] of content.split(/\r?\n/).entries()) {
    const text = (raw.split(/(?:^|\s)[;#]/)[0] ?? '').replace(/^\uFEFF/, '').trim();
    if (text === '') {
      continue;
    }
    if (text.startsWith('[')) {
      if (!text.endsWith(']')) {
        return { line: index + 1, message: 'a section header without its closing bracket.' };
      }
      inSection = true;
    } else if (!inSection) {
      return { line: index + 1, message: 'a setting outside of any [section].' };
    } else if (!text.includes('=')) {
      return { line: index + 1, message: 'neither a [section] nor a "name = value" setting.' };
    }
  }
  return undefined;
}

export function configInvalid(message: string, cause?: unknown): AmiError {
  return new AmiError(message, { kind: 'config-invalid', operation: 'Connect', cause });
}

export function toProfiles(config: SharedConfig): readonly Profile[] {
  return [...config.profiles]
    .map(([name, section]) => toProfile(name, section))
    .sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || a.name.localeCompare(b.name, 'en'));
}

function toProfile(name: string, section: Section): Profile {
  const region = section['region'];
  const of = (kind: Profile['kind'], ...details: (string | undefined)[]): Profile => ({
    name,
    kind,
    region,
    detail: details.filter(Boolean).join(' · ') || undefined,
  });
  if (section['sso_account_id'] || section['sso_session'] || section['sso_start_url']) {
    return of('sso', section['sso_account_id'], section['sso_role_name']);
  }
  if (section['role_arn'] && section['web_identity_token_file']) {
    return of('web-identity', section['role_arn']);
  }
  if (section['role_arn']) {
    return of('assume-role', section['role_arn'], section['source_profile'] && `← ${section['source_profile']}`);
  }
  if (section['login_session']) {
    return of('login', section['login_session']);
  }
  if (section['aws_access_key_id']) {
    // Enough to tell two keys apart, as in the output of `aws configure list`.
    return of('keys', `${section['aws_access_key_id'].slice(0, 4)}…${section['aws_access_key_id'].slice(-4)}`);
  }
  if (section['credential_process']) {
    return of('process');
  }
  return of('none');
}
