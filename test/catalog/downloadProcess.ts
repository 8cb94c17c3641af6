import { Catalog } from '../../src/catalog/catalog.ts';
import { catalogThreads } from './catalogThreads.ts';
import { openConnection } from './openConnection.ts';
import { region } from './sampleCatalog.ts';

/**
 * Downloads a catalog as an editor does, in threads, until it is killed or all is there; `node downloadProcess.ts FOLDER`.
 * The endpoint is that of the environment. Writes a line at the first progress, and one at the end.
 */
const [, , folder = '', whole] = process.argv;
const connection = await openConnection();
const catalog = new Catalog({
  folder,
  threads: catalogThreads,
  connection: async () => connection,
  includeDeprecated: () => false,
  maxSize: () => 1e9,
});
const reader = catalog.open(region, []);
// Threads alone do not keep a process.
const alive = setInterval(() => {}, 1_000);
let downloading = false;
reader.onDidChange(() => {
  const { download, failure, completed } = reader.status;
  if (download && !download.elsewhere && !downloading) {
    downloading = true;
    console.log('downloading');
  }
  if (failure || (downloading && !download && completed !== undefined)) {
    console.log(failure ? `failed ${JSON.stringify(failure)}` : 'complete');
    clearInterval(alive);
    void catalog.dispose();
  }
});
reader.download({ whole: whole === 'whole' });
