import { expect, it } from 'vitest';
import { findImageIds } from '../../../src/code/imageIds.ts';
import { withIdsAtLeast } from '../../../src/code/loadReaders.ts';

it('the ids of a text are told where its reader fails', () => {
  const text = 'ami = "ami-0a1b2c3d4e5f60718"';
  const read = withIdsAtLeast(() => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  const { ids } = read({ text, path: 'a.tf', language: 'hcl', ids: findImageIds(text) });
  expect(ids.map(({ found }) => found.value)).toEqual(['ami-0a1b2c3d4e5f60718']);
});
