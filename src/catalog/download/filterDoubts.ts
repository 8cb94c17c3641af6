import type { Shard } from '../store/shard.ts';
import type { CatalogPage } from './downloadParts.ts';
import type { PacedRequests } from './pacedRequests.ts';
import { isAnswerUnreadable, isRequestRefused } from './requestErrors.ts';

/** Why the region may have to be listed without filters. */
export type Doubt = 'filters refused' | 'filters ignored' | 'no answer' | 'nothing found';

/** How many images of a page show whether the endpoint applies the filters. */
const filterSample = 32;

/** Whether most images of a page do not match its filters. */
export function ignoresFilters(ids: readonly string[], matches: (id: string) => boolean): boolean {
  const sample = ids.slice(0, filterSample);
  return sample.filter((id) => !matches(id)).length > sample.length / 2;
}

/**
 * Why the filters may be the cause of an error; undefined if they are not. After filters have found images, only an
 * error about the request itself counts.
 */
export function doubtOf(error: unknown, hasFoundImages: boolean): Doubt | undefined {
  if (isRequestRefused(error)) {
    return 'filters refused';
  }
  return isAnswerUnreadable(error) && !hasFoundImages ? 'no answer' : undefined;
}

/**
 * The first page of the whole region; undefined if the filters turn out to work. Rejects with AmiError.
 *
 * @param doubted the shard that was not answered
 */
export async function pageWithoutFilters(
  requests: PacedRequests,
  whole: Shard,
  doubt: Doubt,
  doubted: Shard | undefined,
): Promise<CatalogPage | undefined> {
  const first = await requests.page(whole, undefined);
  const isEmpty = first.images.count === 0 && first.nextToken === undefined;
  const filtersWork =
    (doubt === 'nothing found' && isEmpty) ||
    (doubt === 'no answer' && doubted !== undefined && (await isAnswered(requests, doubted)));
  return filtersWork ? undefined : first;
}

async function isAnswered(requests: PacedRequests, shard: Shard): Promise<boolean> {
  try {
    await requests.page(shard, undefined);
    return true;
  } catch (error) {
    if (requests.parts.signal.aborted || !isAnswerUnreadable(error)) {
      throw error;
    }
    return false;
  }
}
