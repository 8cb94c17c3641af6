import type { Reader } from '../reading.ts';
import { parseYaml } from '../tree/yamlTree.ts';
import { readData, treeOf } from './dataReading.ts';

export const yamlReader: Reader = (source) => readData(source, treeOf(source.text, parseYaml));
