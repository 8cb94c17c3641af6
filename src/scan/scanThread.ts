import { parentPort } from 'node:worker_threads';
import { readerLoader } from '../code/loadReaders.ts';
import { loadRegionMaps } from '../code/regionMaps/loadRegionMaps.ts';
import { scanText } from '../code/scanText.ts';
import { serve } from '../protocol/rpc.ts';
import type { ScanRequests } from './contract.ts';
import { FileScans } from './fileScans.ts';
import { firstReferences } from './firstReferences.ts';
import type { ScannedFile } from './port.ts';

/** A thread that scans the files of a workspace, or open texts, so that the extension host goes on meanwhile. */
const port = parentPort;
if (port) {
  const load = readerLoader();
  let scans = { run: 0, files: new FileScans(load) };
  const receive = serve<ScanRequests>(
    {
      start: () => {},
      scan: async ({ run, files }) => {
        if (scans.run !== run) {
          scans = { run, files: new FileScans(load) };
        }
        const found: ScannedFile[] = [];
        for (const file of files) {
          const scanned = await scans.files.scan(file);
          if (scanned) {
            found.push(scanned);
          }
        }
        return found;
      },
      scanText: async ({ file }) => firstReferences(await scanText(file, load)),
      regionMaps: ({ file }) => loadRegionMaps(file),
    },
    (message) => port.postMessage(message),
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  port.on('message', (message: unknown) => void receive(message));
}
