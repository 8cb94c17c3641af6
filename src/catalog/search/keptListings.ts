/** So many rows are kept, four bytes each: what was asked for longest ago is forgotten first, and searched for again. */
const maxRows = 1_000_000;

/** What listings that go on have found, by their numbers. */
export class KeptListings {
  readonly #rows = new Map<number, Uint32Array>();
  #count = 0;

  get(listing: number): Uint32Array | undefined {
    return this.#rows.get(listing);
  }

  keep(listing: number, rows: Uint32Array): void {
    this.drop(listing);
    // Of a longer array no more than these.
    const kept = rows.byteLength < rows.buffer.byteLength ? rows.slice() : rows;
    this.#rows.set(listing, kept);
    this.#count += kept.length;
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
