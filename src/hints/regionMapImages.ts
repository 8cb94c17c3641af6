import type { RegionCell, RegionMap } from '../code/regionMaps/regionMap.ts';
import type { Image } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import type { ImagesById } from '../images/imagesById.ts';
import { type FoundSame, isCopy, isSameByName, type SameImagesInRegion } from '../images/sameImages.ts';

/** A cell of a region map, and what EC2 says of its id. */
export interface CellImage extends RegionCell {
  readonly region: string;
  /** Undefined where there is no id, or the region has no such image. */
  readonly image: Image | undefined;
  /** Why the region could not be asked. */
  readonly error: unknown;
}

/**
 * Asks for all ids of a map, each in the region of its row. Never rejects.
 *
 * @param isAsked whether a region is one that the account can be asked for
 */
export async function cellImages(
  { rows }: RegionMap,
  byId: Pick<ImagesById, 'get'>,
  isAsked: (region: string) => boolean,
  signal: AbortSignal,
): Promise<readonly CellImage[]> {
  const cells = rows.flatMap(({ region, cells: inRow }) => inRow.map((cell) => ({ ...cell, region })));
  const known = await inEachRegion(cells, (region, some) =>
    Promise.all(
      some.map(async (cell): Promise<CellImage> => {
        if (cell.id === undefined || !isAsked(region)) return { ...cell, image: undefined, error: undefined };
        try {
          return { ...cell, image: await byId.get({ region, id: cell.id }, signal), error: undefined };
        } catch (error) {
          return { ...cell, image: undefined, error };
        }
      }),
    ),
  );
  return known.flat();
}

/** Images of one slot that are the same; the newest leads. */
export interface Candidate {
  readonly slot: string;
  readonly image: Image;
  readonly regions: readonly string[];
}

/** The different images that each slot of a map has, those of most regions first. */
export function candidatesIn(cells: readonly CellImage[]): ReadonlyMap<string, readonly Candidate[]> {
  const bySlot = new Map<string, Image[]>();
  for (const { slot, image } of cells) {
    if (image) bySlot.set(slot, [...(bySlot.get(slot) ?? []), image]);
  }
  return new Map(Array.from(bySlot, ([slot, images]) => [slot, groupsOf(slot, images)]));
}

function groupsOf(slot: string, images: readonly Image[]): readonly Candidate[] {
  const groups: Image[][] = [];
  for (const image of sortedNewestFirst(images)) {
    const group = groups.find((others) => others.some((other) => isSame(other, image)));
    if (group) group.push(image);
    else groups.push([image]);
  }
  return groups
    .flatMap(([image, ...others]) =>
      image ? [{ slot, image, regions: [image, ...others].map(({ region }) => region) }] : [],
    )
    .sort((a, b) => b.regions.length - a.regions.length);
}

function isSame(a: Image, b: Image): boolean {
  return isCopy(a, b) || isSameByName(a, b);
}

/** An image of the slot in other regions than those of its rows; undefined where none of these has one. */
export async function candidateElsewhere(
  cells: readonly CellImage[],
  slot: string,
  regions: readonly string[],
  byId: Pick<ImagesById, 'get'>,
  signal: AbortSignal,
): Promise<Candidate | undefined> {
  const ids = new Set(cells.flatMap((cell) => (cell.slot === slot && cell.id !== undefined ? [cell.id] : [])));
  const refs = regions.flatMap((region) => Array.from(ids, (id) => ({ region, id })));
  const found = await Promise.all(refs.map((ref) => byId.get(ref, signal).catch(() => undefined)));
  const image = found.find((each) => each !== undefined);
  return image && { slot, image, regions: [] };
}

/** The regions of the map that lack a leading image, or have another one. */
export function unsettledRegions(cells: readonly CellImage[], leads: readonly Candidate[]): readonly string[] {
  const regions = [...new Set(cells.map(({ region }) => region))];
  return regions.filter((region) => leads.some((lead) => !isSettled(cellIn(cells, region, lead.slot), lead.image)));
}

function cellIn(cells: readonly CellImage[], region: string, slot: string): CellImage | undefined {
  return cells.find((cell) => cell.region === region && cell.slot === slot);
}

/** Whether a cell has the image, or cannot be changed. */
function isSettled(cell: CellImage | undefined, lead: Image): boolean {
  return (
    cell !== undefined &&
    (!cell.isOpen || cell.error !== undefined || (cell.image && isSame(cell.image, lead)) === true)
  );
}

/** What could be changed in one cell of a map. */
export interface CellChange {
  readonly region: string;
  readonly slot: string;
  /** The id that stands there now. */
  readonly from: string | undefined;
  readonly to: FoundSame;
  readonly why: CellReason;
  /** The image that stands there now. */
  readonly was: Image | undefined;
}

/** `new`: the map has no entry for the region. `empty`: it has one without an id. */
export type CellReason = 'new' | 'empty' | 'other-image' | 'not-there';

export interface MapChanges {
  readonly changes: readonly CellChange[];
  /** Where the image is not to be found, or the region could not be asked. */
  readonly missing: readonly { readonly region: string; readonly slot: string; readonly error: unknown }[];
}

/** Compares what a map has with the images that lead in its slots. */
export function mapChanges(
  cells: readonly CellImage[],
  leads: readonly Candidate[],
  answers: readonly SameImagesInRegion[],
): MapChanges {
  const changes: CellChange[] = [];
  const missing: MapChanges['missing'][number][] = [];
  const rows = new Set(cells.map(({ region }) => region));
  for (const { region, found, error } of answers) {
    for (const { slot, image: lead } of leads) {
      const cell = cellIn(cells, region, slot);
      if (isSettled(cell, lead)) continue;
      const to = found.get(lead.id);
      if (!to) missing.push({ region, slot, error });
      else if (to.image.id !== cell?.id) {
        const why = cell?.image ? 'other-image' : cell?.id ? 'not-there' : rows.has(region) ? 'empty' : 'new';
        changes.push({ region, slot, from: cell?.id, to, why, was: cell?.image });
      }
    }
  }
  return { changes, missing };
}
