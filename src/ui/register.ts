import * as vscode from 'vscode';
import type { CommandId } from '../contributions/commands.ts';
import { isCancelled } from '../core/errors.ts';
import { showError } from './presentError.ts';
import type { Session } from './session.ts';

export interface CommandHost {
  readonly session: Pick<Session, 'userActed'>;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Registers a command that logs and presents what goes wrong, and is silent about what the user cancels. Whoever runs one is
 * there: what nobody was asked for any more may be asked for again.
 */
export function registerCommand(
  { session, log }: CommandHost,
  id: CommandId,
  run: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
  // biome-ignore lint/plugin: everybody else comes here
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    session.userActed();
    try {
      return await run(...args);
    } catch (error) {
      if (!isCancelled(error) && !(error instanceof vscode.CancellationError)) {
        log.error(`${id}: ${error instanceof Error ? error.message : String(error)}`);
        // Not awaited: the command is over, the notification stays until it is read.
        void showError(error);
      }
      return undefined;
    }
  });
}
