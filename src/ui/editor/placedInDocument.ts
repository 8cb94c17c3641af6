import * as vscode from 'vscode';
import type { ToolCode } from '../../code/insertion/codePlace.ts';
import type { Insertion } from '../../code/insertion/placedBlock.ts';
import { placedIds } from '../../code/insertion/placedIds.ts';
import { type Language, languageOf } from '../../code/language.ts';
import { documentPath } from '../code/documentPath.ts';
import { rangeOf, spanOf } from '../code/documentSpans.ts';
import type { PlacedText, PlaceTexts } from './insertText.ts';

/**
 * Ids for all cursors, in the quotes that a place lacks and as items of the list that it is in. As the editor pastes
 * lines: one each where there are as many of both, unless the user has turned that off, else all of them at each cursor.
 */
export function idsForEach(ids: readonly string[]): PlaceTexts {
  return (document, selections) => {
    const text = document.getText();
    const language = languageOfDocument(document);
    const isSpread =
      ids.length === selections.length &&
      vscode.workspace.getConfiguration('editor', document).get('multiCursorPaste') !== 'full';
    return selections.map((selection, index) => {
      const own = isSpread ? ids.slice(index, index + 1) : ids;
      return placedText(document, placedIds(own, { text, span: spanOf(document, selection), language }));
    });
  };
}

/** Gives code for all cursors. What they share is put into the document once, and they get one reference each to as many. */
export type PlaceCode = (code: ToolCode) => PlaceTexts;

/** The parsers behind it are loaded at the first use. */
export async function loadPlaceCode(): Promise<PlaceCode> {
  const { placedCode } = await import('../../code/insertion/placedCode.ts');
  return (code) => (document, selections) => {
    const place = {
      text: document.getText(),
      path: documentPath(document.uri),
      language: languageOfDocument(document),
      indentUnit: indentUnitOf(document),
    };
    const shared = new Set<string>();
    return selections.flatMap((selection, index) => {
      const span = spanOf(document, selection);
      const {
        code: own,
        reference,
        scope,
      } = placedCode(code, {
        ...place,
        span,
        cursor: { index, count: selections.length },
      });
      const isElsewhere =
        own !== undefined && (reference !== undefined || span.start < own.span.start || own.span.end < span.start);
      const key = `${scope ?? own?.span.start} ${own?.newText}`;
      const isThere = isElsewhere && shared.has(key);
      if (isElsewhere) shared.add(key);
      return [
        ...(own && !isThere ? [{ ...placedText(document, own), isAside: reference !== undefined }] : []),
        ...(reference ? [placedText(document, reference)] : []),
      ];
    });
  };
}

function placedText(document: vscode.TextDocument, { span, newText }: Insertion): PlacedText {
  return { range: rangeOf(document, span), text: newText };
}

export function languageOfDocument(document: vscode.TextDocument): Language {
  return languageOf(documentPath(document.uri), document.getText(), document.languageId);
}

/** As an editor that shows the document indents. */
function indentUnitOf(document: vscode.TextDocument): string {
  const editor =
    vscode.window.activeTextEditor?.document === document
      ? vscode.window.activeTextEditor
      : vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return insertSpaces === false ? '\t' : ' '.repeat(typeof tabSize === 'number' ? tabSize : 2);
}
