import * as vscode from 'vscode';
import { idPlaceAt } from '../../code/insertion/idPlace.ts';
import { pastedImages } from '../../core/pastedImages.ts';
import { pastedIdKind } from '../lazy/lazyPaste.ts';
import type { PasteProvider } from '../lazy/loadedExtension.ts';
import { idsFor, languageOfDocument } from './placedInDocument.ts';

/**
 * Offers the ids of pasted console URLs and ARNs of images. Where no id belongs, the text itself is pasted unless the
 * user chooses.
 */
export const pastedLinks: PasteProvider = {
  async provideDocumentPasteEdits(document, [range], transfer, { only }) {
    const pasted = (await transfer.get('text/plain')?.asString()) ?? '';
    const ids = [...new Set(pastedImages(pasted).map(({ id }) => id))];
    if (!range || ids.length === 0) {
      return undefined;
    }
    const placed = idsFor(ids)(document, range);
    // The editor puts the text into the range, and into nothing around it.
    const text = placed.range.isEqual(range) ? placed.text : ids.join('\n');
    const title = ids.length === 1 ? vscode.l10n.t('Paste AMI ID') : vscode.l10n.t('Paste {0} AMI IDs', ids.length);
    const edit = new vscode.DocumentPasteEdit(text, title, pastedIdKind);
    const place = idPlaceAt(document.getText(), document.offsetAt(range.start), languageOfDocument(document));
    if (place?.because !== 'key' && !only) {
      edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
    }
    return [edit];
  },
};
