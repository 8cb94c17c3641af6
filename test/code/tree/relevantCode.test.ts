import { describe, expect, it } from 'vitest';
import { type BlockMark, relevantCode } from '../../../src/code/tree/relevantCode.ts';

/** What is left of a text, without blank lines. */
function leftOf(text: string, mark: BlockMark): string {
  const left = relevantCode(text, mark);
  expect(left).toHaveLength(text.length);
  expect([...left].filter((character, index) => !/[ \n]/.test(character) && character !== text[index])).toEqual([]);
  return left.replace(/^[ \t]*\n|[ \t]+$/gm, '').trim();
}

const id = 'ami-0a1b2c3d4e5f60718';

describe('of a program with braces', () => {
  const script = (text: string) => leftOf(text, 'braces');

  it('functions and classes without images are left out, and the inside of other blocks', () => {
    const other = 'export async function add(a: number) {\n  return a + 1;\n}\n\nclass Other {\n  run() {}\n}\n';
    const method = `class Hosts {\n  start() {\n    run("${id}");\n  }\n  stop() {\n    halt();\n  }\n}\n`;
    expect(script(other + method)).toBe(method.replace('    halt();\n', '').trim());
  });

  it.each([
    `function a() {\n  start("${id}");\n}`,
    'function a() {\n  return { region: "eu-west-1" };\n}',
    'function a() {\n  const names = ["eu-west-1"];\n}',
    'function a() {\n  return ec2.describeImages(request);\n}',
    'function a() {\n  return "099720109477";\n}',
    'constructor() {\n  this.base = "x";\n}',
    'function a() {\n  owners.push("self");\n}',
    'function a() {\n  text = `\n};\n`;\n}',
    'function a() {\n  open(\n}',
    'function a() {\n  /* {\n}\n*/',
    'function a() { return 1; }',
    'if (a) {\nb();\n}',
  ])('stays: %s', (text) => {
    expect(script(text)).toBe(text);
  });

  it('a block that is not closed stays, and those in it do not', () => {
    expect(script('function a() {\n  function b() {\n    c();\n  }\n  d();\n')).toBe('function a() {\n  d();');
  });

  it('of a function that matters all stays', () => {
    const text = `function a() {\n  if (b) {\n    c();\n  }\n  start("${id}");\n}`;
    expect(script(text)).toBe(text);
  });

  it('what an object holds stays', () => {
    const text = 'const given = {\n  name: "x",\n};\nfunction a() {\n  b();\n}\nMachineImage.lookup(given);';
    expect(script(text)).toBe(text.replace('function a() {\n  b();\n}\n', ''));
  });

  it('what follows a block stays with it', () => {
    expect(script('if (a) {\n  b();\n} else {\n  c();\n}')).toBe('if (a) {\n} else {\n}');
  });

  it('what stands in a text is left as it is, and what follows is not', () => {
    const text = 'const script = `#!/bin/sh\nfunction log() {\n  echo "$1"\n}\nlog a`;\nstart();';
    expect(script(`${text}\nfunction a() {\n  b();\n}`)).toBe(text);
  });

  it('names of regions and images in a block do not keep the one before it', () => {
    expect(script(`function a() {\n  b();\n}\nstart("${id}");\n`)).toBe(`start("${id}");`);
  });
});

describe('of Python', () => {
  const python = (text: string) => leftOf(text, 'colon');

  it('functions and classes without images are left out', () => {
    const other =
      'def add(\n    a,\n):\n    if a:\n# why\n        return 1\n\n    return 2\n\n\nclass Other:\n    x = 1\n';
    const start = `async def start():\n    run("${id}")\n`;
    expect(python(other + start + other)).toBe(start.trim());
  });

  it.each([
    'def a():\n    self.base = "x"',
    'def a():\n    text = """\nb\n    c\n"""',
    'def a():\n    global base',
    'for a in b:\n    c()',
    'def a():\n    return boto3.client("x")',
  ])('stays: %s', (text) => {
    expect(python(text)).toBe(text);
  });

  it('what stands in a text is left as it is', () => {
    const text = 'code = """\ndef log():\n    print(1)\n"""\nstart()';
    expect(python(text)).toBe(text);
  });

  it('a text that ends with such a block has no indentation at its end', () => {
    expect(relevantCode('a = 1\ndef b():\n    c()\n', 'colon')).toBe(`a = 1\n${' '.repeat(16)}\n`);
  });
});

it('of blocks within blocks the outermost is left out, once', () => {
  const indentations = Array.from({ length: 300 }, (_, depth) => ' '.repeat(depth));
  const heads = indentations.map((indentation) => `${indentation}if (a) {\n`);
  const ends = indentations.toReversed().map((indentation) => `${indentation}}\n`);
  expect(leftOf([...heads, ...ends].join(''), 'braces')).toBe('if (a) {\n}');
});
