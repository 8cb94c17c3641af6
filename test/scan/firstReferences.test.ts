import { expect, it } from 'vitest';
import { readerLoader } from '../../src/code/loadReaders.ts';
import { scanText } from '../../src/code/scanText.ts';
import { firstReferences, maxReferences } from '../../src/scan/firstReferences.ts';

const load = readerLoader();

it('a list of images is read as far as somebody reads it', async () => {
  const ids = Array.from({ length: maxReferences + 5 }, (_, index) => `ami-0${index.toString(16).padStart(7, 'a')}`);
  const scan = firstReferences(await scanText({ path: 'list.txt', text: ids.join('\n') }, load));
  expect(scan.ids.map(({ found }) => found.value)).toEqual(ids.slice(0, maxReferences));
});
