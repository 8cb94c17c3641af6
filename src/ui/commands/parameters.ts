import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import { type ParameterSnippetKind, parameterSnippetKinds } from '../../core/parameterSnippets.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { parameterCode } from '../editor/parameterCode.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import { chooseAndCopy, chooseAndInsert, type OfferedCode } from './chooseAndInsert.ts';
import { parametersOf } from './nodeArguments.ts';

/** The commands for public parameters themselves; a parameter's image has the commands of images. */
export function parameterCommands(inserter: TextInserter) {
  const copy = async (text: string, what: string) => {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', plain(what)), 3_000);
  };
  return {
    [commands.copyParameterName]: async (...args) => {
      const names = parametersOf(args).map(({ name }) => name);
      if (names.length > 0) {
        await copy(names.join('\n'), names.join(', '));
      }
    },
    [commands.copyParameterAs]: async (...args) => {
      const parameters = parametersOf(args);
      if (parameters.length > 0) {
        await chooseAndCopy(inserter, offered(parameters));
      }
    },
    [commands.insertParameterAs]: async (...args) => {
      const parameters = parametersOf(args);
      if (parameters.length > 0) {
        await chooseAndInsert(inserter, offered(parameters));
      }
    },
  } satisfies Partial<CommandHandlers>;
}

function offered(parameters: readonly LatestParameter[]): OfferedCode<ParameterSnippetKind> {
  return {
    placeHolder: parameters.map(({ label }) => plain(label)).join('; '),
    groups: [{ title: undefined, kinds: parameterSnippetKinds }],
    render: (kind) => parameterCode(kind, parameters),
  };
}
