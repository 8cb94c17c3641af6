const source = new URL('../../src/', import.meta.url);

/** The threads of a catalog, run from source. */
export const catalogThreads = {
  search: new URL('catalog/threads/searchThread.ts', source),
  download: new URL('catalogDownload.ts', source),
};
