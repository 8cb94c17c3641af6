import { expect, it } from 'vitest';
import { choiceText, listText, sentencesText } from '../../src/core/listText.ts';

it.each([
  ['en', 'a, b, and c', 'a, b, or c', 'One. Two.'],
  ['de', 'a, b und c', 'a, b oder c', 'One. Two.'],
  ['ja', 'a、b、c', 'a、b、またはc', 'One.Two.'],
  ['zh-cn', 'a、b和c', 'a、b或c', 'One.Two.'],
])('lists and sentences in %s', (language, all, any, sentences) => {
  expect(listText(['a', 'b', 'c'], language)).toBe(all);
  expect(choiceText(['a', 'b', 'c'], language)).toBe(any);
  expect(sentencesText(['One.', 'Two.'], language)).toBe(sentences);
});
