import type { IdReference } from '../code/reference.ts';
import { partitionOf } from '../core/regions.ts';

/** So many regions that code states are asked, beside the chosen ones, for what is missing. */
const maxStated = 3;

/** The regions that may have an image which is missing in its own: the chosen ones, and the first few that code states. */
export class OtherRegions {
  readonly #chosen: readonly string[];
  readonly #stated = new Set<string>();

  /** @param chosen regions of one partition */
  constructor(chosen: readonly string[]) {
    this.#chosen = chosen;
  }

  /** Takes the regions that references are in. One that was taken stays, so that what was found there stays told. */
  note(references: readonly IdReference[]): void {
    for (const { region } of references) {
      // A map has regions in which nothing may run.
      if (region.isGuess || region.from === 'mapKey') continue;
      for (const stated of region.regions) {
        if (this.#stated.size < maxStated && this.#isAskable(stated)) this.#stated.add(stated);
      }
    }
  }

  /** All but those that a reference is in. */
  besides(regions: ReadonlySet<string>): readonly string[] {
    return [...this.#chosen, ...this.#stated].filter((region) => !regions.has(region));
  }

  #isAskable(region: string): boolean {
    return !this.#chosen.includes(region) && this.#chosen.some((chosen) => partitionOf(chosen) === partitionOf(region));
  }
}
