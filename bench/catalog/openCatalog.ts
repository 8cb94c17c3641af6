import { join } from 'node:path';
import { Catalog } from '../../src/catalog/catalog.ts';
import type { RegionCatalog } from '../../src/catalog/port.ts';
import { openConnection } from '../../test/catalog/openConnection.ts';
import { root } from '../../test/vscode/install.ts';

export const downloadThread = join(root, 'dist', 'catalog-download.cjs');

/**
 * The host's side of a catalog, with the threads that ship.
 *
 * @param downloadIdle how long (ms) the thread that downloads stays after a download
 */
export async function openCatalog(folder: string, downloadIdle = 1_000): Promise<Catalog> {
  const connection = await openConnection();
  return new Catalog({
    folder,
    threads: { search: join(root, 'dist', 'catalog-search.cjs'), download: downloadThread },
    connection: async () => connection,
    quietConnection: async () => connection,
    includeDeprecated: () => false,
    maxSize: () => 1e10,
    downloadIdle,
  });
}

/** Resolves when the region is downloaded whole; rejects when the download fails. */
export async function completed(reader: RegionCatalog): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    reader.onDidChange(() => {
      const { status } = reader;
      if (status.failure) {
        reject(new Error(JSON.stringify(status.failure)));
      } else if (status.completed !== undefined && !status.download) {
        resolve();
      }
    });
  });
}
