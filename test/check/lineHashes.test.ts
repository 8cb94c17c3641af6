import { describe, expect, it } from 'vitest';
import { lineHashes } from '../../src/check/lineHashes.ts';

const all = new Set(Array.from({ length: 20 }, (_, index) => index + 1));

const greetings = [
  ...['e9496ae3ebfced30:1', 'fb7c023a8b9ccb3f:1', 'ce8ba1a563dcdaca:1', 'e20e36e16fcb0cc8:1'],
  ...['b3edc88f2938467e:1', 'c8e28b0b4002a3a0:1', 'c129715d7a2bc9a3:1'],
];

/** The values are those of the tests of github/codeql-action, `src/fingerprints.test.ts`. */
describe('the hash of a line', () => {
  it.each([
    ['', ['c129715d7a2bc9a3:1']],
    [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
    [' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', greetings],
    [' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', greetings],
    [' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', greetings],
    [' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', greetings],
    [
      'x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n',
      [
        ...['e54938cc54b302f1:1', 'bb609acbe9138d60:1', '1131fd5871777f34:1', '5c482a0f8b35ea28:1'],
        ...['54517377da7028d2:1', '2c644846cb18d53e:1', 'f1b89f20de0d133:1', 'c129715d7a2bc9a3:1'],
      ],
    ],
  ])('of %j is GitHub’s', (text, expected) => {
    expect([...lineHashes(text, all).values()]).toEqual(expected);
  });

  it('tells equal lines apart, and is that of the wanted lines alone', () => {
    const text = 'Lorem ipsum dolor sit amet.\n'.repeat(10);
    expect([...lineHashes(text, new Set([2, 6, 7]))]).toEqual([
      [2, 'a7f2ff13bc495cf2:2'],
      [6, 'a7f2ff13bc495cf2:6'],
      [7, 'a7f2ff1481e87703:1'],
    ]);
  });
});
