import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import type { OpenReferences } from '../openReferences.ts';

/** Offers to complete the map, as a refactoring, on an id whose region is a key of a map. */
export function registerRegionMapActions(references: OpenReferences): vscode.Disposable {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions: async (document, range, _, token) => {
        const found = await references.current(document, token);
        const isInMap = found?.references.some(
          ({ kind: of, region: { from }, span }) =>
            of === 'id' &&
            from === 'mapKey' &&
            range.intersection(new vscode.Range(document.positionAt(span.start), document.positionAt(span.end))),
        );
        if (!isInMap) {
          return [];
        }
        const action = new vscode.CodeAction(vscode.l10n.t('Complete the Region Map…'), kind);
        action.command = {
          command: commands.completeRegionMap,
          title: action.title,
          arguments: [String(document.uri), document.offsetAt(range.start)],
        };
        return [action];
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}
