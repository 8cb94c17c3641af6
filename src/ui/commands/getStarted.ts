import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { walkthroughId } from '../../contributions/walkthrough.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';

/** @param extensionId as the editor knows the extension: `publisher.name` */
export function getStartedCommands(extensionId: string) {
  return {
    [commands.getStarted]: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthroughId}`),
  } satisfies Partial<CommandHandlers>;
}
