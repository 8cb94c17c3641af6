import * as vscode from 'vscode';
import type { ImageUses } from '../panels/detailsContent.ts';
import type { WorkspaceFile } from './workspaceNodes.ts';
import type { WorkspaceSearch } from './workspaceSearch.ts';

/** Where files of the workspace name an image, for its details. */
export function imageUsesIn(search: WorkspaceSearch): ImageUses {
  return {
    of: (imageId) => {
      if (!vscode.workspace.workspaceFolders?.length) {
        return undefined;
      }
      search.start();
      const places = placesOf(search.files, imageId);
      return places.length === 0 && search.state.kind !== 'done'
        ? undefined
        : places.map(({ file, placed }) => ({ path: file.path, line: placed.start.line + 1, text: placed.line }));
    },
    open: async (imageId, index) => {
      const place = placesOf(search.files, imageId)[index];
      if (place) {
        const { start, end } = place.placed;
        const selection = new vscode.Range(start.line, start.character, end.line, end.character);
        await vscode.window.showTextDocument(vscode.Uri.parse(place.file.uri, true), { selection });
      }
    },
    onDidChange: search.onDidChange,
  };
}

function placesOf(files: readonly WorkspaceFile[], imageId: string) {
  return files.flatMap((file) =>
    file.references
      .filter(({ reference }) => reference.kind === 'id' && reference.value === imageId)
      .map((placed) => ({ file, placed })),
  );
}
