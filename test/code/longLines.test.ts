import { expect, test } from 'vitest';
import { referencesIn } from './readFiles.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `ami-0${(index + 4_096).toString(16).padStart(16, '7')}`);

const shapes: readonly (readonly [path: string, text: (count: number) => string])[] = [
  [
    'list.ts',
    (count) =>
      `const x = [${ids(count)
        .map((id) => `"${id}"`)
        .join(', ')}];`,
  ],
  [
    'list.py',
    (count) =>
      `x = [${ids(count)
        .map((id) => `"${id}"`)
        .join(', ')}]`,
  ],
  ['row.md', (count) => `| ${ids(count).join(' | ')} |\n`],
  [
    'table.md',
    (count) =>
      ids(count)
        .map((id) => `| ${id} | us-east-1 |\n`)
        .join(''),
  ],
];

test.each(shapes)('the time that %s takes grows with its ids, of which none is lost', async (path, text) => {
  await scanned(path, text(200));
  const small = await scanned(path, text(1_500));
  const large = await scanned(path, text(6_000));
  expect([small.found, large.found]).toEqual([1_500, 6_000]);
  // Four times the ids; where each is compared to all others, sixteen times the work.
  expect(large.time).toBeLessThan(small.time * 10 + 1_000);
});

/** In ms of the processor, which other work on the machine does not count to. */
async function scanned(path: string, text: string): Promise<{ readonly found: number; readonly time: number }> {
  const before = process.cpuUsage();
  const references = await referencesIn(path, text);
  const { user } = process.cpuUsage(before);
  return { found: references.length, time: user / 1_000 };
}
