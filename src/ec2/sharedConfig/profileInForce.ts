import type { ConfigFilePlace } from '../../core/errors.ts';
import type { ConnectionChoice } from '../port.ts';
import { configInvalid, placedProblem, placeOf, problemInvalid, profileInvalid } from './configErrors.ts';
import { profileKind } from './profileKind.ts';
import { type Machine, profileProblem, sectionProblem } from './profileProblem.ts';
import type { SharedConfig, SharedSection } from './sharedConfig.ts';

/** The profile that a connection uses. */
export interface ProfileInForce {
  /** Undefined for the default profile, which need not exist. */
  readonly name: string | undefined;
  readonly section: SharedSection | undefined;
  /** Whether the user chose it in the editor: credentials of the environment are then not meant for it. */
  readonly isChosen: boolean;
  /**
   * Where credentials come from. As in the AWS CLI, keys of the environment come before a profile that was not chosen
   * in the editor, its web identity only before one without a role. The chain is for a profile without credentials.
   */
  readonly credentials: 'environment' | 'profile' | 'chain';
}

/** @throws AmiError `config-invalid` if the profile does not exist or has a problem that makes it unusable */
export function profileInForce(
  choice: ConnectionChoice & { readonly kind: 'aws' },
  env: NodeJS.ProcessEnv,
  config: SharedConfig,
  machine: Machine,
): ProfileInForce {
  // In the order of botocore.
  const name = choice.profile ?? (env['AWS_DEFAULT_PROFILE'] || env['AWS_PROFILE'] || undefined);
  const section = config.profiles.get(name ?? 'default');
  const isChosen = choice.profile !== undefined;
  const kind = profileKind(section?.values ?? {});
  const isOfEnvironment = !isChosen && (hasKeys(env) || (kind !== 'assume-role' && hasWebIdentity(env)));
  if (!section && (name || !isOfEnvironment)) {
    const [problem] = config.problems;
    if (name) {
      throw configInvalid(
        { kind: 'profile-missing', profile: name, problem: problem && placedProblem(problem) },
        { file: problem ? placeOf(problem) : someFile(config) },
      );
    }
    if (problem) {
      throw problemInvalid(problem);
    }
  }
  const known = name ?? 'default';
  const problem = isOfEnvironment ? sectionProblem(config, known) : profileProblem(config, known, machine);
  if (problem) {
    throw profileInvalid(known, problem);
  }
  const credentials = isOfEnvironment ? 'environment' : kind === 'none' ? 'chain' : 'profile';
  return { name, section, isChosen, credentials };
}

/** A file that a missing profile can be added to, if there is one. */
function someFile({ profiles }: SharedConfig): ConfigFilePlace | undefined {
  const [section] = profiles.values();
  return section && { path: section.place.path, line: undefined };
}

/** @throws AmiError if the secret key is missing: the AWS CLI does not fall back to a profile then either */
function hasKeys(env: NodeJS.ProcessEnv): boolean {
  if (env['AWS_ACCESS_KEY_ID'] && !env['AWS_SECRET_ACCESS_KEY']) {
    throw configInvalid({ kind: 'secret-key-unset' });
  }
  return Boolean(env['AWS_ACCESS_KEY_ID']);
}

function hasWebIdentity(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']);
}
