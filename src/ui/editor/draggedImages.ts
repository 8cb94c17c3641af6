import * as v from 'valibot';
import * as vscode from 'vscode';
import { regionName, resourceId } from '../../core/imageRefSchema.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import { ifKnown, listOf, readJson } from '../../core/schemas.ts';
import { type DraggedImages, draggedImagesType } from '../../protocol/draggedImages.ts';
import { type NamedImage, namedImages } from '../commands/imageArguments.ts';
import { parametersOf } from '../commands/nodeArguments.ts';

/** The dragged images as they are read again where they are dropped. */
export interface Dropped {
  readonly images: readonly NamedImage[];
  /** The public parameters that were dragged; empty where an image was dragged by itself. */
  readonly parameters: readonly LatestParameter[];
}

/** Gives a drag what its nodes name, and returns that: nothing for nodes that are no images. */
export function dragImages(nodes: readonly unknown[], transfer: vscode.DataTransfer): readonly NamedImage[] {
  const images = nodes.flatMap((node) => namedImages([node]));
  if (images.length === 0) return images;
  const parameters = parametersOf([nodes[0], nodes]);
  const dragged: DraggedImages = { images, ...(parameters.length === images.length ? { parameters } : {}) };
  transfer.set(draggedImagesType, new vscode.DataTransferItem(JSON.stringify(dragged)));
  transfer.set('text/plain', new vscode.DataTransferItem(images.map(({ id }) => id).join('\n')));
  return images;
}

/** More are dragged by no one who wants each of them in code. */
const maxImages = 1_000;

const dragged = v.object({
  images: listOf(v.object({ id: resourceId, region: ifKnown(regionName) })),
  parameters: v.optional(v.array(v.unknown())),
});

/** What was dragged, from a view or from a page; undefined for another drag. */
export async function droppedImages(transfer: vscode.DataTransfer): Promise<Dropped | undefined> {
  const text = await transfer.get(draggedImagesType)?.asString();
  const found = text === undefined ? undefined : readJson(dragged, text);
  if (!found || found.images.length === 0) return undefined;
  const nodes = (found.parameters ?? []).map((parameter) => ({ kind: 'parameter', parameter }));
  return { images: found.images.slice(0, maxImages), parameters: parametersOf([nodes[0], nodes]) };
}
