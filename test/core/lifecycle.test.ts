import { describe, expect, it } from 'vitest';
import { ageOf, isDeprecated, lifecycleOf, timeOf } from '../../src/core/lifecycle.ts';
import { anImage } from './anImage.ts';

const now = Date.UTC(2026, 10, 23, 6, 0);
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const fresh = { creationDate: at(-1) };

describe('lifecycleOf', () => {
  it('has nothing to say of a fresh image', () => {
    expect(lifecycleOf(anImage(fresh), now)).toEqual([]);
  });

  it.each([
    ['pending', [{ kind: 'pending' }]],
    ['failed', [{ kind: 'failed', reason: 'why' }]],
    ['disabled', [{ kind: 'disabled' }]],
    ['deregistered', [{ kind: 'unusable', state: 'deregistered', reason: 'why' }]],
    ['a-new-state', [{ kind: 'unusable', state: 'a-new-state', reason: 'why' }]],
  ])('tells the state %s', (state, expected) => {
    expect(lifecycleOf(anImage({ ...fresh, state, stateReason: 'why' }), now)).toEqual(expected);
  });

  it('tells deprecation, past and near', () => {
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: at(-1) }), now)).toEqual([
      { kind: 'deprecated', at: at(-1) },
    ]);
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: at(0) }), now)).toEqual([
      { kind: 'deprecated', at: at(0) },
    ]);
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: at(30) }), now)).toEqual([
      { kind: 'deprecating-soon', at: at(30), days: 30 },
    ]);
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: at(0.5) }), now)).toEqual([
      { kind: 'deprecating-soon', at: at(0.5), days: 0 },
    ]);
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: at(31) }), now)).toEqual([]);
    expect(lifecycleOf(anImage({ ...fresh, deprecationTime: 'soon' }), now)).toEqual([]);
  });

  it('tells a stale image, after what matters more', () => {
    const flags = lifecycleOf(anImage({ creationDate: at(-800), deprecationTime: at(-70), state: 'disabled' }), now);
    expect(flags).toEqual([
      { kind: 'disabled' },
      { kind: 'deprecated', at: at(-70) },
      { kind: 'stale', age: { unit: 'year', count: 2 } },
    ]);
    expect(lifecycleOf(anImage({ creationDate: at(-364) }), now)).toEqual([]);
    expect(lifecycleOf(anImage({ creationDate: undefined }), now)).toEqual([]);
  });
});

describe('isDeprecated', () => {
  it('goes by the time', () => {
    expect(isDeprecated(anImage({ deprecationTime: at(-1) }), now)).toBe(true);
    expect(isDeprecated(anImage({ deprecationTime: at(1) }), now)).toBe(false);
    expect(isDeprecated(anImage(), now)).toBe(false);
  });
});

describe('ageOf', () => {
  it.each([
    [0, 'minute', 0],
    [-1 / 24 / 60, 'minute', 1],
    [-1 / 24, 'hour', 1],
    [-0.999, 'hour', 23],
    [-1, 'day', 1],
    [-59, 'day', 59],
    [-60, 'month', 2],
    [-364, 'month', 12],
    [-365, 'year', 1],
    [-800, 'year', 2],
    [5, 'minute', 0],
  ])('of what was %d days from now', (days, unit, count) => {
    expect(ageOf(at(days), now)).toEqual({ unit, count });
  });

  it('is unknown without a date', () => {
    expect(ageOf(undefined, now)).toBeUndefined();
    expect(ageOf('', now)).toBeUndefined();
    expect(ageOf('yesterday', now)).toBeUndefined();
    expect(timeOf('2026-13-45')).toBeUndefined();
  });
});
