import type { LookupFilter, LookupReference } from '../reference.ts';

/**
 * Whether a lookup takes one image among all visible ones by what its publisher can choose: its name, description or
 * product code. `executable_users` does not say whose images they are; tags are those of the account that asks.
 */
export function isUnsafeLookup({
  filters,
  owners,
  imageIds,
  chooses,
}: Pick<LookupReference, 'filters' | 'owners' | 'imageIds' | 'chooses'>): boolean {
  const choosesOne = chooses === 'newest' || chooses === 'first';
  return choosesOne && owners.kind === 'none' && imageIds.length === 0 && !filters.some(pinsOwner);
}

/** A filter without a name has one that is computed, and may pin it. */
function pinsOwner({ name, values }: LookupFilter): boolean {
  const pins = /^$|^(?:owner-?id|owner-?alias|image-?id|tag-key|tag-value|tag|tag:.*)$/i.test(name.trim());
  const isAny = values !== undefined && values.length > 0 && values.every((value) => /^\**$/.test(value));
  return pins && !isAny;
}
