import type { DownloadProgress } from '../store/downloadProgress.ts';
import { StoreGoneError } from '../store/store.ts';
import type { DownloadParts } from './downloadParts.ts';

/** How long (ms) a download that is under way may be silent: the others take its window for dead after a while. */
const beatInterval = 4_000;

/**
 * Runs a download, and gives the other windows a sign of life meanwhile. Its signal aborts when the download's own does, when
 * it has ended, or when it was lost to another window, which is what it rejects with then.
 */
export async function withHeartbeat(
  parts: DownloadParts,
  progress: () => DownloadProgress,
  run: (stop: AbortController, parts: DownloadParts) => Promise<void>,
): Promise<void> {
  const { store, isStoreInPlace, region, owner, now } = parts;
  const stop = new AbortController();
  const beating = setInterval(() => {
    try {
      if (!isStoreInPlace()) {
        throw new StoreGoneError();
      }
      store.beat({ region, owner }, now(), progress());
    } catch (error) {
      stop.abort(error);
    }
  }, beatInterval);
  try {
    await run(stop, { ...parts, signal: AbortSignal.any([parts.signal, stop.signal]) });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearInterval(beating);
    stop.abort();
  }
}
