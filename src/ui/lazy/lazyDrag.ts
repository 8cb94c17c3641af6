import type * as vscode from 'vscode';
import { draggedImagesType } from '../../protocol/draggedImages.ts';
import type { LoadedExtension } from './loadedExtension.ts';

/** What can be dragged out of the views: images, into editors. Rows are there, so that everything is loaded. */
export function lazyDrag<N>(
  load: () => Promise<Pick<LoadedExtension, 'dragImages'>>,
): vscode.TreeDragAndDropController<N> {
  return {
    dragMimeTypes: [draggedImagesType, 'text/plain'],
    dropMimeTypes: [],
    handleDrag: async (nodes, transfer) => (await load()).dragImages(nodes, transfer),
  };
}
