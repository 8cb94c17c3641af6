import type { ImageLookup, LookupFilter } from './input.ts';

/** What a tool can do to find exactly the images of a lookup. */
export interface LookupAbilities {
  /** Takes a regular expression for names. */
  readonly expressions: boolean;
  /** Can ask for deprecated images. */
  readonly deprecated: boolean;
}

/** Remarks on a lookup for comments in its code, one a line; empty where there is nothing to note. */
export function remarksOn(lookup: ImageLookup, abilities: LookupAbilities): readonly string[] {
  const { image, state, narrowing, unchecked, deprecated } = lookup;
  const remarks: string[] = [];
  if (state !== undefined) {
    remarks.push(
      state === 'pending'
        ? `${image.id} is still pending: it is found once it is available.`
        : `${image.id} is ${state}: only available images of its family are found.`,
    );
  }
  if (deprecated) remarks.push(`${image.id} is deprecated.`);
  if (narrowing !== undefined && expressionOf(lookup, abilities) === undefined && narrowing.values === undefined) {
    remarks.push(`This also finds other images of the owner, ${narrowing.example} for one.`);
  }
  if (narrowing === undefined && unchecked) {
    remarks.push('Not checked: EC2 has not said whether this finds other images of the owner, too.');
  }
  return remarks;
}

/** Why a tool gets the image's id instead of a lookup; undefined where it gets a lookup. */
export function reasonForId(lookup: ImageLookup, abilities: LookupAbilities): string | undefined {
  const { image, owner, deprecated } = lookup;
  if (owner === undefined) return `A lookup needs an owner, and EC2 does not name that of ${image.id}.`;
  return deprecated && !abilities.deprecated
    ? `${image.id} is deprecated, and a lookup here finds no deprecated images of other accounts.`
    : undefined;
}

/** The regular expression for a tool that takes one. */
export function expressionOf({ narrowing }: ImageLookup, abilities: LookupAbilities): string | undefined {
  return abilities.expressions ? narrowing?.expression : undefined;
}

/** The filters for a tool: several values of `name` where it cannot take the regular expression. */
export function filtersFor(lookup: ImageLookup, abilities: LookupAbilities): readonly LookupFilter[] {
  const values = expressionOf(lookup, abilities) === undefined ? lookup.narrowing?.values : undefined;
  return values === undefined
    ? lookup.filters
    : lookup.filters.map((filter) => (filter.name === 'name' ? { name: 'name', values } : filter));
}
