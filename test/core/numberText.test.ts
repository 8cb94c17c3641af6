import { expect, it } from 'vitest';
import { numberText, percentText, sizeText, throughputText } from '../../src/core/numberText.ts';

it.each([
  [1, 'en', '1 GiB'],
  [8, 'en', '8 GiB'],
  [1023, 'en', '1,023 GiB'],
  [1024, 'en', '1,024 GiB'],
  [2000, 'en', '2,000 GiB'],
  [65_536, 'en', '65,536 GiB'],
  [2000, 'de', '2.000 GiB'],
  [65_536, 'es', '65.536 GiB'],
  [2000, 'ja', '2,000 GiB'],
  [2000, 'zh-cn', '2,000 GiB'],
  // The editor's language for tests of translations.
  [2000, 'qps-ploc', '2,000 GiB'],
])('writes a size of %d GiB in %s as %s', (gib, language, expected) => {
  expect(sizeText(gib, language)).toBe(expected);
});

it('writes numbers, throughput and shares by the language', () => {
  expect(numberText(1_234_567, 'en')).toBe('1,234,567');
  expect(numberText(1_234_567, 'de')).toBe('1.234.567');
  expect(throughputText(1000, 'en')).toBe('1,000 MiB/s');
  expect(percentText(0.256, 'en')).toBe('26%');
  expect(percentText(0.5, 'de')).toBe('50\u00a0%');
});
