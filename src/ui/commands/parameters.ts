import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import {
  type ParameterSnippetKind,
  parameterSnippetKinds,
  renderParameterSnippet,
} from '../../core/parameterSnippets.ts';
import type { TextInserter } from '../editor/insertText.ts';
import { codeFor } from '../editor/placedInDocument.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
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
      const chosen = await choose(parametersOf(args));
      if (chosen) {
        await copy(chosen.text, `${chosen.kind.tool} ${chosen.kind.form}`);
      }
    },
    [commands.insertParameterAs]: async (...args) => {
      const chosen = await choose(parametersOf(args));
      if (chosen && !(await inserter.insert(codeFor(chosen.text)))) {
        await copy(chosen.text, `${chosen.kind.tool} ${chosen.kind.form}`);
        void vscode.window.showInformationMessage(
          vscode.l10n.t('No editor is open: the code was copied to the clipboard instead.'),
        );
      }
    },
  } satisfies Partial<CommandHandlers>;
}

interface KindItem extends vscode.QuickPickItem {
  readonly snippet: ParameterSnippetKind;
}

async function choose(
  parameters: readonly LatestParameter[],
): Promise<{ readonly text: string; readonly kind: ParameterSnippetKind } | undefined> {
  if (parameters.length === 0) {
    return undefined;
  }
  const items = parameterSnippetKinds.map(
    (snippet): KindItem => ({ snippet, label: snippet.tool, description: snippet.form }),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('As what?'),
    placeHolder: parameters.map(({ label }) => plain(label)).join('; '),
  });
  return picked && { text: renderParameterSnippet(picked.snippet.id, parameters), kind: picked.snippet };
}
