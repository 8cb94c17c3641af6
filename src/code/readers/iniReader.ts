import { maxParsed } from '../bounds.ts';
import { parseIni } from '../tree/iniTree.ts';
import { dataReader } from './dataReading.ts';

export const iniReader = dataReader(maxParsed.ini, parseIni);
