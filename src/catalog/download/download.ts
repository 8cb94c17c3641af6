import type { DownloadParts } from './downloadParts.ts';
import { Refresh } from './refresh.ts';
import { WholeDownload } from './wholeDownload.ts';

/** The whole of a region is listed anew when it was last so long ago (ms); until then only its recent days are. */
export const wholeAfter = 7 * 86_400_000;

/**
 * Downloads a region, or goes on with a download that ended early, or brings up to date what is there. Resolves when all
 * is there. Rejects with AmiError, with DownloadLostError, or with SQLite's own error; what had arrived stays.
 */
export async function downloadRegion(parts: DownloadParts, options: { readonly whole: boolean }): Promise<void> {
  const { store, region, now } = parts;
  store.use(region, now());
  const record = store.region(region);
  const completed = record?.completed;
  if (completed !== undefined && record?.staged === undefined && !options.whole && now() - completed < wholeAfter) {
    await new Refresh(parts, completed, record?.live ?? 1).run();
  } else {
    await new WholeDownload(parts, completed !== undefined).run();
  }
}
