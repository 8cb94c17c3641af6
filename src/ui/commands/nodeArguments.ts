import * as v from 'valibot';
import type { SelectedIn } from '../../contributions/keybindings.ts';
import type { ViewName } from '../../contributions/views.ts';
import { searchForFamily, searchForFamilyOf, searchForOwner } from '../../core/catalogSearches.ts';
import { regionName, resourceId } from '../../core/imageRefSchema.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import { type Pin, readPins } from '../../core/pins.ts';
import { listOf, read, type Schema } from '../../core/schemas.ts';
import type { FamilyNode, PublicFamilyNode, PublisherNode } from '../trees/nodes.ts';

const latestParameter: Schema<LatestParameter> = v.object({
  id: v.string(),
  region: v.string(),
  name: v.string(),
  label: v.string(),
  imageId: resourceId,
});
const parameterNodes = listOf(v.object({ kind: v.literal('parameter'), parameter: latestParameter }));
const selection: Schema<SelectedIn> = v.object({ selectedIn: v.picklist(['images', 'instances', 'workspace']) });

// The nodes themselves are passed on: each schema has what is read of them.
const scopeNode = v.object({ kind: v.literal('scope'), region: regionName, scope: v.string() });
const publisherNode = v.object({
  kind: v.literal('publisher'),
  region: regionName,
  publisher: v.optional(v.object({ id: v.string(), name: v.string() })),
  ownerId: v.string(),
  parent: scopeNode,
});
const imageOfFamily = v.object({
  id: resourceId,
  region: regionName,
  name: v.string(),
  ownerId: v.string(),
  creationDate: v.optional(v.string()),
  productCodes: v.optional(v.array(v.string())),
});
const familyNode = v.object({
  kind: v.literal('family'),
  region: regionName,
  label: v.string(),
  images: v.array(imageOfFamily),
  parent: v.union([scopeNode, publisherNode]),
});
const publicFamilyNode = v.object({
  kind: v.literal('publicFamily'),
  id: v.string(),
  region: regionName,
  family: v.object({
    id: v.string(),
    publisherId: v.string(),
    label: v.string(),
    kind: v.picklist(['series', 'other']),
    owners: v.array(v.string()),
    namePatterns: v.array(v.string()),
    architecture: v.optional(v.string()),
  }),
  parent: publisherNode,
});
const anyFamilyNode = v.union([familyNode, publicFamilyNode]);

const pinnedNodes = listOf(v.object({ pin: v.optional(v.unknown()), pins: v.optional(v.unknown()) }));
const regionOrItsNode = v.union([
  regionName,
  v.pipe(
    v.object({ region: regionName }),
    v.transform(({ region }) => region),
  ),
]);

/** The public parameters among a command's nodes. */
export function parametersOf(args: readonly unknown[]): readonly LatestParameter[] {
  return (read(parameterNodes, targetNodes(args)) ?? []).map(({ parameter }) => parameter);
}

/** The view whose selection a keybinding is about. */
export function selectedIn([first]: readonly unknown[]): ViewName | undefined {
  return read(selection, first)?.selectedIn;
}

/** The families among a command's nodes. */
export function familiesOf(args: readonly unknown[]): readonly (FamilyNode | PublicFamilyNode)[] {
  return targetNodes(args).filter(isFamily);
}

function isFamily(value: unknown): value is FamilyNode | PublicFamilyNode {
  return v.is(anyFamilyNode, value);
}

/** The search that finds in a catalog what is below a node: a publisher's images, or a family. */
export function catalogSearchOf([node]: readonly unknown[]):
  | { readonly region: string; readonly text: string }
  | undefined {
  if (isPublisher(node)) {
    return { region: node.region, text: searchForOwner(node.publisher, node.ownerId) };
  }
  if (!isFamily(node)) {
    return undefined;
  }
  if (node.kind === 'publicFamily') {
    return { region: node.region, text: searchForFamily(node.parent.publisher, node.family) };
  }
  const [image] = node.images;
  return image && { region: node.region, text: searchForFamilyOf(image) };
}

function isPublisher(value: unknown): value is PublisherNode {
  return v.is(publisherNode, value);
}

/** The pins of a command's nodes below Pinned; undefined where the command has no argument. */
export function pinsOfNodes(args: readonly unknown[]): readonly Pin[] | undefined {
  return args[0] === undefined
    ? undefined
    : (read(pinnedNodes, targetNodes(args)) ?? []).flatMap(({ pin, pins }) => readPins(pins ?? [pin]));
}

/** The region of a node, or the region that a keybinding or another extension passes. */
export function regionOf([first]: readonly unknown[]): string | undefined {
  return read(regionOrItsNode, first);
}

/** An image that files name, or one place that names it. */
export interface UsedImage {
  readonly imageId: string;
  /** The file's URI, and where the id begins in it; undefined for all places. */
  readonly place: { readonly uri: string; readonly start: number } | undefined;
}

const usedImage: Schema<UsedImage> = v.union([
  v.pipe(
    v.object({ kind: v.literal('image'), image: v.object({ id: resourceId }), places: v.array(v.unknown()) }),
    v.transform(({ image }) => ({ imageId: image.id, place: undefined })),
  ),
  v.pipe(
    v.object({
      kind: v.literal('codePlace'),
      place: v.object({
        file: v.object({ uri: v.string() }),
        reference: v.object({ value: resourceId, span: v.object({ start: v.number() }) }),
      }),
    }),
    v.transform(({ place: { file, reference } }) => ({
      imageId: reference.value,
      place: { uri: file.uri, start: reference.span.start },
    })),
  ),
]);

/** What a row of In This Workspace stands for; undefined for other arguments. */
export function usedImageOf([first]: readonly unknown[]): UsedImage | undefined {
  return read(usedImage, first);
}

/** The selected nodes if the clicked one is among them, else the clicked one: the editor passes both. */
export function targetNodes([clicked, selected]: readonly unknown[]): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
}
