import { maxParsed } from '../bounds.ts';
import { parseYaml } from '../tree/yamlTree.ts';
import { dataReader } from './dataReading.ts';

export const yamlReader = dataReader(maxParsed.yaml, parseYaml);
