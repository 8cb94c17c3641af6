import { type Candidates, candidatesOf, type Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { Dictionary } from './dictionary.ts';

/** More aliases than EC2 has. Beyond, owners may share candidates. */
const maxAliases = 1_000;

/** The publishers of an index, numbered as they are found, and which of them an owner may be. */
export class PublisherNumbers {
  /** By number; 0: the publisher is not known. */
  readonly publishers: (Publisher | undefined)[] = [undefined];
  readonly #partition: Partition;
  readonly #custom: readonly Publisher[];
  readonly #dictionaries: Readonly<Record<'ownerId' | 'ownerAlias', Dictionary>>;
  readonly #numbers = new Map<Publisher, number>();
  /** By owner and alias. */
  readonly #candidates = new Map<number, Candidates>();

  /** @param custom the publishers of the user's settings */
  constructor(
    partition: Partition,
    custom: readonly Publisher[],
    dictionaries: Readonly<Record<'ownerId' | 'ownerAlias', Dictionary>>,
  ) {
    this.#partition = partition;
    this.#custom = custom;
    this.#dictionaries = dictionaries;
  }

  /** The publishers that an owner may be; both are numbers of the dictionaries. */
  candidates(owner: number, alias: number): Candidates {
    const key = owner * maxAliases + alias;
    let candidates = this.#candidates.get(key);
    if (!candidates) {
      const { ownerId, ownerAlias } = this.#dictionaries;
      const named = { ownerId: ownerId.values[owner] ?? '', ownerAlias: ownerAlias.values[alias] || undefined };
      candidates = candidatesOf(named, this.#partition, this.#custom);
      this.#candidates.set(key, candidates);
    }
    return candidates;
  }

  numberOf(publisher: Publisher): number {
    let number = this.#numbers.get(publisher);
    if (number === undefined) {
      number = this.publishers.length;
      this.publishers.push(publisher);
      this.#numbers.set(publisher, number);
    }
    return number;
  }
}
