import { describe, expect, test } from 'vitest';
import { brokenTexts, hugeTexts } from './hugeTexts.ts';
import { referencesIn } from './readFiles.ts';

/** In UTF-16 code units: enough for what each token costs the stack, and each pair of tokens the time. */
describe.each([
  { texts: hugeTexts, length: 150_000 },
  { texts: brokenTexts, length: 30_000 },
])('no id is lost in', ({ texts, length }) => {
  test.each(texts)('$name', async ({ path, text: write }) => {
    const text = write(length);
    const found = (await referencesIn(path, text)).flatMap(({ kind, value }) => (kind === 'id' ? [value] : []));
    expect(found).toEqual(text.match(/ami-0[0-9a-f]{16}/g));
  });
});
