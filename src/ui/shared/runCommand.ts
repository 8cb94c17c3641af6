import * as vscode from 'vscode';
import type { CommandId } from '../../contributions/commands.ts';
import { isCancelled } from '../../core/errors.ts';
import type { Session } from '../session/session.ts';
import { showError } from './presentError.ts';

export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** What each command does, by its id. */
export type CommandHandlers = Readonly<Record<CommandId, CommandHandler>>;

export interface CommandHost {
  readonly session: Pick<Session, 'userActed'>;
  readonly log: vscode.LogOutputChannel;
}

/** Runs a command, and logs and shows its error unless the user has cancelled. Resolves with false if it failed. */
export async function runCommand(
  { session, log }: CommandHost,
  id: CommandId,
  run: CommandHandler,
  args: readonly unknown[],
): Promise<boolean> {
  session.userActed();
  try {
    await run(...args);
    return true;
  } catch (error) {
    logAndShow(log, id, error);
    return false;
  }
}

/** Runs what nobody awaits, such as a button of a notification, and logs and shows its error. */
export function inBackground(
  log: Pick<vscode.LogOutputChannel, 'error'>,
  name: string,
  run: () => Promise<unknown>,
): void {
  run().catch((error: unknown) => logAndShow(log, name, error));
}

/** Logs and shows an error, unless the user has cancelled. */
function logAndShow(log: Pick<vscode.LogOutputChannel, 'error'>, name: string, error: unknown): void {
  if (!isCancelled(error) && !(error instanceof vscode.CancellationError)) {
    log.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    // Not awaited: a notification stays until it is closed. Its buttons are commands, which show their own errors.
    void showError(error);
  }
}
