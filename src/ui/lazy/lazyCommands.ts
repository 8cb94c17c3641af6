import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { LoadedExtension } from './loadedExtension.ts';

/** Registers every command; whatever is run first loads what carries it out. The editor tells the user if that fails. */
export function registerLazyCommands(load: () => Promise<Pick<LoadedExtension, 'runCommand'>>): vscode.Disposable {
  const registered = Object.values(commands).map((id) =>
    // biome-ignore lint/plugin: here are all that the table has
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const { runCommand } = await load();
      return runCommand(id, args);
    }),
  );
  return vscode.Disposable.from(...registered);
}
