import { describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { PageGuard } from '../../src/ec2/calls/pageGuard.ts';

const of = (barrenPages?: number) =>
  new PageGuard({
    operation: 'DescribeImages',
    region: 'eu-west-1',
    ...(barrenPages ? { maxPagesWithoutNews: barrenPages } : {}),
  });

function failure(run: () => unknown): AmiError {
  try {
    run();
  } catch (error) {
    if (error instanceof AmiError) {
      return error;
    }
  }
  throw new Error('It has not failed.');
}

describe('the guard of a listing', () => {
  it('passes tokens on, and ends where there is none', () => {
    const guard = of();
    expect(guard.next('a', 5)).toBe('a');
    expect(guard.next('b', 0)).toBe('b');
    expect(guard.next(undefined, 0)).toBeUndefined();
    expect(of().next('', 3)).toBeUndefined();
    expect(of().next('\n  ', 3)).toBeUndefined();
  });

  it('ends a listing whose token comes back at once', () => {
    const guard = of();
    guard.next('a', 2);
    expect(failure(() => guard.next('a', 2))).toMatchObject({
      kind: 'listing-broken',
      operation: 'DescribeImages',
      region: 'eu-west-1',
      message: 'The pages lead back to one that was already loaded.',
    });
  });

  it('ends a listing whose tokens go in a circle, however many they are and whatever the pages bring', () => {
    const guard = of();
    for (const token of ['a', 'b', 'c']) {
      guard.next(token, 1);
    }
    expect(failure(() => guard.next('a', 1)).message).toBe('The pages lead back to one that was already loaded.');
  });

  it('ends a listing that brings nothing new for too long', () => {
    const guard = of(3);
    guard.next('a', 0);
    guard.next('b', 0);
    expect(failure(() => guard.next('c', 0)).message).toBe('3 consecutive pages brought nothing new.');
  });

  it('ends a listing that repeats its items much sooner', () => {
    const guard = of();
    for (let page = 0; page < 9; page += 1) {
      guard.next(String(page), 0, 1_000);
    }
    expect(failure(() => guard.next('9', 0, 1_000)).message).toBe('10 consecutive pages brought nothing new.');
  });

  it('begins to count again when a page has brought something', () => {
    const guard = of(3);
    for (let page = 0; page < 50; page += 1) {
      expect(guard.next(String(page), page % 3 === 0 ? 1 : 0)).toBe(String(page));
    }
  });

  it('bears a hundred pages without anything, as a filter that finds little may have them', () => {
    const guard = of();
    for (let page = 0; page < 100; page += 1) {
      guard.next(String(page), 0);
    }
    expect(guard.next(undefined, 0)).toBeUndefined();
  });

  it('ends a listing that always goes on', () => {
    const guard = of();
    const pages = () => {
      for (let page = 0; page < 100_000; page += 1) {
        guard.next(String(page), 150);
      }
    };
    expect(failure(pages).message).toBe('5000 pages have not led to an end.');
  });
});
