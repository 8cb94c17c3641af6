import type * as vscode from 'vscode';
import type { AmiError } from '../../core/errors.ts';

/** One call to AWS for the log, without its input and its answer. */
export interface LoggedCall {
  readonly operation: string;
  readonly region: string;
  /** ms */
  readonly duration: number;
  readonly error: AmiError | undefined;
}

export function logCall(log: vscode.LogOutputChannel, call: LoggedCall): void {
  const line = `${call.operation} ${call.region} ${Math.round(call.duration)} ms`;
  if (!call.error) {
    log.debug(line);
    return;
  }
  if (call.error.code === 'DryRunOperation') {
    // EC2's answer to a dry run that would succeed.
    log.debug(`${line} (dry run)`);
    return;
  }
  const { kind, code, requestId, message } = call.error;
  const details = [kind, code, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  log.warn(`${line} failed (${details}): ${message}`);
}
