import { parentPort } from 'node:worker_threads';
import { readerLoader } from '../code/loadReaders.ts';
import { referencesOf } from '../code/references.ts';
import { loadRegionMaps } from '../code/regionMaps/loadRegionMaps.ts';
import { serve } from '../protocol/rpc.ts';
import type { ScanRequests } from './contract.ts';
import { FileScans } from './fileScans.ts';
import { packReferences } from './packedReferences.ts';
import type { ScannedFile } from './port.ts';
import { RecentScans } from './recentScans.ts';

/** More of one file are not taken for others: files that state regions are written by hand. */
const maxStatements = 5_000;

/** A thread that scans the files of a workspace, or open texts, so that the extension host goes on meanwhile. */
const port = parentPort;
if (port) {
  const load = readerLoader();
  const recent = new RecentScans(load);
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
      references: async ({ file, sisters }) => packReferences(referencesOf(await recent.of(file), sisters)),
      statements: async ({ file }) => {
        const { path, statements } = await recent.of(file);
        return { path, statements: statements.slice(0, maxStatements) };
      },
      regionMaps: ({ file }) => loadRegionMaps(file),
    },
    (message) => port.postMessage(message),
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  port.on('message', (message: unknown) => void receive(message));
}
