import { profileKind } from './profileKind.ts';
import type { Fault, Section, SharedConfig, SharedSection } from './sharedConfig.ts';
import { shellWords } from './shellWords.ts';

/** What of a file is there to be seen, of the machine that the files are on. */
export interface Machine {
  isFile(path: string): boolean;
  /** Whether a command by this name is found, where that can be told. */
  isCommand(name: string): boolean;
}

/**
 * Why AWS tools refuse a profile whoever uses it, told from the files alone: what is wrong in its own sections, or in the
 * `[services]` section that it names.
 */
export function sectionFault(config: SharedConfig, name: string): Fault | undefined {
  const profile = config.profiles.get(name);
  return profile && (profile.faults[0] ?? referenceFault(profile, 'services', config.services));
}

/** Why a profile can give no credentials, told from the files alone; a profile without any has no fault. */
export function profileFault(config: SharedConfig, name: string, machine: Machine): Fault | undefined {
  return sectionFault(config, name) ?? credentialsFault(config, name, machine, []);
}

function credentialsFault(
  config: SharedConfig,
  name: string,
  machine: Machine,
  users: readonly string[],
): Fault | undefined {
  const profile = config.profiles.get(name);
  if (!profile) {
    return undefined;
  }
  const { values } = profile;
  switch (profileKind(values)) {
    case 'web-identity':
      return webIdentityFault(profile, machine);
    case 'assume-role':
      // Who takes a role with a profile's credentials takes its keys, where it has any.
      return users.length > 0 && hasKeys(values)
        ? keysFault(profile)
        : roleFault(config, name, profile, machine, users);
    case 'sso':
      return ssoFault(config, profile);
    case 'keys':
      return keysFault(profile);
    case 'process':
      return processFault(profile, machine);
    case 'login':
    case 'none':
      return undefined;
  }
}

function at(profile: SharedSection, setting: string, reason: string): Fault {
  return { ...(profile.places[setting] ?? profile.place), reason };
}

const hasKeys = (values: Section) => Boolean(values['aws_access_key_id'] || values['aws_secret_access_key']);

function keysFault(profile: SharedSection): Fault | undefined {
  return missingFault(profile, profile.values, ['aws_access_key_id', 'aws_secret_access_key']);
}

function missingFault(profile: SharedSection, values: Section, needed: readonly string[]): Fault | undefined {
  const missing = needed.filter((setting) => !values[setting]);
  const given = needed.find((setting) => values[setting]) ?? '';
  return missing.length > 0
    ? at(profile, given, `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing.`)
    : undefined;
}

/** A section that a setting names, if that is not there or has a fault of its own. */
function referenceFault(
  profile: SharedSection,
  setting: 'services' | 'sso_session',
  sections: ReadonlyMap<string, SharedSection>,
): Fault | undefined {
  const name = profile.values[setting];
  if (!name) {
    return undefined;
  }
  const section = sections.get(name);
  const kind = setting === 'services' ? 'services' : 'sso-session';
  return section
    ? section.faults[0]
    : at(profile, setting, `${setting} = ${name}: there is no [${kind} ${name}] section.`);
}

function ssoFault(config: SharedConfig, profile: SharedSection): Fault | undefined {
  const fault = referenceFault(profile, 'sso_session', config.ssoSessions);
  if (fault) {
    return fault;
  }
  const { values } = profile;
  const session = config.ssoSessions.get(values['sso_session'] ?? '');
  const other = ['sso_region', 'sso_start_url'].find(
    (setting) => values[setting] && session?.values[setting] && values[setting] !== session.values[setting],
  );
  if (other) {
    return at(profile, other, `${other} is another one in [sso-session ${values['sso_session']}].`);
  }
  const all = { ...values, ...(session && { ...session.values, sso_session: values['sso_session'] }) };
  return missingFault(profile, all, ['sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region']);
}

function webIdentityFault(profile: SharedSection, machine: Machine): Fault | undefined {
  const path = profile.values['web_identity_token_file'] ?? '';
  return (
    missingFault(profile, profile.values, ['web_identity_token_file', 'role_arn']) ??
    (machine.isFile(path) ? undefined : at(profile, 'web_identity_token_file', `there is no file ${path}.`))
  );
}

function processFault(profile: SharedSection, machine: Machine): Fault | undefined {
  const words = shellWords(profile.values['credential_process'] ?? '');
  if (!words) {
    return at(profile, 'credential_process', 'credential_process has a quote that is not closed.');
  }
  const [program = ''] = words;
  // Arguments may be secrets: nothing but the program is named.
  return machine.isCommand(program) ? undefined : at(profile, 'credential_process', `there is no program ${program}.`);
}

/** More roles than this, one after the other, are a mistake. */
export const longestWay = 20;

/** As the AWS CLI names them; upper and lower case count. */
const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function roleFault(
  config: SharedConfig,
  name: string,
  profile: SharedSection,
  machine: Machine,
  users: readonly string[],
): Fault | undefined {
  const { source_profile: source, credential_source: credentialSource } = profile.values;
  if (source && credentialSource) {
    return at(profile, 'credential_source', 'source_profile and credential_source exclude each other.');
  }
  if (credentialSource) {
    return credentialSources.includes(credentialSource)
      ? undefined
      : at(profile, 'credential_source', `credential_source is none of ${credentialSources.join(', ')}.`);
  }
  if (!source) {
    return at(profile, 'role_arn', 'role_arn without source_profile or credential_source.');
  }
  const sourceProfile = config.profiles.get(source);
  if (!sourceProfile) {
    return at(profile, 'source_profile', `source_profile = ${source}: there is no such profile.`);
  }
  const way = [...users, name];
  const ownKeys = source === name && hasKeys(profile.values);
  if (way.includes(source) && !ownKeys) {
    return at(profile, 'source_profile', `source_profile leads round in a circle: ${[...way, source].join(' → ')}.`);
  }
  if (profileKind(sourceProfile.values) === 'none' && !sourceProfile.values['credential_source']) {
    return at(profile, 'source_profile', `source_profile = ${source}: that profile has no credentials.`);
  }
  if (way.length > longestWay) {
    return at(profile, 'source_profile', `more than ${longestWay} profiles lead to the credentials.`);
  }
  const fault = sourceProfile.faults[0] ?? credentialsFault(config, source, machine, way);
  return fault && { ...fault, reason: `source_profile = ${source}: ${fault.reason}` };
}
