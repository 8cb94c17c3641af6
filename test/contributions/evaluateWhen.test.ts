import { describe, expect, it } from 'vitest';
import { keyIs } from '../../src/contributions/when.ts';
import { evaluateWhen } from './evaluateWhen.ts';

const context = { view: 'a.images', viewItem: 'image owned', 'a.set': true, 'a.unset': false, 'a.state': 'open' };

it('a clause asks for the editor’s own keys and for those of the extension by their ids', () => {
  expect(keyIs('listDoubleSelection', true)).toBe('listDoubleSelection');
  expect(keyIs('listMultiSelection', false)).toBe('!listMultiSelection');
  expect(keyIs('filtered', false)).toBe('!amiExplorer.filtered');
});

describe('the clauses of the menus', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['!false', true],
    ['a.set', true],
    ['a.unset', false],
    ['!a.unset', true],
    ['view == a.images', true],
    ["view == 'a.images'", true],
    ['view == a.instances', false],
    ['view != a.instances', true],
    ["a.state == 'open' && a.set", true],
    ['viewItem =~ /^image\\b/', true],
    ['viewItem =~ /^IMAGE\\b/i', true],
    ['viewItem =~ /^[/i]m/', true],
    ['!(viewItem =~ /^image\\b.* owned\\b/)', false],
    ['viewItem =~ /^own/ || a.set', true],
    ['a.set || a.set && a.unset', true],
    ['(a.set || a.set) && a.unset', false],
    ['!(a.set && a.unset) && a.set', true],
  ])('%s', (clause, expected) => {
    expect(evaluateWhen(clause, context)).toBe(expected);
  });

  it.each([
    '',
    'a.other',
    'a.set || a.other',
    'a.set &&',
    'a.set a.unset',
    'view = a.images',
    'view == /x/',
    'viewItem =~ image',
    '(a.set',
    "view == 'a.images",
    '! == a',
    'a.set & a.unset',
  ])('refuses %s', (clause) => {
    expect(() => evaluateWhen(clause, context)).toThrow();
  });
});
