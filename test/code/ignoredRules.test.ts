import { describe, expect, it } from 'vitest';
import { ignoredRules } from '../../src/code/ignoredRules.ts';
import { referencesIn } from './readFiles.ts';

const id = 'ami-0b1f2e3d4c5b6a798';

/** What is ignored of each reference of a file. */
async function ignoredIn(path: string, text: string) {
  return (await referencesIn(path, text)).map(({ ignored }) => ignored);
}

describe('a comment that ignores rules', () => {
  it.each([
    ['a.tf', `# ami-explorer: ignore\nami = "${id}"\n`, ['all']],
    ['a.tf', `ami = "${id}" # ami-explorer: ignore newer-image\n`, [['newer-image']]],
    ['a.ts', `// ami-explorer: ignore not-found, newer-image\nconst ami = '${id}';\n`, [['not-found', 'newer-image']]],
    ['a.js', `const ami = '${id}'; /* ami-explorer: ignore deprecated */\n`, [['deprecated']]],
    ['a.md', `<!-- ami-explorer: ignore not-found -->\nThe image ${id}.\n`, [['not-found']]],
    ['a.lua', `-- ami-explorer: ignore\nlocal ami = "${id}"\n`, ['all']],
    ['a.ini', `; ami-explorer: ignore\nami = ${id}\n`, ['all']],
    ['a.yaml', `  #ami-explorer:ignore\r\n  ImageId: ${id}\r\n`, ['all']],
    [
      'a.yaml',
      `# ami-explorer: ignore disabled\nImageId: ${id} # ami-explorer: ignore deprecated\n`,
      [['disabled', 'deprecated']],
    ],
    ['a.yaml', `# ami-explorer: ignore\nImageId: ${id} # ami-explorer: ignore deprecated\n`, ['all']],
    ['a.yaml', `a: ${id}\n# ami-explorer: ignore\nb: ${id}\nc: ${id}\n`, [undefined, 'all', undefined]],
    [
      'a.yaml',
      `# ami-explorer: ignore disabled\n  # ami-explorer: ignore deprecated\r\na: ${id} # ami-explorer: ignore not-found\n`,
      [['disabled', 'deprecated', 'not-found']],
    ],
    ['a.yaml', `# ami-explorer: ignore\n# ami-explorer: ignore disabled\na: ${id}\nb: ${id}\n`, ['all', undefined]],
    [
      'a.yaml',
      `a: ${id} # ami-explorer: ignore disabled\n# ami-explorer: ignore deprecated\nb: ${id}\n`,
      [['disabled'], ['deprecated']],
    ],
    [
      'a.tf',
      `# ami-explorer: ignore deprecated\n# ami-explorer: ignore newer-image\nami = "${id}"\n`,
      [['deprecated', 'newer-image']],
    ],
    [
      'a.md',
      `<!-- ami-explorer: ignore newer-image --> <!-- ami-explorer: ignore deprecated -->\n${id}\n`,
      [['newer-image', 'deprecated']],
    ],
    ['a.md', `<!-- ami-explorer: ignore newer-image-->\n${id}\n`, [['newer-image']]],
    ['a.yaml', `# ami-explorer: ignore-file\na: ${id}\n`, [undefined]],
    ['a.txt', `# ami-explorer: ignore\r${id}\r${id}`, ['all', undefined]],
    ['a.yaml', `# ami-explorer: ignore\n\na: ${id}\n`, [undefined]],
    ['a.yaml', `note: ami-explorer: ignore\na: ${id}\n`, [undefined]],
    ['a.yaml', `# ami-explorer: ignored\na: ${id}\n`, [undefined]],
  ])('in %s: %j', async (path, text, expected) => {
    expect(await ignoredIn(path, text)).toEqual(expected);
  });

  it('stands above a lookup, or behind its head', async () => {
    const lookup = (above: string, behind: string) =>
      `${above}data "aws_ami" "a" {${behind}\n  most_recent = true\n  filter {\n    name   = "name"\n    values = ["web-*"]\n  }\n}\n`;
    expect(await ignoredIn('a.tf', lookup('# ami-explorer: ignore unsafe-lookup\n', ''))).toEqual([['unsafe-lookup']]);
    expect(await ignoredIn('a.tf', lookup('', ' # ami-explorer: ignore'))).toEqual(['all']);
    expect(await ignoredIn('a.tf', lookup('', ''))).toEqual([undefined]);
  });

  it('is read in one pass, however many there are in a line or a file', () => {
    const begun = process.cpuUsage();
    expect(ignoredRules('x # ami-explorer: ignore '.repeat(100_000))).toHaveLength(1);
    expect(ignoredRules('x # ami-explorer: ignore a\n'.repeat(100_000))).toHaveLength(100_000);
    const letters = (at: number) => String(at).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    const alone = Array.from({ length: 100_000 }, (_, at) => `# ami-explorer: ignore ${letters(at)}\n`);
    expect(ignoredRules(alone.join('')).map(({ rules }) => rules.length)).toEqual([100_000]);
    // 100 ms each; seconds where each looks for its line again.
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(1_500);
  });
});
