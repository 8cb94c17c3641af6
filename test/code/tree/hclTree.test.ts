import { describe, expect, it } from 'vitest';
import { type CodeNode, childrenOf, entryOf } from '../../../src/code/tree/codeTree.ts';
import { hclBlocks } from '../../../src/code/tree/hclBlocks.ts';
import { hclTree } from '../../../src/code/tree/hclTree.ts';

/** In one line: `type "label" {key = value}`. */
function written(node: CodeNode): string {
  switch (node.kind) {
    case 'map':
      return `{${node.entries.map(written).join(' ')}}`;
    case 'entry':
      return [node.key, ...node.labels.map((label) => `"${label}"`), '=', written(node.value)].join(' ');
    case 'list':
      return `[${node.items.map(written).join(', ')}]`;
    case 'text':
      return JSON.stringify(node.value);
    case 'name':
      return node.value;
    case 'call':
      return `${node.callee}(${node.args.map(written).join(', ')})`;
    case 'other':
      return `<${node.children.map(written).join(' ')}>`;
  }
}

const tree = (text: string) => written(hclTree(text));
const blocks = (text: string) => hclBlocks(text).map(({ start, end }) => tree(text.slice(start, end)));

describe('HCL', () => {
  it.each([
    [
      'blocks',
      'resource "a" "b" {\n  c = 1\n  d {\n    e = true\n  }\n}',
      '{resource "a" "b" = {c = 1 d = {e = true}}}',
    ],
    ['a block of one line', 'variable "a" { default = "b" }', '{variable "a" = {default = "b"}}'],
    ['labels without quotes, and a brace on a line of its own', 'data a b\n{\n}', '{data "a" "b" = {}}'],
    ['maps of both kinds', 'a = { b = 1, "c" : 2\n d = 3 }', '{a = {b = 1 c = 2 d = 3}}'],
    [
      'keys with hyphens, points and digits',
      'a = {\n us-east-1-2.5.4 = 1\n 123 = 2\n (var.k) = 3 }',
      '{a = {us-east-1-2.5.4 = 1 123 = 2 var.k = 3}}',
    ],
    ['lists', 'a = ["b", 1,\n  c.d[0], # e\n]', '{a = ["b", 1, c.d[0]]}'],
    ['paths', 'a = var.b["c"].d.*.e[f.g]', '{a = var.b["c"].d.*.e[f.g]}'],
    ['calls', 'a = f(g(), [\n h,\n], provider::x::y("i")...)', '{a = f(g(), [h], provider::x::y("i"))}'],
    ['what is indexed and is no name', 'a = { b = 1 }[var.c]', '{a = <{b = 1} [var.c]>}'],
    ['conditions', 'a = b ? "c" : d == 1 ? "e" : f', '{a = <b "c" d 1 "e" f>}'],
    ['operators', 'a = !b && -c >= (d + 1)\ne = 2', '{a = <b c <d 1>> e = 2}'],
    [
      'loops',
      'a = { for k, v in { x = 1 } : k => v... if v }\nb = [for c in d : c.e]',
      '{a = <for k v in {x = 1} k v if v> b = <for c in d c.e>}',
    ],
    ['escapes', 'a = "b\\"c\\\\d\\n"', '{a = "b\\"c\\\\d\\n"}'],
    ['comments', '# a\nb = 1 // c\n/* d = 2\n */ e = /* f */ 3', '{b = 1 e = 3}'],
    ['heredocs', 'a = <<EOF\n b = "\n  EOF\nc = <<-X\n y\nX\nd = 1', '{a = " b = \\"\\n" c = " y\\n" d = 1}'],
    ['a heredoc in a call', 'a = f(<<EOF\nb\nEOF\n, c)', '{a = f("b\\n", c)}'],
    ['a name in a name that is no keyword', 'format = 1\nforce = { fork = 2 }', '{format = 1 force = {fork = 2}}'],
    ['a byte order mark and CRLF', '\ufeffa = "b"\r\nc = <<E\r\nd\r\nE\r\n', '{a = "b" c = "d\\r\\n"}'],
    ['letters of all alphabets', 'größe = "가나"', '{größe = "가나"}'],
    ['nothing', '', '{}'],
  ])('has %s', (_, text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: as HCL writes it
  it.each([
    ['an expression as it was written before HCL 2', 'a = "${lookup(var.b, "c")}"', '{a = lookup(var.b, "c")}'],
    ['a text with more in it', 'a = "x-${b["c"]}-${"d"}"', '{a = "x-${b[\\"c\\"]}-${\\"d\\"}"}'],
    ['no interpolation', 'a = "$${b}"', '{a = "$${b}"}'],
    ['one over several lines, in brackets', 'a = "${merge(\n  b,\n  c\n)}"\nd = 1', '{a = merge(b, c) d = 1}'],
    ['a brace in a text in it', 'a = "${f("}")}"\nb = 1', '{a = f("}") b = 1}'],
    ['directives', 'a = "%{ if b }c%{ endif }"', '{a = "%{ if b }c%{ endif }"}'],
  ])('has interpolations: %s', (_, text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it('has the place of everything', () => {
    const text = 'a "b" {\n  c = "d${e}"\n}';
    const [block] = hclTree(text).entries;
    const entry = entryOf(block?.value, 'c');
    const value = entry?.value;
    const part = ({ start, end }: { start: number; end: number } = { start: 0, end: 0 }) => text.slice(start, end);
    expect([part(block?.span), part(block?.keySpan), part(entry?.span), part(entry?.keySpan)]).toEqual([
      text,
      'a',
      'c = "d${e}"',
      'c',
    ]);
    expect(value).toMatchObject({ kind: 'text', isTemplate: true });
    expect(part(value?.kind === 'text' ? value.inner : undefined)).toBe('d${e}');
  });

  it.each([
    ['an open quote', 'a = "b\nc = 1', '{a = "b" c = 1}'],
    ['an open quote before a bracket', 'a = ["b, c]\nd = 1', '{a = ["b, c]"] d = 1}'],
    ['an open interpolation', 'a = "b${c"\nd = "${e"\nf = 1', '{a = "b${c" d = "${e" f = 1}'],
    ['a list that is not closed', 'a = ["b"\nc = 1', '{a = ["b"] c = 1}'],
    ['a call that is not closed', 'a = f(b\nc = 1', '{a = f(b) c = 1}'],
    ['a wrong bracket', 'a = ["b")\nc = 1', '{a = ["b"] c = 1}'],
    ['a bracket too many', 'a = 1 ] )\nc = 1', '{a = 1 c = 1}'],
    ['a value that is missing', 'a =\nb = 1', '{a =  b = 1}'],
    ['a key alone', 'a\nb = 1', '{b = 1}'],
    ['a placeholder', 'a = <PUT IT HERE>\nb = 1', '{a =  b = 1}'],
    ['a heredoc that does not end', 'a = <<EOF\nb = 1', '{a =  b = 1}'],
    ['a comment that does not end', 'a = 1 /* x\nb = 2', '{a = 1 b = 2}'],
  ])('is read around %s', (_, text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each([
    [
      'blocks and attributes',
      '# x\na = 1\nb {\n}\n\n# y\nc "d" {\n  e = 1\n}\n',
      ['{a = 1}', '{b = {}}', '{c "d" = {e = 1}}'],
    ],
    [
      'a brace that is missing',
      'resource "a" "b" {\n  c {\n  d = 1\n\nresource "e" "f" {\n}\n',
      ['{resource "a" "b" = {c = {d = 1}}}', '{resource "e" "f" = {}}'],
    ],
    [
      'a resource in a resource',
      'resource "a" "b" {\n  c = 1\n  resource "d" "e" {\n    f = 2\n  }\n}\ng = 3\n',
      ['{resource "a" "b" = {c = 1}}', '{resource "d" "e" = {f = 2}}', '{g = 3}'],
    ],
    ['a brace too many', 'a {\n}\n}\nb = 1\n', ['{a = {}}', '{b = 1}']],
    [
      'blocks in a heredoc',
      'generate "a" {\n  b = <<EOF\nprovider "aws" {\n}\nEOF\n}\nc = 1\n',
      ['{generate "a" = {b = "provider \\"aws\\" {\\n}\\n"}}', '{c = 1}'],
    ],
    [
      'a heredoc that ends with another one',
      'resource "a" "b" {\n  c = <<EOF\n  d\n}\nresource "e" "f" {\n  g = <<EOF\nh\nEOF\n}\n',
      ['{resource "a" "b" = {c = }}', '{resource "e" "f" = {g = "h\\n"}}'],
    ],
    [
      'an open quote at the end of a block',
      'variable "a" { default = "b }\nvariable "c" {\n  default = 1\n}\n',
      ['{variable "a" = {default = "b }"}}', '{variable "c" = {default = 1}}'],
    ],
  ])('is divided: %s', (_, text, expected) => {
    expect(blocks(text)).toEqual(expected);
    const spans = hclBlocks(text);
    expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as HCL writes it
});

/** A generator whose numbers are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

function allWithin(node: CodeNode, end: number): boolean {
  return node.span.start >= 0 && node.span.end <= end && childrenOf(node).every((child) => allWithin(child, end));
}

describe('any text', () => {
  const signs = [
    '"',
    '${',
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    '<<EOF\n',
    'EOF\n',
    '\n',
    '=',
    ':',
    '#',
    '/*',
    '*/',
    '\\',
    'a',
    ' ',
    '?',
    '-',
    '.',
    '%{',
    'for x in ',
    '\r\n',
    'resource "a" "b" {\n',
  ];

  it('is read, within its bounds', () => {
    const next = numbers(7);
    for (let round = 0; round < 2_000; round += 1) {
      const text = Array.from({ length: next(40) }, () => signs[next(signs.length)]).join('');
      const read = hclTree(text);
      expect(allWithin(read, text.length), JSON.stringify(text)).toBe(true);
      expect(
        hclBlocks(text)
          .map(({ start, end }) => text.slice(start, end))
          .join(''),
      ).toBe(text);
    }
  });

  it.each([
    '{',
    '[',
    '(',
    'a{',
    'a=[',
    '"${',
    'f(',
    '"',
    '<<A\n',
    '!',
    '-',
    'a = b ? ',
    '/*',
    '[{',
    '\\',
    '#',
    'a.',
    '<<A1\n<<A2\n',
    'x "y" ',
    '\0\uffff',
    '}',
    'a["',
  ])('of %s over and over takes no more than its length', (part) => {
    const text = part.repeat(Math.ceil(200_000 / part.length));
    const start = performance.now();
    hclBlocks(text);
    hclTree(text);
    // Of a machine at rest some 20 ms; what grows with the square takes minutes.
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
