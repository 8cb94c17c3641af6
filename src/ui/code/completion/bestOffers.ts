import type { Offer } from './idItems.ts';

/** More items than anybody scrolls through take the editor, and the extension host, a moment at each key. */
export const maxOffers = 1_000;

const order: readonly Offer['why'][] = ['pinned', 'used', 'owned', 'latest'];

/**
 * By why they are offered, and each image once; one that is a parameter's, too, keeps the parameter. Of too many only
 * those that have what is asked for in their id or name.
 *
 * @param wanted what of an id or a name is asked for
 */
export function bestOffers(
  offers: readonly Offer[],
  wanted: string,
): { readonly offers: readonly Offer[]; readonly isWhole: boolean } {
  const best = new Map<string, Offer>();
  for (const why of order) {
    for (const offer of offers.filter((each) => each.why === why)) {
      const before = best.get(offer.image.id);
      best.set(offer.image.id, before ? { ...before, parameter: before.parameter ?? offer.parameter } : offer);
    }
  }
  const all = [...best.values()];
  if (all.length <= maxOffers) return { offers: all, isWhole: true };
  const word = wanted.toLowerCase();
  const matching = all.filter(({ image: { id, name } }) => `${id} ${name}`.toLowerCase().includes(word));
  return { offers: matching.slice(0, maxOffers), isWhole: false };
}
