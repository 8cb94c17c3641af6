import type { ConnectionChoice } from '../port.ts';
import { configInvalid, describeFault, profileInvalid } from './describeFault.ts';
import { type Machine, profileFault, sectionFault } from './profileFault.ts';
import { profileKind } from './profileKind.ts';
import type { SharedConfig, SharedSection } from './sharedConfig.ts';

/** The profile that a connection goes by. */
export interface ProfileInForce {
  /** Undefined for the default one, which need not exist. */
  readonly name: string | undefined;
  readonly section: SharedSection | undefined;
  /** Whether it was chosen in the editor: the environment was then set without knowing of it. */
  readonly isChosen: boolean;
  /**
   * Where credentials come from: keys of the environment come before every profile that was not chosen in the editor, as
   * for the AWS CLI, and its web identity before those without a role; a profile without any, and no profile at all, leave
   * it to the standard chain.
   */
  readonly credentials: 'environment' | 'profile' | 'chain';
}

/** @throws AmiError `config-invalid` for a profile that does not exist or, as the files are, cannot be used. */
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
    const [fault] = config.faults;
    const missing = name ? `The profile "${name}" is not in the shared config and credentials files.` : undefined;
    if (missing || fault) {
      throw configInvalid([missing, fault && describeFault(fault)].filter(Boolean).join(' '));
    }
  }
  const known = name ?? 'default';
  const fault = isOfEnvironment ? sectionFault(config, known) : profileFault(config, known, machine);
  if (fault) {
    throw profileInvalid(known, fault);
  }
  const credentials = isOfEnvironment ? 'environment' : kind === 'none' ? 'chain' : 'profile';
  return { name, section, isChosen, credentials };
}

/** @throws AmiError for half of them, with which the AWS CLI would not fall back to a profile, either. */
function hasKeys(env: NodeJS.ProcessEnv): boolean {
  if (env['AWS_ACCESS_KEY_ID'] && !env['AWS_SECRET_ACCESS_KEY']) {
    throw configInvalid('The environment has AWS_ACCESS_KEY_ID, but no AWS_SECRET_ACCESS_KEY.');
  }
  return Boolean(env['AWS_ACCESS_KEY_ID']);
}

function hasWebIdentity(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']);
}
