import { looseTree } from '../tree/looseTree.ts';
import { pythonTree } from '../tree/pythonTree.ts';
import { relevantCode } from '../tree/relevantCode.ts';
import { scriptTree } from '../tree/scriptTree.ts';
import { codeReader } from './codeReader.ts';

/** Reads JavaScript and TypeScript. */
export const scriptReader = codeReader(({ text, path }) =>
  scriptTree(relevantCode(text, 'braces'), { jsx: !/\.[mc]?ts$/i.test(path) }),
);

export const pythonReader = codeReader(({ text }) => pythonTree(relevantCode(text, 'colon')));

/** Reads languages that have no parser of their own: Go, Java, C#, Ruby, Puppet and others. */
export const looseReader = codeReader(({ text, path }) => looseTree(text, path));
