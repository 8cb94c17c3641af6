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

/**
 * Runs a command, logs and presents what goes wrong, and is silent about what the user cancels; resolves with whether the
 * command was carried out. Whoever runs one is there:
 * what nobody was asked for any more may be asked for again.
 */
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

/** Runs what goes on after its command, in the same care: what a button of a notification does, say. */
export function inBackground(
  log: Pick<vscode.LogOutputChannel, 'error'>,
  name: string,
  run: () => Promise<unknown>,
): void {
  run().catch((error: unknown) => logAndShow(log, name, error));
}

/** Logs and presents a failure, unless it is the user's own end. */
function logAndShow(log: Pick<vscode.LogOutputChannel, 'error'>, name: string, error: unknown): void {
  if (!isCancelled(error) && !(error instanceof vscode.CancellationError)) {
    log.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    // Not awaited: the notification stays until it is read. Its buttons are commands, which tell their failures themselves.
    void showError(error);
  }
}
