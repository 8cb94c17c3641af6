import { expect, it } from 'vitest';
import { fittedHint } from '../../../src/ui/code/inlayHints/fittedHint.ts';

it.each([
  ['all of it', ['Ubuntu 24.04 arm64', 'arm64', '3 months', undefined], 'Ubuntu 24.04 arm64 · 3 months'],
  [
    'an architecture beside it',
    ['web-server-golden', 'x86_64', '55 days', undefined],
    'web-server-golden x86_64 · 55 days',
  ],
  [
    'a state before an age',
    ['edge-cache-arm64', 'arm64', '2 months', 'deprecated in 17 days'],
    'edge-cache-arm64 · deprecated in 17 days',
  ],
  [
    'an architecture that was cut',
    ['Amazon Linux 2023 kernel 6.1 x86_64', 'x86_64', '1 year', 'deprecated'],
    'Amazon Linux 2023 kern… x86_64 · deprecated',
  ],
  [
    'a long family',
    ['Windows Server 2022 English Full Base', 'x86_64', '4 months', undefined],
    'Windows Server 2022 Engl… x86_64 · 4 months',
  ],
  [
    'characters beyond the first plane',
    ['😀'.repeat(60), 'arm64', '4 months', undefined],
    `${'😀'.repeat(25)}… arm64 · 4 months`,
  ],
  [
    'a state that leaves no room',
    ['a-family-of-a-name', 'arm64', '1 day', 'no longer in ap-northeast-1 of this account'],
    'a-family-of… arm64 · no longer in ap-northeast-1 of this account',
  ],
  [
    'a long family without an architecture',
    ['Windows Server 2022 English Full Base of ours', undefined, '4 months', undefined],
    'Windows Server 2022 English Ful… · 4 months',
  ],
  [
    'a long family without anything else',
    ['Windows Server 2022 English Full Base of our own', undefined, undefined, undefined],
    'Windows Server 2022 English Full Base of o…',
  ],
  [
    'an architecture and a state of strangers as text',
    ['web', '[a](command:x)', undefined, '$(error)\u202ebad'],
    'web [a]\u200a(command:x) · $\u200a(error)‹U+202E›bad',
  ],
] as const)('shows %s', (_, [family, architecture, age, state], hint) => {
  expect(fittedHint({ family, architecture, age, state })).toBe(hint);
});
