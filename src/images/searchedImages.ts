import type { CatalogPort } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import type { ImageSearch } from '../core/imageSearch.ts';
import type { Publisher } from '../core/publishers.ts';
import type { ImageQuery } from '../ec2/port.ts';
import { publicImages } from './publicImages.ts';
import { publicQueries } from './publicSearch.ts';
import { sideBySide } from './sideBySide.ts';

type Pages = AsyncIterable<readonly ImageSummary[]>;

export interface SearchedImagesParts {
  readonly catalog: Pick<CatalogPort, 'list'>;
  /** Asks EC2; undefined where it is not to be asked. */
  readonly ask: ((query: ImageQuery) => Pages) | undefined;
}

export interface SearchOptions {
  /** Whether EC2 is asked even where there is a catalog. */
  readonly fresh: boolean;
  /** As in `PublicQuestion`. */
  readonly wantsDeprecated: () => boolean;
}

/** Thrown where the region has no catalog, and the search has nothing that EC2 can be asked for. */
export class UnaskedSearch extends Error {
  override readonly name = 'UnaskedSearch';
}

/**
 * The public images of a region that a search finds. An image may come several times.
 *
 * @throws UnaskedSearch
 */
export function searchedImages(
  { catalog, ask }: SearchedImagesParts,
  region: string,
  { search, publishers }: { readonly search: ImageSearch; readonly publishers: readonly Publisher[] },
  { fresh, wantsDeprecated }: SearchOptions,
): Pages {
  const queries = publicQueries(search, region, publishers);
  return publicImages(catalog, region, {
    catalog: fresh && queries.length > 0 ? undefined : { kind: 'text', text: search.text, publishers },
    ec2: (deprecated) => {
      if (ask && queries.length === 0 && !deprecated) {
        throw new UnaskedSearch();
      }
      const asked = ask ? queries.map((query) => ask(deprecated ? { ...query, includeDeprecated: true } : query)) : [];
      return sideBySide(asked.map((pages) => matching(search, publishers, pages)));
    },
    wantsDeprecated,
  });
}

/** EC2's filters are coarser than the search. Images that do not match must not count as found. */
async function* matching(search: ImageSearch, publishers: readonly Publisher[], pages: Pages): Pages {
  for await (const page of pages) {
    yield page.filter((image) => search.matches(image, publishers));
  }
}
