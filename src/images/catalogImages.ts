import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import { type ImageSummary, rootDeviceTypeNamed } from '../core/image.ts';
import type { CatalogRow } from '../protocol/catalog.ts';

export interface CatalogImageListing {
  readonly pages: AsyncIterable<readonly ImageSummary[]>;
  /** As in `CatalogListing`. */
  readonly includesDeprecated: boolean;
}

/**
 * Public images as EC2 listed them when the region's catalog was downloaded. Undefined where there is no catalog, or
 * none that can be read: EC2 has to be asked.
 */
export async function catalogImages(
  catalog: Pick<CatalogPort, 'list'>,
  region: string,
  question: CatalogQuestion,
): Promise<CatalogImageListing | undefined> {
  const listing = await catalog.list(region, question).catch(() => undefined);
  return listing && { ...listing, pages: summaries(region, listing.pages) };
}

/** The images of these ids in a region's catalog; none where it cannot be read. */
export async function catalogImagesById(
  catalog: Pick<CatalogPort, 'byIds'>,
  region: string,
  ids: readonly string[],
): Promise<readonly ImageSummary[]> {
  const rows = await catalog.byIds(region, ids).catch(() => []);
  return rows.map((row) => toSummary(row, region));
}

async function* summaries(
  region: string,
  pages: AsyncIterable<readonly CatalogRow[]>,
): AsyncIterable<readonly ImageSummary[]> {
  for await (const rows of pages) {
    yield rows.map((row) => toSummary(row, region));
  }
}

function toSummary(row: CatalogRow, region: string): ImageSummary {
  return {
    id: row.id,
    region,
    name: row.name,
    description: row.description || undefined,
    ownerId: row.ownerId,
    ownerAlias: row.ownerAlias || undefined,
    state: undefined,
    creationDate: dateOf(row.created),
    deprecationTime: dateOf(row.deprecated),
    public: true,
    architecture: row.architecture || undefined,
    platform: row.platform.startsWith('Windows') ? 'windows' : 'linux',
    platformDetails: row.platform || undefined,
    virtualizationType: row.virtualizationType || undefined,
    bootMode: row.bootMode || undefined,
    rootDeviceType: rootDeviceTypeNamed(row.rootDeviceType),
    productCodes: undefined,
  };
}

/** @param time milliseconds since 1970 */
function dateOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
