import { describe, expect, it } from 'vitest';
import { fieldText, parseQuery, queryAt } from '../../src/core/catalogQuery.ts';

describe('parseQuery', () => {
  it('reads words, excluded words and fields in any order', () => {
    expect(parseQuery('Ubuntu -daily arch:ARM64 owner:"Amazon Linux"').terms).toEqual([
      { kind: 'word', text: 'ubuntu', excluded: false },
      { kind: 'word', text: 'daily', excluded: true },
      { kind: 'field', field: 'architecture', text: 'arm64', excluded: false },
      { kind: 'field', field: 'owner', text: 'amazon linux', excluded: false },
    ]);
  });

  it('reads years, months and days as their first moment', () => {
    expect(parseQuery('after:2026 before:2026-11-02 -before:2026-2').terms).toEqual([
      { kind: 'after', time: Date.UTC(2026, 0, 1), excluded: false },
      { kind: 'before', time: Date.UTC(2026, 10, 2), excluded: false },
      { kind: 'before', time: Date.UTC(2026, 1, 1), excluded: true },
    ]);
  });

  it.each(['before:yesterday', 'after:2026-13', 'before:2026-02-30', 'before:20261102'])(
    'says that %s is no date',
    (text) => {
      expect(parseQuery(text)).toEqual({
        terms: [],
        problems: [{ kind: 'not-a-date', start: 0, end: text.length, text }],
      });
    },
  );

  it('mentions a field that does not exist and searches for it as it stands', () => {
    expect(parseQuery('x size:8')).toEqual({
      terms: [
        { kind: 'word', text: 'x', excluded: false },
        { kind: 'word', text: 'size:8', excluded: false },
      ],
      problems: [{ kind: 'unknown-field', start: 2, end: 8, text: 'size:8' }],
    });
  });

  it('asks for the value of a field, and takes nothing from blanks, dashes and quotes', () => {
    expect(parseQuery('arch:').problems).toEqual([{ kind: 'value-missing', start: 0, end: 5, text: 'arch:' }]);
    expect(parseQuery('  - "" \t').terms).toEqual([]);
    expect(parseQuery('"unclosed quote').terms).toEqual([{ kind: 'word', text: 'unclosed quote', excluded: false }]);
  });
});

describe('queryAt', () => {
  it('tells the field and what was typed of its value at the cursor', () => {
    expect(queryAt('ubuntu owner:Can arm', 16)).toEqual({
      start: 7,
      end: 16,
      excluded: false,
      field: 'owner',
      typed: 'can',
    });
    expect(queryAt('-ar', 3)).toEqual({ start: 0, end: 3, excluded: true, field: undefined, typed: 'ar' });
    expect(queryAt('', 0)).toMatchObject({ start: 0, end: 0, field: undefined, typed: '' });
  });

  it('reads back what fieldText writes', () => {
    const text = fieldText('owner', 'canonical (ubuntu)', true);
    expect(parseQuery(text).terms).toEqual([
      { kind: 'field', field: 'owner', text: 'canonical (ubuntu)', excluded: true },
    ]);
  });
});
