import * as vscode from 'vscode';
import { idPlaceAt } from '../../code/insertion/idPlace.ts';
import { pastedImages } from '../../core/pastedImages.ts';
import { pastedIdKind } from '../lazy/lazyPaste.ts';
import type { PasteProvider } from '../lazy/loadedExtension.ts';
import { showsInCode } from '../shared/settings.ts';
import { apart, inOrder } from './insertText.ts';
import { idsForEach, languageOfDocument } from './placedInDocument.ts';

/**
 * Offers the ids of pasted console URLs and ARNs of images. Where no id belongs, the text itself is pasted unless the
 * user chooses.
 */
export const pastedLinks: PasteProvider = {
  async provideDocumentPasteEdits(document, ranges, transfer, { only }) {
    if (!showsInCode('paste', document)) return undefined;
    const pasted = (await transfer.get('text/plain')?.asString()) ?? '';
    const ids = [...new Set(pastedImages(pasted).map(({ id }) => id))];
    if (ranges.length === 0 || ids.length === 0) {
      return undefined;
    }
    const title = ids.length === 1 ? vscode.l10n.t('Paste AMI ID') : vscode.l10n.t('Paste {0} AMI IDs', ids.length);
    const edit = pasteOf(ids, document, ranges, title);
    const language = languageOfDocument(document);
    const isWanted = ranges.every(
      ({ start }) => idPlaceAt(document.getText(), document.offsetAt(start), language)?.because === 'key',
    );
    if (!isWanted && !only) {
      // To all kinds: behind the text alone, it would bring that before a link in Markdown.
      edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Empty];
    }
    return [edit];
  },
};

/** The editor puts one text into all ranges, and nothing around them: else the ids are an edit beside that. */
function pasteOf(
  ids: readonly string[],
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  title: string,
): vscode.DocumentPasteEdit {
  const placed = idsForEach(ids)(document, inOrder(ranges));
  const texts = new Set(placed.map(({ text }) => text));
  const [text = ''] = texts;
  if (texts.size === 1 && placed.every(({ range }) => ranges.some((each) => range.isEqual(each)))) {
    return new vscode.DocumentPasteEdit(text, title, pastedIdKind);
  }
  if (ranges.some(({ isEmpty }) => !isEmpty)) {
    return new vscode.DocumentPasteEdit(ids.join('\n'), title, pastedIdKind);
  }
  const edit = new vscode.DocumentPasteEdit('', title, pastedIdKind);
  edit.additionalEdit = new vscode.WorkspaceEdit();
  for (const each of apart(placed)) edit.additionalEdit.replace(document.uri, each.range, each.text);
  return edit;
}
