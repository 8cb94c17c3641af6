import { PageGuard } from './pageGuard.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Lists page by page, to the end of the listing.
 *
 * @param ask requests the page of a token
 * @throws AmiError `listing-broken` after the pages that have arrived, if the listing has no end; what `ask` throws
 */
export async function* listPages<T>(
  { operation, region }: { readonly operation: string; readonly region: string },
  ask: (token: string | undefined) => Promise<Page<T>>,
  idOf: (item: T) => string,
): AsyncGenerator<readonly T[], void> {
  const guard = new PageGuard({ operation, region });
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items, nextToken } = await ask(token);
    const before = seen.size;
    for (const item of items) {
      seen.add(idOf(item));
    }
    yield items;
    token = guard.next(nextToken, seen.size - before, items.length);
  } while (token !== undefined);
}
