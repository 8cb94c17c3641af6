import type { ImageSummary } from '../../src/core/image.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { region } from './sampleCatalog.ts';

/** A row as the image that EC2 would list. */
export function imageOfRow(row: CatalogRow): ImageSummary {
  const dateOf = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
  return {
    ...row,
    region,
    ownerAlias: row.ownerAlias || undefined,
    state: undefined,
    creationDate: dateOf(row.created),
    deprecationTime: dateOf(row.deprecated),
    public: true,
    platform: 'linux',
    platformDetails: row.platform,
    productCodes: undefined,
  };
}
