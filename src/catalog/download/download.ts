import type { DownloadParts } from './downloadParts.ts';
import { DaysNotListedError, Refresh } from './refresh.ts';
import { WholeDownload } from './wholeDownload.ts';

/** The whole of a region is listed anew when it was last so long ago (ms); until then only its recent days are. */
const wholeAfter = 7 * 86_400_000;

/**
 * Downloads a region, or goes on with a download that ended early, or brings up to date what is there. Resolves when all
 * is there. Rejects with AmiError, with DownloadLostError, or with SQLite's own error; what had arrived stays.
 */
export async function downloadRegion(parts: DownloadParts, options: { readonly whole: boolean }): Promise<void> {
  const { store, region, now } = parts;
  store.use(region, now());
  const { completed, staged, live = 1 } = store.region(region) ?? {};
  // A time to come says that the clock was wrong then, or is now.
  const age = completed === undefined ? Number.NaN : now() - completed;
  // A catalog that has lost its images is none, and listing a region that has none costs next to nothing.
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
