import * as v from 'valibot';
import * as vscode from 'vscode';
import { type RegionMap, regionMapAround } from '../../../code/regionMaps/regionMap.ts';
import { read } from '../../../core/schemas.ts';
import { plain } from '../../shared/plainText.ts';

/** How many of the names around a map are shown. */
const nameParts = 3;

export interface Place {
  readonly document: vscode.TextDocument;
  readonly offset: number;
}

/** Where the command is run: a document's URI and an offset in it, or the cursor of the active editor. */
export async function placeOf(uri: unknown, offset: unknown): Promise<Place | undefined> {
  const [givenUri, givenOffset] = [read(v.string(), uri), read(v.number(), offset)];
  if (givenUri !== undefined && givenOffset !== undefined) {
    return { document: await vscode.workspace.openTextDocument(vscode.Uri.parse(givenUri, true)), offset: givenOffset };
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file that maps regions to AMI IDs, then run the command again.'),
    );
    return undefined;
  }
  return { document: editor.document, offset: editor.document.offsetAt(editor.selection.active) };
}

/** The map around a place, or the only one of the document; asks which one where there are several. */
export async function chooseMap(
  maps: readonly RegionMap[],
  document: vscode.TextDocument,
  offset: number,
): Promise<RegionMap | undefined> {
  const around = regionMapAround(maps, { start: offset, end: offset });
  const [only, ...others] = maps;
  if (around || (only && others.length === 0)) {
    return around ?? only;
  }
  if (!only) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This file has no map of regions to AMI IDs, or the map has no AMI ID.'),
    );
    return undefined;
  }
  const items = maps.map((map) => ({
    map,
    label: plain(map.path.join(' › ')),
    description: vscode.l10n.t('line {0}', document.positionAt(map.span.start).line + 1),
    detail: [...new Set(map.rows.map(({ region }) => region))].join(', '),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Complete Region Map'),
    placeHolder: vscode.l10n.t('Select a map'),
    matchOnDetail: true,
  });
  return picked?.map;
}

/** The title of all questions about a map. */
export function titleText({ path }: RegionMap): string {
  return path.length === 0
    ? vscode.l10n.t('Complete Region Map')
    : vscode.l10n.t('Complete Region Map: {0}', plain(path.slice(-nameParts).join(' › ')));
}
