import * as vscode from 'vscode';
import type { LoadedExtension } from './loadedExtension.ts';

/**
 * The kind of the edits, for the setting `editor.pasteAs.preferences`. No text's: others that yield to texts would wait
 * for this one, which waits for them.
 */
export const pastedIdKind = vscode.DocumentDropOrPasteEditKind.Empty.append('amiExplorer', 'imageId');

/** Registers what is offered for pasted links to images. The first paste of one loads src/main.ts. */
export function registerLazyPaste(load: () => Promise<Pick<LoadedExtension, 'pastedLinks'>>): vscode.Disposable {
  return vscode.languages.registerDocumentPasteEditProvider(
    // Closer than the editor's own for plain text, which it comes before unless it yields.
    { pattern: '**' },
    {
      provideDocumentPasteEdits: async (document, ranges, transfer, context, token) => {
        const text = (await transfer.get('text/plain')?.asString()) ?? '';
        if (!/(?:console\.|arn:aws)[\s\S]*ami-/.test(text.slice(0, 4_000))) {
          return undefined;
        }
        const { pastedLinks } = await load();
        return pastedLinks.provideDocumentPasteEdits(document, ranges, transfer, context, token);
      },
    },
    { providedPasteEditKinds: [pastedIdKind], pasteMimeTypes: ['text/plain'] },
  );
}
