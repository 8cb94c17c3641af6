import { maxJsonTokens, maxParsed, withinBound } from '../bounds.ts';
import { movedReading } from '../movedReading.ts';
import type { Reader } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { terraformFileOf } from '../terraform/fileKind.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import { readJson } from '../tree/jsonTree.ts';
import { readData } from './dataReading.ts';

export const jsonReader: Reader = (source) => {
  const { root, end } = readJson(withinBound(source.text, maxParsed.json), maxJsonTokens);
  const { text, path } = source;
  const file = terraformFileOf(path);
  if (file !== 'other' && root.kind === 'map') {
    return movedReading(readTerraform(text, root, file), 0, pathClue(path));
  }
  return readData(source, root, end);
};
