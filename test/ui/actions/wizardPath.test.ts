import { describe, expect, it } from 'vitest';
import type { ActionTypes, Draft } from '../../../src/actions/action.ts';
import type { WizardStep } from '../../../src/ui/actions/actionForm.ts';
import { firstPlace, placeAfter, placeIn, reviewOf } from '../../../src/ui/actions/wizardPath.ts';

interface Types extends ActionTypes {
  readonly choices: { readonly invalid?: string; readonly choiceless?: readonly string[] };
  readonly step: 'a' | 'b' | 'c' | 'd';
}

const step = (id: Types['step']): WizardStep<Types> => ({
  id,
  title: id,
  hasChoice: ({ choiceless = [] }) => !choiceless.includes(id),
  isValid: ({ invalid }) => invalid !== id,
  ask: () => Promise.reject(new Error('Nobody is asked.')),
});
const steps = (['a', 'b', 'c', 'd'] as const).map(step);
const draft = (parts: Types['choices'] = {}): Draft<Types> => ({ targets: [], ...parts });

const at = (id: Types['step'] | 'review', returning = false) => ({ step: id, returning });

describe('the way through a wizard', () => {
  it('goes step by step to the review and back', () => {
    const path = ['a', 'b', 'c', 'd', 'review'] as const;
    for (const [index, id] of path.slice(0, -1).entries()) {
      expect(placeAfter(steps, draft(), at(id), 'next')).toEqual(at(path[index + 1] ?? 'review'));
      expect(placeAfter(steps, draft(), at(path[index + 1] ?? 'review'), 'back')).toEqual(at(id));
    }
    expect(placeAfter(steps, draft(), at('a'), 'back')).toEqual(at('a'));
  });

  it('leaves steps without a choice out, in both directions, and at its ends', () => {
    const some = draft({ choiceless: ['a', 'c', 'd'] });
    expect(firstPlace(steps, some)).toEqual(at('b'));
    expect(placeAfter(steps, some, at('b'), 'next')).toEqual(at('review'));
    expect(placeAfter(steps, some, at('review'), 'back')).toEqual(at('b'));
    expect(placeIn(steps, some, at('c'))).toEqual(at('review'));
    expect(firstPlace(steps, draft({ choiceless: ['a', 'b', 'c', 'd'] }))).toEqual(at('review'));
  });

  it('goes on from a step that its own answer has taken away', () => {
    const without = draft({ choiceless: ['b'] });
    expect(placeAfter(steps, without, at('b'), 'next')).toEqual(at('c'));
    expect(placeAfter(steps, without, at('b'), 'back')).toEqual(at('a'));
  });

  it.each(['a', 'b', 'c', 'd'] as const)('leads from step %s to the review at once', (id) => {
    expect(placeAfter(steps, draft(), at(id), 'review')).toEqual(at('review'));
  });

  it('leads from a step that was returned to back to the review, and the step before it as well', () => {
    expect(placeAfter(steps, draft(), at('b', true), 'next')).toEqual(at('review'));
    expect(placeAfter(steps, draft(), at('b', true), 'back')).toEqual(at('a', true));
  });

  it('leads past no answer that cannot be sent, whichever way the review is reached', () => {
    const invalid = draft({ invalid: 'b' });
    const toFix = at('b', true);
    expect(placeAfter(steps, invalid, at('a'), 'review')).toEqual(toFix);
    expect(placeAfter(steps, invalid, at('c', true), 'next')).toEqual(toFix);
    expect(placeAfter(steps, invalid, at('d'), 'next')).toEqual(toFix);
    expect(reviewOf(steps, invalid)).toEqual(toFix);
    expect(placeIn(steps, invalid, at('review'))).toEqual(toFix);
    expect(reviewOf(steps, draft({ invalid: 'b', choiceless: ['b'] }))).toEqual(at('review'));
  });
});
