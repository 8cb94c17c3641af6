import { day } from '../day.ts';
import type { DownloadParts } from './downloadParts.ts';
import { DaysNotListedError, Refresh } from './refresh.ts';
import { WholeDownload } from './wholeDownload.ts';

/** The age (ms) from which a catalog is downloaded anew; a younger one only has its recent days listed again. */
const wholeAfter = 7 * day;

/**
 * Downloads a region's catalog, resumes a download that ended early, or refreshes a complete catalog. Rejects with
 * AmiError, DownloadLostError, StoreGoneError or SQLite's own error; the pages that were stored before stay.
 */
export async function downloadRegion(parts: DownloadParts, options: { readonly whole: boolean }): Promise<void> {
  const { store, region, now } = parts;
  store.use(region, now());
  const { completed, staged, live = 1 } = store.region(region) ?? {};
  // A negative age means that the clock was wrong then, or is now.
  const age = completed === undefined ? Number.NaN : now() - completed;
  // A catalog without images may have lost them, and listing an empty region costs next to nothing.
  const isThere = completed !== undefined && staged === undefined && store.isListed(region, live);
  if (isThere && !options.whole && age >= 0 && age < wholeAfter) {
    try {
      return await Refresh.run(parts, completed, live);
    } catch (error) {
      if (!(error instanceof DaysNotListedError)) {
        throw error;
      }
    }
  }
  await WholeDownload.run(parts, completed !== undefined);
}
