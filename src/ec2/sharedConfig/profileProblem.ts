import type { ConfigProblemReason } from '../../core/configProblem.ts';
import { profileKind } from './profileKind.ts';
import type { FileProblem, Section, SharedConfig, SharedSection } from './sharedConfig.ts';
import { shellWords } from './shellWords.ts';

/** The machine that the shared files are on. */
export interface Machine {
  isFile(path: string): boolean;
  /** Whether a command with this name is found; true if that cannot be told. */
  isCommand(name: string): boolean;
}

/**
 * The problem that makes every AWS tool refuse a profile, in the profile itself or in the `[services]` section that it
 * names.
 */
export function sectionProblem(config: SharedConfig, name: string): FileProblem | undefined {
  const profile = config.profiles.get(name);
  return profile && (profile.problems[0] ?? referenceProblem(profile, 'services', config.services));
}

/** The problem that makes a profile unusable or keeps it from giving credentials, as far as the files tell. */
export function profileProblem(config: SharedConfig, name: string, machine: Machine): FileProblem | undefined {
  return sectionProblem(config, name) ?? credentialsProblem(config, name, machine, []);
}

function credentialsProblem(
  config: SharedConfig,
  name: string,
  machine: Machine,
  dependents: readonly string[],
): FileProblem | undefined {
  const profile = config.profiles.get(name);
  if (!profile) {
    return undefined;
  }
  const { values } = profile;
  switch (profileKind(values)) {
    case 'web-identity':
      return webIdentityProblem(profile, machine);
    case 'assume-role':
      // A profile that is the source of another one gives its own keys, if it has any.
      return dependents.length > 0 && hasKeys(values)
        ? keysProblem(profile)
        : roleProblem(config, name, profile, machine, dependents);
    case 'sso':
      return ssoProblem(config, profile);
    case 'keys':
      return keysProblem(profile);
    case 'process':
      return processProblem(profile, machine);
    case 'login':
    case 'none':
      return undefined;
  }
}

function problemAt(profile: SharedSection, setting: string, reason: ConfigProblemReason): FileProblem {
  return { ...(profile.places[setting] ?? profile.place), reason };
}

const hasKeys = (values: Section) => Boolean(values['aws_access_key_id'] || values['aws_secret_access_key']);

function keysProblem(profile: SharedSection): FileProblem | undefined {
  return missingProblem(profile, profile.values, ['aws_access_key_id', 'aws_secret_access_key']);
}

function missingProblem(profile: SharedSection, values: Section, needed: readonly string[]): FileProblem | undefined {
  const missing = needed.filter((setting) => !values[setting]);
  const given = needed.find((setting) => values[setting]) ?? '';
  return missing.length > 0 ? problemAt(profile, given, { kind: 'missing-settings', settings: missing }) : undefined;
}

/** The problem of the section that a setting names: it does not exist, or has a problem itself. */
function referenceProblem(
  profile: SharedSection,
  setting: 'services' | 'sso_session',
  sections: ReadonlyMap<string, SharedSection>,
): FileProblem | undefined {
  const name = profile.values[setting];
  if (!name) {
    return undefined;
  }
  const section = sections.get(name);
  const kind = setting === 'services' ? 'services' : 'sso-session';
  return section
    ? section.problems[0]
    : problemAt(profile, setting, { kind: 'missing-section', setting, section: `${kind} ${name}` });
}

function ssoProblem(config: SharedConfig, profile: SharedSection): FileProblem | undefined {
  const problem = referenceProblem(profile, 'sso_session', config.ssoSessions);
  if (problem) {
    return problem;
  }
  const { values } = profile;
  const session = config.ssoSessions.get(values['sso_session'] ?? '');
  const other = ['sso_region', 'sso_start_url'].find(
    (setting) => values[setting] && session?.values[setting] && values[setting] !== session.values[setting],
  );
  if (other) {
    const section = `sso-session ${values['sso_session']}`;
    return problemAt(profile, other, { kind: 'other-in-section', setting: other, section });
  }
  const all = { ...values, ...(session && { ...session.values, sso_session: values['sso_session'] }) };
  return missingProblem(profile, all, ['sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region']);
}

function webIdentityProblem(profile: SharedSection, machine: Machine): FileProblem | undefined {
  const setting = 'web_identity_token_file';
  const path = profile.values[setting] ?? '';
  return (
    missingProblem(profile, profile.values, [setting, 'role_arn']) ??
    (machine.isFile(path) ? undefined : problemAt(profile, setting, { kind: 'missing-file', setting, path }))
  );
}

function processProblem(profile: SharedSection, machine: Machine): FileProblem | undefined {
  const setting = 'credential_process';
  const words = shellWords(profile.values[setting] ?? '');
  if (!words) {
    return problemAt(profile, setting, { kind: 'open-quote', setting });
  }
  const [program = ''] = words;
  // Names only the program: arguments may be secrets.
  return machine.isCommand(program) ? undefined : problemAt(profile, setting, { kind: 'missing-program', program });
}

/** The most profiles in a chain of roles: more are a mistake. */
export const maxRoleChain = 20;

/** The values of `credential_source` in the AWS CLI, case-sensitive. */
const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function roleProblem(
  config: SharedConfig,
  name: string,
  profile: SharedSection,
  machine: Machine,
  dependents: readonly string[],
): FileProblem | undefined {
  const { source_profile: source, credential_source: credentialSource } = profile.values;
  if (source && credentialSource) {
    const settings = ['source_profile', 'credential_source'] as const;
    return problemAt(profile, 'credential_source', { kind: 'either-setting', settings });
  }
  if (credentialSource) {
    const setting = 'credential_source';
    return credentialSources.includes(credentialSource)
      ? undefined
      : problemAt(profile, setting, { kind: 'unknown-value', setting, known: credentialSources });
  }
  if (!source) {
    return problemAt(profile, 'role_arn', { kind: 'role-without-source' });
  }
  const sourceProfile = config.profiles.get(source);
  if (!sourceProfile) {
    return problemAt(profile, 'source_profile', { kind: 'missing-source', profile: source });
  }
  const chain = [...dependents, name];
  const ownKeys = source === name && hasKeys(profile.values);
  if (chain.includes(source) && !ownKeys) {
    return problemAt(profile, 'source_profile', { kind: 'source-circle', profiles: [...chain, source] });
  }
  if (profileKind(sourceProfile.values) === 'none' && !sourceProfile.values['credential_source']) {
    return problemAt(profile, 'source_profile', { kind: 'empty-source', profile: source });
  }
  if (chain.length > maxRoleChain) {
    return problemAt(profile, 'source_profile', { kind: 'long-chain', most: maxRoleChain });
  }
  const problem = sourceProfile.problems[0] ?? credentialsProblem(config, source, machine, chain);
  return problem && { ...problem, reason: { kind: 'of-source', profile: source, reason: problem.reason } };
}
