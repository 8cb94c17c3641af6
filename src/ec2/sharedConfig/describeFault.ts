import { AmiError } from '../../core/errors.ts';
import type { Fault } from './sharedConfig.ts';

/** `/home/me/.aws/config, line 7: neither …` */
export function describeFault({ path, line, reason }: Fault): string {
  return line === undefined ? `${path}: ${reason}` : `${path}, line ${line}: ${reason}`;
}

export function configInvalid(message: string, cause?: unknown): AmiError {
  return new AmiError(message, { kind: 'config-invalid', operation: 'Connect', cause });
}

export function profileInvalid(profile: string, fault: Fault): AmiError {
  return configInvalid(`The profile "${profile}" cannot be used: ${describeFault(fault)}`);
}
