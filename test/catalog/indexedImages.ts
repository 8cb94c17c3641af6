import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import { noProgress } from '../../src/catalog/store/downloadProgress.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';

/** An index of images, which were stored in pages of so many. */
export function indexOf(region: string, images: readonly PublicImage[], now: number, pageSize = 1_000): RegionIndex {
  const folder = mkdtempSync(join(tmpdir(), 'ami-explorer-index-'));
  const { db } = openStore(join(folder, 'aws.sqlite'));
  try {
    const store = new CatalogStore(db);
    const claim = { region, owner: 'this window' };
    const shard = { key: 'all', kind: 'base', filters: [] } as const;
    store.use(region, now);
    store.claim(region, claim.owner, now, noProgress);
    store.begin(claim, 1, [shard]);
    for (let start = 0; start < images.length; start += pageSize) {
      const segment = new SegmentBuilder();
      for (const image of images.slice(start, start + pageSize)) {
        segment.add(image);
      }
      const done = start + pageSize >= images.length;
      const page = { images: segment.count, segment: segment.encode(), token: undefined, done, now };
      store.addPage(claim, 1, shard, page, noProgress);
    }
    store.complete(claim, 1, now);
    const index = new RegionIndex(region, 'aws', []);
    index.catchUp(store, Number.POSITIVE_INFINITY);
    return index;
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
