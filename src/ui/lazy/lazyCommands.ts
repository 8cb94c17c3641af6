import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { LoadedExtension } from './loadedExtension.ts';

/** Registers every command. The first that is run loads src/main.ts; the editor shows the error if that fails. */
export function registerLazyCommands(load: () => Promise<Pick<LoadedExtension, 'runCommand'>>): vscode.Disposable {
  const registered = Object.values(commands).map((id) =>
    // biome-ignore lint/plugin: registers the whole table
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const { runCommand } = await load();
      return runCommand(id, args);
    }),
  );
  return vscode.Disposable.from(...registered);
}
