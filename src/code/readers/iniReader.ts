import type { Reader } from '../reading.ts';
import { parseIni } from '../tree/iniTree.ts';
import { readData } from './dataReading.ts';

export const iniReader: Reader = (source) => readData(source, parseIni(source.text));
