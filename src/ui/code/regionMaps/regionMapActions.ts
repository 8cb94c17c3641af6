import * as vscode from 'vscode';
import { touch } from '../../../code/textSpan.ts';
import { commands } from '../../../contributions/commands.ts';
import { spanOf } from '../documentSpans.ts';
import type { OpenReferences } from '../openReferences.ts';

/** Offers to complete the map, as a refactoring, on an id whose region is a key of a map. */
export function registerRegionMapActions(references: OpenReferences): vscode.Disposable {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions: async (document, range, { triggerKind }, token) => {
        const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
        const found = await (isAsked ? references.current(document, token) : references.settled(document, token));
        const asked = spanOf(document, range);
        const isInMap = found?.references.some(
          ({ kind: of, region: { from }, span }) => of === 'id' && from === 'mapKey' && touch(span, asked),
        );
        if (!isInMap) {
          return [];
        }
        const action = new vscode.CodeAction(vscode.l10n.t('Complete Region Map…'), kind);
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
