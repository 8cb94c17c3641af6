import type { Reader } from '../reading.ts';

/** Reads ids alone, of any text. */
export const plainReader: Reader = ({ ids }) => ({
  ids: ids.map((found) => ({ found, clues: [], instanceType: undefined })),
  lookups: [],
  parameters: [],
  statements: [],
  embedded: [],
});
