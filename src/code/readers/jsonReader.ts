import type { Reader } from '../reading.ts';
import { parseJson } from '../tree/jsonTree.ts';
import { valueStatements, variableNamed } from './dataVariables.ts';
import { readTree } from './treeReading.ts';

export const jsonReader: Reader = (source) => {
  const root = parseJson(source.text);
  return readTree(source, {
    root,
    nameOf: variableNamed,
    lookups: [],
    statements: valueStatements(root),
    embedded: [],
  });
};
