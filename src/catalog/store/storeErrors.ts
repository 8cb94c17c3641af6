/** Another window downloads the region now, or the catalog was cleared. */
export class DownloadLostError extends Error {
  constructor(region: string) {
    super(`The download of ${region} belongs to another window, or the catalog was cleared.`);
  }
}

/** The file was removed or replaced: what is written to it would be lost. */
export class StoreGoneError extends Error {
  constructor() {
    super('The file of the catalog was removed while it was filled.');
  }
}
