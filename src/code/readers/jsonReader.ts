import { dataLookups } from '../lookups/dataLookups.ts';
import { movedReading } from '../movedReading.ts';
import type { Reader } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { terraformFileOf } from '../terraform/fileKind.ts';
import { packerFilters } from '../terraform/lookups.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import { parseJson } from '../tree/jsonTree.ts';
import { valueStatements, variableNamed } from './dataVariables.ts';
import { readTree } from './treeReading.ts';

export const jsonReader: Reader = (source) => {
  const root = parseJson(source.text);
  const { text, path } = source;
  const file = terraformFileOf(path);
  if (file !== 'other' && root.kind === 'map') {
    return movedReading(readTerraform(text, root, file), 0, pathClue(path));
  }
  return readTree(source, {
    root,
    nameOf: variableNamed,
    lookups: [...packerFilters(text, root), ...dataLookups(text, root)],
    statements: valueStatements(root),
    embedded: [],
  });
};
