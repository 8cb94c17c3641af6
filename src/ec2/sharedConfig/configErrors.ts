import { homedir } from 'node:os';
import { sep } from 'node:path';
import { AmiError } from '../../core/errors.ts';
import type { FileProblem } from './sharedConfig.ts';

/** A problem in words: `~/.aws/config, line 7: neither …` */
export function describeProblem({ path, line, reason }: FileProblem): string {
  const home = homedir() + sep;
  const file = path.startsWith(home) ? `~${sep}${path.slice(home.length)}` : path;
  return line === undefined ? `${file}: ${reason}` : `${file}, line ${line}: ${reason}`;
}

export function configInvalid(message: string, cause?: unknown): AmiError {
  return new AmiError(message, { kind: 'config-invalid', operation: 'Connect', cause });
}

export function profileInvalid(profile: string, problem: FileProblem): AmiError {
  return configInvalid(`The profile "${profile}" cannot be used: ${describeProblem(problem)}`);
}
