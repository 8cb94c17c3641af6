import * as vscode from 'vscode';
import { mayTakeImageId } from '../../code/mentions.ts';
import type { LoadedExtension } from './loadedExtension.ts';
import { isCode } from './loadOnMention.ts';

/** Lines above the place in which a name of an image, a map of them, or a block is looked for. */
const linesAbove = 60;

/** In UTF-16 code units. */
const maxLength = 8_000;

/** What a value begins behind. */
const triggers = ['"', "'", '`', '-', ' ', '='];

/**
 * Registers what completes ids. A look at the lines above the place, far below a millisecond, says whether an id may
 * belong there: the first place where one may loads src/main.ts.
 */
export function registerLazyCompletion(load: () => Promise<Pick<LoadedExtension, 'completion'>>): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    // As close as those of languages: the editor asks no other where these have something.
    { pattern: '**' },
    {
      provideCompletionItems: async (document, position, token, context) => {
        if (!isCode(document) || !mayTakeImageId(textBefore(document, position))) {
          return undefined;
        }
        const { completion } = await load();
        return token.isCancellationRequested
          ? undefined
          : completion.provideCompletionItems(document, position, token, context);
      },
      resolveCompletionItem: async (item, token) => {
        const { completion } = await load();
        return completion.resolveCompletionItem?.(item, token) ?? item;
      },
    },
    ...triggers,
  );
}

function textBefore(document: vscode.TextDocument, position: vscode.Position): string {
  let text = document.lineAt(position.line).text.slice(0, position.character).slice(-maxLength);
  for (let line = position.line - 1; line >= position.line - linesAbove && line >= 0; line -= 1) {
    if (text.length > maxLength) {
      break;
    }
    text = `${document.lineAt(line).text.slice(0, maxLength)}\n${text}`;
  }
  return text;
}
