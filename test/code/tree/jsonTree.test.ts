import { describe, expect, test } from 'vitest';
import { childrenOf, entryOf } from '../../../src/code/tree/codeTree.ts';
import { parseJson } from '../../../src/code/tree/jsonTree.ts';
import { plainTree } from './plainTree.ts';

function values(text: string): unknown {
  return plainTree(parseJson(text));
}

describe('values', () => {
  test('are nested as in the text', () => {
    expect(values('{"a": {"b": ["x", 1, true, null]}, "c": "d\\n\\u0041"}')).toEqual({
      a: { b: ['x', '=1', '=true', '=null'] },
      c: 'd\nA',
    });
  });

  test('have the places of what stands between the quotes', () => {
    const text = '{ "us-east-1" : "ami-0abc" }';
    const entry = entryOf(parseJson(text), 'us-east-1');
    expect(entry && text.slice(entry.keySpan.start, entry.keySpan.end)).toBe('us-east-1');
    expect(entry && text.slice(entry.span.start, entry.span.end)).toBe('"us-east-1" : "ami-0abc"');
    const value = entry?.value;
    expect(value?.kind === 'text' && text.slice(value.inner.start, value.inner.end)).toBe('ami-0abc');
  });

  test('are read around comments of all kinds, and with commas too many or missing', () => {
    expect(values('{ // one\n "a": 1, /* two */ "b": 2,\n # three: "x"\n "c": 3,, }')).toEqual({
      a: '=1',
      b: '=2',
      c: '=3',
    });
    expect(values('{"a": "x"\n "b": "y"}')).toEqual({ a: 'x', b: 'y' });
  });

  test('may stand one after the other', () => {
    expect(values('{"a": 1}\n{"a": 2}\n')).toEqual({ children: [{ a: '=1' }, { a: '=2' }] });
  });

  test('know whether something is put in', () => {
    const node = entryOf(parseJson('{"region": "{{user `region`}}"}'), 'region')?.value;
    expect(node).toMatchObject({ kind: 'text', isTemplate: true, value: '{{user `region`}}' });
  });
});

describe('a broken text keeps what stands before and after', () => {
  test('a brace that is not closed', () => {
    expect(values('{"a": {"b": "x", "c": ["y"')).toEqual({ a: { b: 'x', c: ['y'] } });
    expect(values('[{"a": "x", {"b": "y"}]')).toEqual([{ a: 'x' }, { b: 'y' }]);
    expect(values('{"a": {"b": "x", {"c": "y"}}')).toEqual({ a: { b: 'x', '': { c: 'y' } } });
    expect(values('{"list": [{"a": "x"], "z": "y"}')).toEqual({ list: [{ a: 'x' }], z: 'y' });
  });

  test('a brace too many', () => {
    expect(values('{"a": "x"}}, "b": "y"')).toEqual({ children: [{ a: 'x' }, ['b', 'y']] });
  });

  test('an open quote ends with its line', () => {
    expect(values('{"a": "us-east-1,\n "b": "y",\n "c": {"d": "z}\n}')).toEqual({
      a: 'us-east-1',
      b: 'y',
      c: { d: 'z' },
    });
  });

  test('a key without its value, and words without quotes', () => {
    expect(values('{"a":, "b", "c": <AMI>, \'d\': \'e\', f: 1}')).toEqual({
      a: undefined,
      b: undefined,
      c: '=<AMI>',
      d: 'e',
      f: '=1',
    });
    expect(values('{"a":')).toEqual({ a: undefined });
  });
});

test('what is nested beyond all measure is read flat, in linear time', () => {
  const depth = 200_000;
  const root = parseJson(`${'['.repeat(depth)}"x"${']'.repeat(depth)}, {"a": "y"}`);
  expect(plainTree(childrenOf(root).at(-1) ?? root)).toEqual({ a: 'y' });
});

test('any beginning of a text and any text with a part left out is read', () => {
  const text = '{"a": {"us-east-1": ["x", {"b": "\\"y\\""}]}, /* c */ "d": tru, "e": \'f\'}';
  for (let start = 0; start <= text.length; start += 1) {
    for (let end = start; end <= text.length; end += 3) {
      const broken = text.slice(0, start) + text.slice(end);
      const root = parseJson(broken);
      expect(root.span.end).toBeLessThanOrEqual(broken.length);
    }
  }
});
