import * as vscode from 'vscode';
import { type Insertion, placedBlock } from '../../code/insertion/placedBlock.ts';
import { placedIds } from '../../code/insertion/placedIds.ts';
import { type Language, languageOf } from '../../code/language.ts';
import { documentPath } from '../code/documentPath.ts';
import type { PlacedText, PlaceText } from './insertText.ts';

/** Ids for a place: in the quotes that it lacks, as items of the list that it is in. */
export function idsFor(ids: readonly string[]): PlaceText {
  return (document, selection) => placed(document, selection, (place) => placedIds(ids, place));
}

/** Code for a place, on lines of its own and indented as the lines around. */
export function codeFor(code: string): PlaceText {
  return (document, selection) =>
    placed(document, selection, (place) => placedBlock(code, { ...place, indentUnit: indentUnitOf(document) }));
}

interface Place {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly language: Language;
}

function placed(document: vscode.TextDocument, range: vscode.Range, place: (at: Place) => Insertion): PlacedText {
  const text = document.getText();
  const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const { span: replaced, newText } = place({ text, span, language: languageOfDocument(document) });
  return {
    range: new vscode.Range(document.positionAt(replaced.start), document.positionAt(replaced.end)),
    text: newText,
  };
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
