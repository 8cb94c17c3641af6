/** The most rows that are cached, four bytes each. The oldest listings are dropped first, and searched again. */
const maxRows = 1_000_000;

/** The rows that listings under way have found, by the listing's number. */
export class CachedListings {
  readonly #rows = new Map<number, Uint32Array>();
  #count = 0;

  get(listing: number): Uint32Array | undefined {
    return this.#rows.get(listing);
  }

  keep(listing: number, rows: Uint32Array): void {
    this.drop(listing);
    // A view would keep all of its array in memory.
    const cached = rows.byteLength < rows.buffer.byteLength ? rows.slice() : rows;
    this.#rows.set(listing, cached);
    this.#count += cached.length;
    for (const other of this.#rows.keys()) {
      if (this.#count <= maxRows || other === listing) {
        break;
      }
      this.drop(other);
    }
  }

  drop(listing: number): void {
    this.#count -= this.#rows.get(listing)?.length ?? 0;
    this.#rows.delete(listing);
  }
}
