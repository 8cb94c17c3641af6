import type { DownloadProgress } from '../store/downloadProgress.ts';
import { StoreGoneError } from '../store/storeErrors.ts';
import type { DownloadParts } from './downloadParts.ts';

/** The interval (ms) of the heartbeat. Other windows take over a download after `heartbeatTimeout` without one. */
const beatInterval = 4_000;

/**
 * Runs a download and writes its heartbeat to the store meanwhile. If the heartbeat fails, because another window has
 * the download or the file is gone, this aborts the download and rejects with that error.
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
