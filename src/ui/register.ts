import * as vscode from 'vscode';
import { isCancelled } from '../core/errors.ts';
import type { CommandId } from './contributions.ts';
import { showError } from './presentError.ts';

/** Registers a command that logs and presents what goes wrong, and is silent about what the user cancels. */
export function registerCommand(
  log: vscode.LogOutputChannel,
  id: CommandId,
  run: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
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
