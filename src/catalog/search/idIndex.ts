import { Buffer } from 'node:buffer';
import { separator } from '../segment.ts';
import type { RegionIndex } from './regionIndex.ts';

/** Slots for each row: the fewer are free, the more of them a search has to compare. */
const slotsPerRow = 2;

const separatorByte = separator.charCodeAt(0);

/**
 * Finds the row of an id: a hash table over the texts of an index, with four bytes for each slot. It is made at the
 * first question, and rows that were added since are put in at the next one.
 */
export class IdIndex {
  readonly #index: RegionIndex;
  /** A row's number plus one; 0 for a free slot. */
  #slots = new Uint32Array(0);
  /** How many rows of the index were put in. */
  #count = 0;

  constructor(index: RegionIndex) {
    this.#index = index;
  }

  /** The row of an image, whatever the case of its id; undefined if the index does not have the image. */
  row(id: string): number | undefined {
    this.#putNewRows();
    const wanted = Buffer.from(id.toLowerCase() + separator);
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(wanted, 0) & mask; ; slot = (slot + 1) & mask) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0) {
        return undefined;
      }
      if (this.#index.isAlive(row) && this.#hasId(row, wanted)) {
        return row;
      }
    }
  }

  /** @param id with the separator */
  #hasId(row: number, id: Buffer): boolean {
    const { bytes } = this.#index.texts;
    const start = this.#index.texts.start(row);
    return id.compare(bytes, start, start + id.length) === 0;
  }

  #putNewRows(): void {
    const { count } = this.#index;
    if (count * slotsPerRow >= this.#slots.length) {
      // A power of two, so that a mask finds the slot. More slots than rows, so that a free one ends each search.
      this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2((count + 1) * slotsPerRow)));
      this.#count = 0;
    }
    for (; this.#count < count; this.#count += 1) {
      if (this.#index.isAlive(this.#count)) {
        this.#put(this.#count);
      }
    }
  }

  #put(row: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#index.texts.bytes, this.#index.texts.start(row)) & mask;
    while (this.#slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = row + 1;
  }
}

/** FNV-1a of the id from `start` to the separator. */
function hashOf(bytes: Uint8Array, start: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < bytes.length && bytes[at] !== separatorByte; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
