import { regionProblem } from '../homeRegion.ts';
import type { ConfigProblem, Profile, ProfileList } from '../port.ts';
import { placedProblem } from './configErrors.ts';
import { profileKind } from './profileKind.ts';
import { type Machine, profileProblem } from './profileProblem.ts';
import type { FileProblem, Section, SharedConfig } from './sharedConfig.ts';

/** The profiles by name, the default one first, and the problems that belong to no profile. */
export function profileList(config: SharedConfig, machine: Machine): ProfileList {
  const profiles = [...config.profiles]
    .map(([name, profile]): Profile => {
      const problem = profileProblem(config, name, machine) ?? regionProblem(profile);
      return {
        name,
        kind: profileKind(profile.values),
        region: profile.values['region'],
        detail: detailOf(profile.values),
        problem: problem && toConfigProblem(problem),
      };
    })
    .sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || a.name.localeCompare(b.name, 'en'));
  return { profiles, problems: config.problems.map(toConfigProblem) };
}

function toConfigProblem(problem: FileProblem): ConfigProblem {
  return { problem: placedProblem(problem), path: problem.path, line: problem.line };
}

function detailOf(section: Section): string | undefined {
  const of = (...details: (string | undefined)[]) => details.filter(Boolean).join(' · ') || undefined;
  switch (profileKind(section)) {
    case 'sso':
      return of(section['sso_account_id'], section['sso_role_name']);
    case 'web-identity':
      return of(section['role_arn']);
    case 'assume-role':
      return of(section['role_arn'], section['source_profile'] && `← ${section['source_profile']}`);
    case 'login':
      return of(section['login_session']);
    case 'keys':
      return shownKey(section['aws_access_key_id'] ?? '');
    case 'process':
    case 'none':
      return undefined;
  }
}

/** The beginning and the end of a key id, to tell keys apart. Undefined for an id that is too short to be one. */
function shownKey(id: string): string | undefined {
  return id.length >= 16 ? `${id.slice(0, 4)}…${id.slice(-4)}` : undefined;
}
