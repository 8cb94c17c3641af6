import type { Reader } from '../reading.ts';
import { parseYaml } from '../tree/yamlTree.ts';
import { readData } from './dataReading.ts';

export const yamlReader: Reader = (source) => readData(source, parseYaml(source.text));
