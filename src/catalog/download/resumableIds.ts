import { decodeSegment, linesOf, readLine } from '../segment.ts';
import { isDamage } from '../store/openStore.ts';
import type { ListedShard } from '../store/records.ts';
import type { DownloadParts } from './downloadParts.ts';

/** A token older than this (ms) is not used: EC2 does not document a lifetime, and a refused token costs a request. */
const tokenLifetime = 10 * 60_000;

/** The ids that a shard's pages have brought; undefined if its listing cannot be resumed. */
export function resumableIds(
  { store, region, now }: DownloadParts,
  generation: number,
  { key, token, asked }: ListedShard,
): Set<string> | undefined {
  if (token === undefined || asked === undefined || now() - asked > tokenLifetime) {
    return undefined;
  }
  try {
    const ids = new Set<string>();
    for (const { data, checksum } of store.shardSegments(region, generation, key)) {
      for (const line of linesOf(decodeSegment(data, checksum))) {
        ids.add(readLine(line).id);
      }
    }
    return ids;
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
    return undefined;
  }
}
