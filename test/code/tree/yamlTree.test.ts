import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type CodeNode, childrenOf, nodesAround } from '../../../src/code/tree/codeTree.ts';
import { parseYaml } from '../../../src/code/tree/yamlTree.ts';
import { allNodes, plainTree } from './plainTree.ts';

function values(text: string): unknown {
  return plainTree(parseYaml(text));
}

/** Words of the tree are texts here: the library makes values of them. */
function texts(node: CodeNode): unknown {
  return JSON.parse(JSON.stringify(plainTree(node) ?? null).replaceAll('"=', '"'));
}

const valid = `# A comment
AWSTemplateFormatVersion: '2010-09-09'
Mappings:
  RegionMap:
    us-east-1: {HVM64: ami-1, "HVMG2":ami-2, list: [a, 'b', "c"]}   # behind it
    "eu-west-1":
      HVM64: "ami-3"
? complex
: value
list:
- a
-   b: c
    d: e
- - x
  - y
-
  z: w
text: several
  lines: of text
  # with a comment
other: 'it''s'
quoted: "several
  lines \\"here\\""
url: http://example.com:80/a#b
empty:
folded: >-
  a
  b

literal: |
  #!/bin/bash
  echo "a: b"

    deeper
last: 5
---
second: document
...
---
- third
`;

describe('values', () => {
  test('are those that the YAML library reads', () => {
    const text = valid.replace('lines: of', 'lines of');
    const wanted = parseAllDocuments(text).map((document) => document.toJS());
    const flat = (value: unknown) =>
      JSON.parse(
        JSON.stringify(value)
          .replace(/(?:\\n| )+(?=")|\\n(?! )/g, ' ')
          .replace(/ +"/g, '"'),
      );
    const asTexts = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'number' ? String(inner) : inner)));
    const { children } = texts(parseYaml(text)) as { readonly children: readonly Record<string, unknown>[] };
    expect(children).toHaveLength(3);
    expect(flat([{ ...children[0], empty: null }, ...children.slice(1)])).toEqual(flat(asTexts(wanted)));
  });

  test('have the places of what is written', () => {
    const root = parseYaml(valid);
    const found = allNodes(root, childrenOf).flatMap((node) => (node.kind === 'text' ? [node] : []));
    const literal = found.find(({ value }) => value.startsWith('#!/bin/bash'));
    expect(literal && valid.slice(literal.inner.start, literal.inner.end)).toBe(
      '  #!/bin/bash\n  echo "a: b"\n\n    deeper',
    );
    expect(literal?.value).toBe('#!/bin/bash\necho "a: b"\n\n  deeper');
    const quoted = found.find(({ value }) => value === 'ami-3');
    expect(quoted && valid.slice(quoted.inner.start, quoted.inner.end)).toBe('ami-3');
    expect(quoted && valid.slice(quoted.span.start, quoted.span.end)).toBe('"ami-3"');
  });

  test('keep the comment behind them with their key', () => {
    const around = nodesAround(parseYaml(valid), valid.indexOf('behind it'));
    expect(around.flatMap((node) => (node.kind === 'entry' ? [node.key] : []))).toEqual([
      'Mappings',
      'RegionMap',
      'us-east-1',
    ]);
  });

  test('keep the tags of CloudFormation', () => {
    const text = `a: !FindInMap [Map, !Ref Region, AMI]\nb: !Sub "\${A}-b"\nc: !If\n  - x\n  - ami-1\n`;
    expect(values(text)).toEqual({
      a: { 'Fn::FindInMap': ['Map', 'Region', 'AMI'] },
      b: `\${A}-b`,
      c: { 'Fn::If': ['x', 'ami-1'] },
    });
    expect(allNodes(parseYaml(text), childrenOf)).toContainEqual(
      expect.objectContaining({ kind: 'text', value: 'Region', tag: '!Ref' }),
    );
  });

  test('are not made of anchors and aliases: a few lines cannot become thousands', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`);
    const root = parseYaml(`a0: &a0 x\n${lines.join('\n')}`);
    expect(allNodes(root, childrenOf).length).toBeLessThan(200);
    expect(values('a: &x\n  b: c\nd:\n  <<: *x\n')).toEqual({ a: { b: 'c' }, d: { '<<': '=*x' } });
  });
});

describe('templates of other tools', () => {
  test('are values and keys as they stand', () => {
    expect(
      values('region: {{ region }}\nlist: [{{ a }}, b]\n{{ key }}: c\nname: {{ a | default("x: y") }}-z # c\n'),
    ).toEqual({
      region: '{{ region }}',
      list: ['{{ a }}', 'b'],
      '{{ key }}': 'c',
      name: '{{ a | default("x: y") }}-z',
    });
  });

  test('do not end a block with the lines that are theirs', () => {
    const text = 'a:\n  b: c\n{% if x %}\n  d: e\n{% endif %}\n{{- with .Values }}\n  f: g\n{{- end }}\n';
    expect(values(text)).toEqual({ a: { b: 'c', d: 'e', f: 'g' } });
    expect(values('a: |\n  b\n{% if x %}\n  {{ c }}\n{% endif %}\nd: e\n')).toEqual({
      a: 'b\n{% if x %}\n{{ c }}',
      d: 'e',
    });
  });
});

describe('a broken text keeps what stands before and after', () => {
  test.for([
    ['an open quote', 'a:\n  b: "x\n  c: y\nd: e\n', { a: { b: 'x', c: 'y' }, d: 'e' }],
    ['an open quote before another quote', 'a: "x\nb: "y"\nc: \'z\n', { a: 'x', b: 'y', c: 'z' }],
    ['an open bracket', 'a: [b, c\nd: {e: f\ng:\n  h: i\n', { a: ['b', 'c'], d: { e: 'f' }, g: { h: 'i' } }],
    ['a bracket too many', 'a: [b]]\nc: {d: e}}\nf: g\n', { a: ['b'], c: { d: 'e' }, f: 'g' }],
    ['too little indentation', 'a:\n    b: c\n  d: e\nf: g\n', { a: { b: 'c', d: 'e' }, f: 'g' }],
    ['too little in an item', '- a: b\n c: d\n- e: f\n', [{ a: 'b', c: 'd' }, { e: 'f' }]],
    ['tabs', 'a:\n\tb: c\n\td:\n\t\te: f\ng: h\n', { a: { b: 'c', d: { e: 'f' } }, g: 'h' }],
    ['signs that begin no scalar', 'a: @x\nb: `y`\nc: %z\nd: e\n', { a: '@x', b: '`y`', c: '%z', d: 'e' }],
    ['a key without its colon', 'a:\n  b\n  c: d\ne: f\n', { a: { children: ['b', { c: 'd' }] }, e: 'f' }],
    ['carriage returns', 'a: b\r\nc:\r\n  - "d"\r\n  - |\r\n    e\r\nf: g\r\n', { a: 'b', c: ['d', 'e'], f: 'g' }],
  ] as const)('%s', ([, text, wanted]) => {
    expect(values(text)).toEqual(wanted);
  });

  test('any beginning of a text and any text with a part left out is read, in its bounds', () => {
    for (let start = 0; start <= valid.length; start += 7) {
      for (const length of [1, 2, 5, 30, valid.length]) {
        const broken = valid.slice(0, start) + valid.slice(start + length);
        for (const { span } of allNodes(parseYaml(broken), childrenOf)) {
          expect(span.start >= 0 && span.start <= span.end && span.end <= broken.length).toBe(true);
        }
      }
    }
  });

  test.for([
    ['dashes', '- '.repeat(100_000)],
    ['brackets', `a: ${'['.repeat(200_000)}`],
    ['ever deeper keys', Array.from({ length: 2_000 }, (_, n) => `${' '.repeat(n)}k:`).join('\n')],
    ['open quotes', 'a:\n  "b\n'.repeat(50_000)],
    ['one long line', `a: "${'x'.repeat(5_000_000)}`],
    ['lines that are no YAML', 'lorem { ipsum [ dolor: "sit\n'.repeat(50_000)],
  ])('%s beyond all measure take no more than their length', ([, text]) => {
    const root = parseYaml(text ?? '');
    expect(root.span.end).toBeLessThanOrEqual(text?.length ?? 0);
    expect(nodesAround(root, 10).length).toBeLessThan(1_000);
  });

  test('what stands behind ever deeper keys has its own place', () => {
    const deep = Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}k:\n`).join('');
    const root = parseYaml(`${deep}z: x\n`);
    expect(allNodes(root, childrenOf).length).toBeLessThan(700);
    expect(childrenOf(root).at(-1)).toMatchObject({ key: 'z', value: { value: 'x' } });
  });
});
