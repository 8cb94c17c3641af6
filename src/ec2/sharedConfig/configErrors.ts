import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { PlacedProblem } from '../../core/configProblem.ts';
import type { ErrorReason } from '../../core/errorReason.ts';
import { AmiError, type ConfigFilePlace } from '../../core/errors.ts';
import type { FileProblem } from './sharedConfig.ts';

/** A problem with its file as the user knows it: `~/.aws/config`. */
export function placedProblem({ path, line, reason }: FileProblem): PlacedProblem {
  const home = homedir() + sep;
  return { place: path.startsWith(home) ? `~${sep}${path.slice(home.length)}` : path, line, reason };
}

/** @param more `file`: where it can be corrected, if in one of the AWS files */
export function configInvalid(
  reason: ErrorReason,
  more: { readonly cause?: unknown; readonly file?: ConfigFilePlace | undefined } = {},
): AmiError {
  return new AmiError(reason, { kind: 'config-invalid', operation: 'Connect', ...more });
}

export function problemInvalid(problem: FileProblem): AmiError {
  return configInvalid({ kind: 'config-problem', problem: placedProblem(problem) }, { file: placeOf(problem) });
}

export function profileInvalid(profile: string, problem: FileProblem): AmiError {
  return configInvalid(
    { kind: 'profile-unusable', profile, problem: placedProblem(problem) },
    {
      file: placeOf(problem),
    },
  );
}

export function placeOf({ path, line }: FileProblem): ConfigFilePlace {
  return { path, line };
}
