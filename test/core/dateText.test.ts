import { describe, expect, it } from 'vitest';
import { ageText, countText, dateText, dayText, relativeText, timeText } from '../../src/core/dateText.ts';

const now = Date.UTC(2026, 10, 27, 12, 0);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (offset: number) => new Date(now + offset).toISOString();

describe('relativeText', () => {
  it.each([
    [0, 'now'],
    [-59_999, 'now'],
    [59_999, 'now'],
    [-minute, '1 minute ago'],
    [-59 * minute, '59 minutes ago'],
    [-hour, '1 hour ago'],
    [-day, '1 day ago'],
    [-59 * day, '59 days ago'],
    [-60 * day, '2 months ago'],
    [-365 * day, '1 year ago'],
    [minute, 'in 1 minute'],
    [5 * hour, 'in 5 hours'],
    [3 * day, 'in 3 days'],
    [800 * day, 'in 2 years'],
  ])('tells %d ms from now as %s', (offset, expected) => {
    expect(relativeText(at(offset), now, 'en')).toBe(expected);
  });

  it.each([
    ['de', 'jetzt', 'vor 3 Tagen'],
    ['es', 'ahora', 'hace 3 días'],
    ['ja', '今', '3 日前'],
    ['zh-cn', '现在', '3天前'],
  ])('speaks %s', (language, moment, days) => {
    expect(relativeText(at(0), now, language)).toBe(moment);
    expect(relativeText(at(-3 * day), now, language)).toBe(days);
  });

  it('says nothing without a date', () => {
    expect(relativeText(undefined, now, 'en')).toBe('');
    expect(relativeText('soon', now, 'en')).toBe('');
  });
});

describe('ageText', () => {
  it('never counts zero', () => {
    expect(ageText({ unit: 'minute', count: 0 }, 'en')).toBe('now');
    expect(ageText({ unit: 'minute', count: 1 }, 'en')).toBe('1 minute');
    expect(ageText({ unit: 'year', count: 2 }, 'en')).toBe('2 years');
    expect(countText(3, 'hour', 'de')).toBe('3 Stunden');
  });

  // A format is made once for each language, so that each order takes a language that nothing else is written in.
  it('is written in its own format beside days, whichever is written first', () => {
    expect(ageText({ unit: 'day', count: 3 }, 'en-GB')).toBe('3 days');
    expect(dayText(now, 'en-GB')).toBe('27 Nov 2026');
    expect(dayText(now, 'de-CH')).toBe('27.11.2026');
    expect(ageText({ unit: 'day', count: 3 }, 'de-CH')).toBe('3 Tage');
  });
});

describe('dates', () => {
  it('are the same from a text and from a time', () => {
    const date = at(0);
    for (const write of [dateText, dayText, timeText]) {
      expect(write(date, 'en')).toBe(write(now, 'en'));
    }
    expect(dayText(date, 'en')).toBe('Nov 27, 2026');
    expect(dateText(date, 'en')).toMatch(/^Nov 2[678], 2026, \d{1,2}:\d\d\s[AP]M \S+$/);
  });

  it('stay as they are where they are none', () => {
    expect(dateText('soon', 'en')).toBe('soon');
    expect(dateText('', 'en')).toBe('');
  });
});
