import { movedReading } from '../movedReading.ts';
import type { Reader } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { terraformFileOf } from '../terraform/fileKind.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import { parseJson } from '../tree/jsonTree.ts';
import { readData, treeOf } from './dataReading.ts';

export const jsonReader: Reader = (source) => {
  const root = treeOf(source.text, parseJson);
  const { text, path } = source;
  const file = terraformFileOf(path);
  if (file !== 'other' && root.kind === 'map') {
    return movedReading(readTerraform(text, root, file), 0, pathClue(path));
  }
  return readData(source, root);
};
