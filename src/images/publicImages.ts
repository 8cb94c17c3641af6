import type { CatalogPort, CatalogQuestion } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import { type CatalogImageListing, catalogImages } from './catalogImages.ts';

type Pages = AsyncIterable<readonly ImageSummary[]>;

export interface PublicQuestion {
  /** Undefined: EC2 alone is asked. */
  readonly catalog: CatalogQuestion | undefined;
  /** The same question to EC2, which hides deprecated images unless they are asked for, and lists all with them then. */
  readonly ec2: (includeDeprecated: boolean) => Pages;
  /** Whether deprecated ones are asked for; looked at once the others are there. */
  readonly wantsDeprecated: () => boolean;
}

/**
 * Public images: of the region's catalog where that is there, and of EC2 where it is not, has no deprecated ones, or breaks
 * off. An image may come twice, and as EC2 has it then.
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
    // EC2 answers as well.
  }
  if (!read) {
    yield* ec2(false);
  }
  // Last: there are several times as many of them as of the others.
  if (!read?.includesDeprecated && wantsDeprecated()) {
    yield* ec2(true);
  }
}
