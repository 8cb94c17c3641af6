import { expect, it } from 'vitest';
import { pythonTree } from '../../../src/code/tree/pythonTree.ts';
import { scriptTree } from '../../../src/code/tree/scriptTree.ts';
import { plainTree } from './plainTree.ts';

it.each([
  ['script', scriptTree('function f() { start("a"); }\n')],
  ['Python', pythonTree('def f():\n    start("a")\n')],
])('the only statement of a function stays within it, and of a file within that: %s', (_, tree) => {
  const body = { children: [{ start: ['a'] }] };
  expect(plainTree(tree)).toEqual({ children: [['function', { children: [undefined, body] }]] });
});

it.each([
  ['script', scriptTree('export const x = (await ("a"));\n')],
  ['Python', pythonTree('x = (await ("a"))\n')],
])('what stands in parentheses or is waited for is the value itself: %s', (_, tree) => {
  expect(plainTree(tree)).toEqual({ children: [['x', 'a']] });
});

it.each([
  ['script', scriptTree('x = "a" + "b" + c + "d";\n')],
  ['Python', pythonTree('x = "a" + "b" + c + "d"\n')],
])('operands keep their order: %s', (_, tree) => {
  expect(JSON.stringify(plainTree(tree))).toContain('["a","b","=c","d"]');
});
