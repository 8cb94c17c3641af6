import { expect, it } from 'vitest';
import { firstSentence, withoutPlace } from '../../../src/ui/shared/shortReason.ts';

it.each([
  ['en', 'DescribeImages in x: access denied.', 'Access denied.'],
  ['zh-cn', 'DescribeImages in x：访问被拒绝。', '访问被拒绝。'],
  ['tr', 'DescribeImages in x: istek reddedildi.', 'İstek reddedildi.'],
  ['en', 'No AWS credentials were found.', 'No AWS credentials were found.'],
  ['en', 'DescribeImages in x is denied.', 'DescribeImages in x is denied.'],
])('the place is left out (%s: %s)', (language, message, expected) => {
  expect(withoutPlace(message, 'DescribeImages in x', language)).toBe(expected);
});

it('nothing is left out where there is no place', () => {
  expect(withoutPlace('The profile “a” cannot be used.', '', 'en')).toBe('The profile “a” cannot be used.');
});

it.each([
  ['Access denied. You are not authorized.', 'Access denied.'],
  ['The endpoint 127.0.0.1:5000 could not be reached.', 'The endpoint 127.0.0.1:5000 could not be reached.'],
  ['アクセスが拒否されました。管理者に確認してください。', 'アクセスが拒否されました。'],
  ['no stop', 'no stop'],
])('the first sentence of %s', (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence);
});
