import { Catalog } from '../../src/catalog/catalog.ts';
import { catalogThreads } from './catalogThreads.ts';
import { openConnection } from './openConnection.ts';
import { region } from './sampleCatalog.ts';

/**
 * Downloads a catalog in threads as the editor does, to its end or until it is killed: `node downloadProcess.ts
 * FOLDER`. The environment names the endpoint. Writes one line at the first progress and one at the end.
 */
const [, , folder = '', whole] = process.argv;
const connection = await openConnection();
const catalog = new Catalog({
  folder,
  threads: catalogThreads,
  connection: async () => connection,
  quietConnection: async () => connection,
  includeDeprecated: () => false,
  maxSize: () => 1e9,
});
const reader = catalog.open(region, []);
// Threads alone do not keep the process alive.
const alive = setInterval(() => {}, 1_000);
let isTold = false;
/** When the catalog was complete before; `unread` until the store was read. */
let before: number | 'unread' | undefined = 'unread';
reader.onDidChange(() => {
  const { download, failure, completed, images } = reader.status;
  if (before === 'unread' && images !== undefined) {
    before = completed;
  }
  if (download && !download.elsewhere && !isTold) {
    isTold = true;
    console.log('downloading');
  }
  // A short download may have ended before it was seen.
  if (failure || (!download && before !== 'unread' && completed !== before)) {
    console.log(failure ? `failed ${JSON.stringify(failure)}` : 'complete');
    clearInterval(alive);
    void catalog.dispose();
  }
});
reader.download({ whole: whole === 'whole' });
