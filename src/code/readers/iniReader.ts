import type { Reader } from '../reading.ts';
import { parseIni } from '../tree/iniTree.ts';
import { readData, treeOf } from './dataReading.ts';

export const iniReader: Reader = (source) => readData(source, treeOf(source.text, parseIni));
