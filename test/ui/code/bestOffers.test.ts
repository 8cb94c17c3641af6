import { describe, expect, it } from 'vitest';
import { bestOffers, maxOffers } from '../../../src/ui/code/completion/bestOffers.ts';
import type { Offer } from '../../../src/ui/code/completion/idItems.ts';
import { anImage } from '../../core/anImage.ts';

const offer = (number: number, why: Offer['why'], parameter?: Offer['parameter']): Offer => ({
  image: anImage({ id: `ami-${number.toString(16).padStart(17, '0')}`, name: `web ${number}` }),
  why,
  parameter,
});

const parameter = { id: '/x', name: '/x', region: 'us-east-1', label: 'X', imageId: 'ami-1' };

const told = (offers: readonly Offer[]) => offers.map(({ image, why }) => `${image.name} ${why}`);

describe('the images that are offered', () => {
  it('are those that are pinned, in the file, owned and latest, in this order and each once', () => {
    const offers = [
      offer(1, 'latest', parameter),
      offer(2, 'owned'),
      offer(3, 'pinned'),
      offer(1, 'owned'),
      offer(4, 'used'),
    ];
    const { offers: best, isWhole } = bestOffers(offers, '');
    expect(told(best)).toEqual(['web 3 pinned', 'web 4 used', 'web 2 owned', 'web 1 owned']);
    expect(best.at(-1)?.parameter).toBe(parameter);
    expect(isWhole).toBe(true);
  });

  it('are of too many those with what is typed, however old they are', () => {
    const many = Array.from({ length: maxOffers * 3 }, (_, number) => offer(number, 'owned'));
    expect(bestOffers(many, '').offers).toEqual(many.slice(0, maxOffers));
    const { offers, isWhole } = bestOffers(many, 'WEB 2999');
    expect(told(offers)).toEqual(['web 2999 owned']);
    expect(isWhole).toBe(false);
    expect(told(bestOffers(many, many[2_998]?.image.id.slice(0, 21) ?? '').offers)).toEqual(['web 2998 owned']);
  });
});
