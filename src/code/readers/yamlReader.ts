import { dataLookups } from '../lookups/dataLookups.ts';
import type { Reader } from '../reading.ts';
import { packerFilters } from '../terraform/lookups.ts';
import { parseYaml } from '../tree/yamlTree.ts';
import { valueStatements, variableNamed } from './dataVariables.ts';
import { readTree } from './treeReading.ts';

export const yamlReader: Reader = (source) => {
  const root = parseYaml(source.text);
  return readTree(source, {
    root,
    nameOf: variableNamed,
    lookups: [...packerFilters(source.text, root), ...dataLookups(source.text, root)],
    statements: valueStatements(root),
    embedded: [],
  });
};
