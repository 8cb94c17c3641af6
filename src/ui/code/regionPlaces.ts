import * as vscode from 'vscode';
import type { RegionInForce } from '../../code/reference.ts';
import { documentPath } from './documentPath.ts';
import { rangeOf } from './documentSpans.ts';

/** In bytes, as much as is read of a file that states regions for others. */
const maxSize = 1_000_000;

/** Where the region of a reference is stated: in its document, or in a file of its folder, open or on disk. */
export async function placeOfRegion(
  document: vscode.TextDocument,
  at: RegionInForce['at'],
): Promise<vscode.Location | undefined> {
  if (!at) return undefined;
  if (at.path === undefined) return new vscode.Location(document.uri, rangeOf(document, at.span));
  const uri = uriOf(document, at.path);
  const open = vscode.workspace.textDocuments.find((other) => other.uri.toString() === uri.toString());
  if (open) return new vscode.Location(uri, rangeOf(open, at.span));
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxSize) return undefined;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return new vscode.Location(uri, new vscode.Range(positionIn(text, at.span.start), positionIn(text, at.span.end)));
  } catch {
    return undefined;
  }
}

/** The file of a path that was told from the root of the document's folder. */
function uriOf({ uri }: vscode.TextDocument, path: string): vscode.Uri {
  const own = documentPath(uri);
  return path.startsWith('/') ? uri.with({ path }) : uri.with({ path: uri.path.slice(0, -own.length) + path });
}

function positionIn(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
