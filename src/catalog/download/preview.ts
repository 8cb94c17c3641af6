import type { SegmentBuilder } from '../segmentBuilder.ts';
import type { Shard } from '../store/shard.ts';
import type { PacedRequests } from './pacedRequests.ts';
import { isAnswerUnreadable, isRequestRefused } from './requestErrors.ts';
import { newerShard } from './shards.ts';

/** The preview ends with the first shard that has this many images on its page. */
const enoughImages = 50;

/**
 * Stores a page of the newest images, and one of a narrower shard if there are more pages. When a request is refused
 * or its answer unreadable, there is no preview. Rejects with AmiError.
 *
 * @param add adds a narrower shard to the store
 */
export async function listPreview(
  shards: readonly Shard[],
  requests: PacedRequests,
  {
    store,
    add,
  }: { readonly store: (shard: Shard, images: SegmentBuilder) => void; readonly add: (shard: Shard) => void },
): Promise<void> {
  const { signal, now } = requests.parts;
  const ids = new Set<string>();
  const pending = [...shards];
  for (let shard = pending.shift(); shard; shard = pending.shift()) {
    try {
      const { images, nextToken } = await requests.page(shard, undefined);
      if (images.count >= enoughImages) {
        pending.length = 0;
      }
      const newer = nextToken === undefined ? undefined : newerShard(shard, images.newest, now());
      images.dropSeen(ids);
      store(shard, images);
      if (newer) {
        add(newer);
        pending.push(newer);
      }
    } catch (error) {
      if (signal.aborted || !(isRequestRefused(error) || isAnswerUnreadable(error))) {
        throw error;
      }
      return;
    }
  }
}
