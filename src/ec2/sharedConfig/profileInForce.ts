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
   * for the AWS CLI; a profile without any, and no profile at all, leave it to the standard chain.
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
  const name = choice.profile ?? (env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || undefined);
  const section = config.profiles.get(name ?? 'default');
  const isChosen = choice.profile !== undefined;
  const hasEnvironmentKeys = !isChosen && Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']);
  if (!section && (name || !hasEnvironmentKeys)) {
    const [fault] = config.faults;
    const missing = name ? `The profile "${name}" is not in the shared config and credentials files.` : undefined;
    if (missing || fault) {
      throw configInvalid([missing, fault && describeFault(fault)].filter(Boolean).join(' '));
    }
  }
  const known = name ?? 'default';
  const fault = hasEnvironmentKeys ? sectionFault(config, known) : profileFault(config, known, machine);
  if (fault) {
    throw profileInvalid(known, fault);
  }
  const isOwn = section !== undefined && profileKind(section.values) !== 'none';
  return { name, section, isChosen, credentials: hasEnvironmentKeys ? 'environment' : isOwn ? 'profile' : 'chain' };
}
