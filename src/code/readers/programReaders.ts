import { looseTree } from '../tree/looseTree.ts';
import { pythonTree } from '../tree/pythonTree.ts';
import { scriptTree } from '../tree/scriptTree.ts';
import { codeReader } from './codeReader.ts';

/** Reads JavaScript and TypeScript. */
export const scriptReader = codeReader(({ text, path }) => scriptTree(text, { jsx: !/\.[mc]?ts$/i.test(path) }));

export const pythonReader = codeReader(({ text }) => pythonTree(text));

/** Reads languages that have no parser of their own: Go, Java, C#, Ruby, Puppet and others. */
export const looseReader = codeReader(({ text, path }) => looseTree(text, path));
