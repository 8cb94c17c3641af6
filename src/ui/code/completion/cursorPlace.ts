import type * as vscode from 'vscode';

/** A cursor, with what stands around it in its line. */
export interface CursorPlace {
  /** In the whole text. */
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

export function cursorPlace(document: vscode.TextDocument, position: vscode.Position): CursorPlace {
  const { line, character } = position;
  const text = line < document.lineCount ? document.lineAt(line).text : '';
  return { offset: document.offsetAt(position), before: text.slice(0, character), after: text.slice(character) };
}

/**
 * Whether what was found for a cursor is right in the present text. Behind the cursor more may have been typed, by which
 * the editor filters; whatever else has changed in the line, or moved it, has made another place of it.
 *
 * @param replaced how many characters behind the cursor are to be replaced
 */
export function isSamePlace(then: CursorPlace, now: CursorPlace, replaced: number): boolean {
  if (now.offset !== then.offset || now.before !== then.before) return false;
  return replaced > 0 ? now.after === then.after : now.after.endsWith(then.after);
}
