import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import { type CatalogImageListing, catalogImages } from './catalogImages.ts';

type Pages = AsyncIterable<readonly ImageSummary[]>;

export interface PublicQuestion {
  /** Undefined where only EC2 is asked. */
  readonly catalog: CatalogQuestion | undefined;
  /** Asks EC2 the same question: for all images, or for those that are not deprecated. */
  readonly ec2: (includeDeprecated: boolean) => Pages;
  /** Whether deprecated images are asked for, too; called once the others have arrived. */
  readonly wantsDeprecated: () => boolean;
}

/**
 * Public images from the region's catalog. EC2 is asked where there is none, where it breaks off, and for deprecated
 * images that it lacks. An image may come twice; the second time it comes from EC2.
 */
export async function* publicImages(
  catalog: Pick<CatalogPort, 'list'>,
  region: string,
  { catalog: question, ec2, wantsDeprecated }: PublicQuestion,
): Pages {
  const listing = question && (await catalogImages(catalog, region, question));
  let read: CatalogImageListing | undefined;
  try {
    yield* listing?.pages ?? [];
    read = listing;
  } catch {
    // EC2 is asked instead.
  }
  if (!read) {
    yield* ec2(false);
  }
  // Last, since there are several times as many deprecated images as others.
  if (!read?.includesDeprecated && wantsDeprecated()) {
    yield* ec2(true);
  }
}
