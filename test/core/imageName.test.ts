import { describe, expect, it } from 'vitest';
import {
  checkImageName,
  checkTags,
  defaultImageName,
  defaultNamePattern,
  descriptionExcess,
  duplicateNames,
  expandNamePattern,
  placeholderValues,
} from '../../src/core/imageName.ts';
import { hostileNames } from './hostile.ts';

const now = Date.UTC(2026, 10, 23, 6, 10, 59);

describe('checkImageName', () => {
  it('takes everything that EC2 allows', () => {
    expect(checkImageName("aZ09()[] ./-'@_")).toEqual([]);
    expect(checkImageName('abc')).toEqual([]);
    expect(checkImageName('a'.repeat(128))).toEqual([]);
  });

  it('says what EC2 would refuse', () => {
    expect(checkImageName('')).toEqual([{ kind: 'too-short', length: 0, min: 3 }]);
    expect(checkImageName('a'.repeat(129))).toEqual([{ kind: 'too-long', length: 129, max: 128 }]);
    expect(checkImageName('web#1:ü#\u{1f600}')).toEqual([
      { kind: 'characters', characters: ['#', ':', 'ü', '\u{1f600}'] },
    ]);
    expect(checkImageName('\u{1f600}\u{1f600}')).toContainEqual({ kind: 'too-short', length: 2, min: 3 });
    expect(checkImageName('\u{1f600}'.repeat(128)).map(({ kind }) => kind)).toEqual(['characters']);
    expect(checkImageName('a\n')).toEqual([
      { kind: 'too-short', length: 2, min: 3 },
      { kind: 'characters', characters: ['\n'] },
    ]);
  });
});

describe('descriptionExcess', () => {
  it('counts the characters past 255', () => {
    expect(descriptionExcess('')).toBe(0);
    expect(descriptionExcess('x'.repeat(255))).toBe(0);
    expect(descriptionExcess('x'.repeat(260))).toBe(5);
    expect(descriptionExcess('\u{1f600}'.repeat(255))).toBe(0);
    expect(descriptionExcess('\u{1f600}'.repeat(256))).toBe(1);
  });
});

describe('checkTags', () => {
  it('takes tags at their limits', () => {
    const tags = Array.from({ length: 50 }, (_, index) => ({
      key: `k${index}`.padEnd(128, 'x'),
      value: 'v'.repeat(256),
    }));
    expect(checkTags(tags)).toEqual([]);
    expect(checkTags([{ key: '\u{1f600}'.repeat(128), value: '\u{20bb7}'.repeat(256) }])).toEqual([]);
    expect(
      checkTags([{ key: '\u{1f600}'.repeat(129), value: '\u{20bb7}'.repeat(257) }]).map(({ kind }) => kind),
    ).toEqual(['key-too-long', 'value-too-long']);
    expect(
      checkTags([
        { key: 'Name', value: '' },
        { key: 'name', value: '' },
      ]),
    ).toEqual([]);
  });

  it('says what EC2 would refuse', () => {
    expect(
      checkTags([
        { key: '', value: 'x' },
        { key: 'k'.repeat(129), value: 'x' },
        { key: 'AWS:x', value: 'x' },
        { key: 'a', value: 'v'.repeat(257) },
        { key: 'a', value: '' },
      ]),
    ).toEqual([
      { kind: 'key-empty' },
      { kind: 'key-too-long', key: 'k'.repeat(129), max: 128 },
      { kind: 'key-reserved', key: 'AWS:x' },
      { kind: 'value-too-long', key: 'a', max: 256 },
      { kind: 'key-twice', key: 'a' },
    ]);
    const many = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));
    expect(checkTags(many)).toEqual([{ kind: 'too-many', count: 51, max: 50 }]);
  });
});

describe('expandNamePattern', () => {
  const values = { name: 'web#1', id: 'i-0123abcd', date: '20261123-0610' };

  it('puts values in the place of placeholders, with allowed characters only', () => {
    expect(expandNamePattern('{name}/{id}/{date}/{name}', values)).toEqual({
      text: 'web-1/i-0123abcd/20261123-0610/web-1',
      unknown: [],
    });
  });

  it('reports what is not a placeholder, once each, and leaves it', () => {
    expect(expandNamePattern('{region}-{region}-{}-{Name}-{constructor}', values)).toEqual({
      text: '{region}-{region}-{}-{Name}-{constructor}',
      unknown: ['region', '', 'Name', 'constructor'],
    });
  });

  it('does not expand what a value contains', () => {
    expect(expandNamePattern('{name}', { ...values, name: '{id}' }).text).toBe('-id-');
    expect(expandNamePattern('{name}', { ...values, name: '$& $1 $`' }).text).toBe('-- -1 --');
  });
});

describe('defaultImageName', () => {
  it('is the name of the instance with the minute in UTC', () => {
    expect(defaultImageName({ id: 'i-0123abcd', name: 'web-1' }, now)).toBe('web-1-20261123-0610');
  });

  it('is the id where the instance has no name', () => {
    expect(defaultImageName({ id: 'i-0123abcd', name: ' ' }, now)).toBe('i-0123abcd-20261123-0610');
  });

  it('keeps its ending when the name is long', () => {
    const name = defaultImageName({ id: 'i-0123abcd', name: `${'x'.repeat(113)} ${'y'.repeat(100)}` }, now);
    expect(name).toBe(`${'x'.repeat(113)}-20261123-0610`);
  });

  it.each(hostileNames)('is allowed by EC2 whatever the instance is called: %j', (name) => {
    expect(checkImageName(defaultImageName({ id: 'i-0123abcd', name }, now))).toEqual([]);
  });

  it('is what the default pattern gives', () => {
    const instance = { id: 'i-0123abcd', name: 'web 1' };
    expect(expandNamePattern(defaultNamePattern, placeholderValues(instance, now))).toEqual({
      text: defaultImageName(instance, now),
      unknown: [],
    });
  });
});

describe('duplicateNames', () => {
  it('lists names that occur more than once, each once', () => {
    expect(duplicateNames(['a', 'b', 'a', 'a', 'B', 'b'])).toEqual(['a', 'b']);
    expect(duplicateNames([])).toEqual([]);
  });
});
