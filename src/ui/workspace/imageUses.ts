import * as vscode from 'vscode';
import type { ImageUsesPort } from '../panels/detailsContent.ts';
import type { Place } from './workspacePlaces.ts';
import type { WorkspaceSearch } from './workspaceSearch.ts';

/** The details of an image list so many places. */
const maxPlaces = 200;

/** Where files of the workspace name an image, for its details. */
export function imageUsesIn(search: WorkspaceSearch): ImageUsesPort {
  const placesOf = (imageId: string) => search.places.images.get(imageId) ?? [];
  return {
    of: (imageId) => {
      if (!vscode.workspace.workspaceFolders?.length) {
        return undefined;
      }
      search.start();
      const places = placesOf(imageId);
      return places.length === 0 && search.state.kind !== 'done'
        ? undefined
        : { count: places.length, places: places.slice(0, maxPlaces).map(useOf) };
    },
    open: async (imageId, wanted) => {
      const places = placesOf(imageId);
      const [, line, uri] = /^(\d+):\d+ (.*)$/.exec(wanted) ?? [];
      const distance = (place: Place) => Math.abs(startOf(place).line - Number(line));
      const place =
        places.find((each) => keyOf(each) === wanted) ??
        places.filter(({ file }) => file.uri === uri).sort((a, b) => distance(a) - distance(b))[0];
      if (place) {
        const { start, end } = place.file.references[place.index] ?? { start: startOf(place), end: startOf(place) };
        const selection = new vscode.Range(start.line, start.character, end.line, end.character);
        await vscode.window.showTextDocument(vscode.Uri.parse(place.file.uri, true), { selection });
      }
    },
    onDidChange: search.onDidChange,
  };
}

function useOf(place: Place) {
  const text = place.file.references[place.index]?.line ?? '';
  return { place: keyOf(place), path: place.file.path, line: startOf(place).line + 1, text };
}

/** Tells a place from the others of the image, and how far it has moved. */
function keyOf(place: Place): string {
  const { line, character } = startOf(place);
  return `${line}:${character} ${place.file.uri}`;
}

function startOf({ file, index }: Place) {
  return file.references[index]?.start ?? { line: 0, character: 0 };
}
