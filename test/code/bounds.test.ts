import { parser } from '@lezer/javascript';
import { describe, expect, test } from 'vitest';
import { maxJsonTokens, maxParsed, withinBound } from '../../src/code/bounds.ts';
import { childrenOf } from '../../src/code/tree/codeTree.ts';
import { readJson } from '../../src/code/tree/jsonTree.ts';
import { otherNode, spanOf } from '../../src/code/tree/lezerTree.ts';
import { parsedTree } from '../../src/code/tree/parsedTree.ts';
import { idAt, regionAt, terraformState } from './hugeTexts.ts';
import { placesIn } from './readFiles.ts';
import { plainTree } from './tree/plainTree.ts';

const [a, b] = [idAt(1), idAt(2)];

describe('a text', () => {
  test('within its bound is read as a whole', () => {
    expect(withinBound('one\ntwo\n', 8)).toBe('one\ntwo\n');
  });

  test('is read up to the last line that is within its bound', () => {
    expect(withinBound('one\ntwo\nthree\n', 9)).toBe('one\ntwo\n');
  });

  test('of one line is read up to its bound', () => {
    expect(withinBound('one two three', 7)).toBe('one two');
    expect(withinBound(`a\n${'b'.repeat(20)}`, 10)).toBe(`a\n${'b'.repeat(8)}`);
  });
});

interface Bounded {
  readonly path: string;
  readonly part: (id: string) => string;
  readonly filler: string;
  readonly from: string;
  /** What is told behind the bound, where that is more than nothing. */
  readonly behind?: string;
}

/** Each part tells its region by what stands around the id, on another line. */
const languages: Readonly<Record<string, Bounded>> = {
  yaml: {
    path: 'a.yml',
    part: (id) => `- region: eu-west-1\n  image: ${id}\n`,
    filler: '# filler\n',
    from: 'argument',
  },
  ini: { path: 'a.ini', part: (id) => `[eu-west-1]\nx = 1\nimage = ${id}\n`, filler: '; filler\n', from: 'mapKey' },
  hcl: {
    path: 'a.tf',
    part: (id) => `module "x" {\n  region = "eu-west-1"\n  ami    = "${id}"\n}\n`,
    filler: '# filler\n',
    from: 'argument',
  },
  program: {
    path: 'a.ts',
    part: (id) => `run({\n  region: 'eu-west-1',\n  ami: '${id}',\n});\n`,
    filler: '// filler\n',
    from: 'argument',
  },
  shell: {
    path: 'a.sh',
    part: (id) => `aws ec2 run-instances --image-id ${id} \\\n  --region eu-west-1\n`,
    filler: '# filler\n',
    from: 'option',
    behind: 'eu-west-1 (option)',
  },
  prose: { path: 'a.md', part: (id) => `# eu-west-1\n\n- ${id}\n\n`, filler: 'filler\n', from: 'heading' },
};

test.each(Object.entries(languages))(
  'ids of %s are found on both sides of its bound, and have their region before it',
  async (language, { path, part, filler, from, behind = '-' }) => {
    const bound = maxParsed[language as keyof typeof maxParsed];
    const before = filler.repeat(Math.floor((bound - part(a).length) / filler.length)) + part(a);
    expect(before.length).toBeLessThanOrEqual(bound);
    const text = before + filler.repeat(3) + part(b);
    expect(await placesIn(path, text)).toEqual([`${a} eu-west-1 (${from})`, `${b} ${behind}`]);
  },
);

test('ids of JSON are found on both sides of its bound, and have their region before it', async () => {
  const part = (id: string) => `{"region": "eu-west-1",\n"image": "${id}"},\n`;
  const text = `[\n${part(a)}${'0,'.repeat(maxJsonTokens / 2)}\n${part(b)}0]`;
  expect(await placesIn('a.json', text)).toEqual([`${a} eu-west-1 (argument)`, `${b} -`]);
});

test('JSON is read up to so many tokens', () => {
  const text = '{"a": ["x", "y"], "b": {"c": "z"}}';
  expect(readJson(text, 17)).toMatchObject({ end: text.length });
  const { root, end } = readJson(text, 9);
  expect(plainTree(root)).toEqual({ a: ['x', 'y'], '': undefined });
  expect(text.slice(0, end)).toBe('{"a": ["x", "y"], ');
});

test('each id of a large state of Terraform has its region', async () => {
  const places = await placesIn('terraform.tfstate', terraformState(3_000_000));
  expect(places.length).toBeGreaterThan(4_000);
  expect(places).toEqual(places.map((_, index) => `${idAt(index)} ${regionAt(index)} (arn)`));
});

test('what a parser of a program does not come to is read by its brackets and quotes', () => {
  const text = `f({ a: "x" });\n${'g(1);\n'.repeat(20)}h({ b: "y" });\n`;
  const read = (steps: number) => {
    const spans: string[] = [];
    const root = parsedTree(
      parser,
      text,
      (top) => {
        spans.push(text.slice(top.from, top.to));
        return otherNode(spanOf(top), []);
      },
      steps,
    );
    return { parsed: spans.join(), behind: childrenOf(root) };
  };
  expect(read(10_000)).toMatchObject({ parsed: text, behind: [] });
  const { parsed, behind } = read(40);
  expect(parsed.startsWith('f({ a: "x" });\ng(1);')).toBe(true);
  expect(parsed.length).toBeLessThan(text.length / 2);
  expect(behind.at(-1)).toMatchObject({ kind: 'call', callee: 'h', args: [{ kind: 'map' }] });
});
