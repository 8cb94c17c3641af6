import { readdir, readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, lint } from './lint.ts';

/** What each layer may import beside itself, of `modules` and `packages`. A folder stands for any file in it. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/contributions': [],
  'src/ec2': ['src/core', 'node:fs', '@aws-sdk/client-ec2', '@smithy/core/config'],
  'src/catalog': ['src/core', 'src/ec2', 'src/protocol', 'src/threads', 'node:fs'],
  'src/images': ['src/core', 'src/ec2/port.ts', 'src/catalog/port.ts', 'src/protocol/catalog.ts', 'node:fs'],
  'src/actions': ['src/core', 'src/images', 'src/ec2/port.ts', 'src/ec2/actionPort.ts', 'node:fs'],
  'src/code': ['src/core'],
  'src/hints': ['src/core', 'src/code', 'src/images', 'src/ec2/port.ts', 'src/catalog/port.ts'],
  'src/scan': ['src/core', 'src/code', 'src/threads', 'src/protocol/rpc.ts', 'node:fs'],
  'src/threads': ['src/protocol/rpc.ts', 'node:fs'],
  'src/check': ['src/core', 'src/code', 'src/hints', 'src/images', 'src/scan', 'src/ec2/port.ts', 'node:fs'],
  'src/protocol': ['src/core'],
  'src/ui': [
    ...['src/core', 'src/code', 'src/contributions', 'src/hints', 'src/images', 'src/actions', 'src/protocol'],
    ...['src/ec2/port.ts', 'src/catalog/port.ts', 'src/scan/port.ts', 'src/threads/inSlices.ts', 'vscode', 'node:fs'],
  ],
  'src/sample': ['src/core', 'node:fs'],
  media: ['src/core', 'src/protocol', 'lit'],
};

const packages = [
  ...['valibot', 'vscode', 'node:fs', 'node:fs/promises', '@aws-sdk/client-ec2', '@smithy/core/config'],
  ...['lit', 'lit/directive.js'],
];
const modules = [
  ...Object.keys(layers).map((layer) => `${layer}/some.ts`),
  ...Object.keys(layers).map((layer) => `${layer}/folder/some.ts`),
  ...['src/ec2/port.ts', 'src/ec2/actionPort.ts', 'src/catalog/port.ts', 'src/scan/port.ts'],
  ...['src/protocol/catalog.ts', 'src/protocol/rpc.ts', 'src/threads/inSlices.ts'],
  ...['src/main.ts', 'src/extension.ts', 'src/catalogDownload.ts', 'scripts/some.ts', 'test/some.ts', 'bench/some.ts'],
];

/** Files that import everything, at the depths that layers have. */
const importers = Object.keys(layers).flatMap((layer) =>
  ['', 'folder/', 'folder/within/'].map((folder) => ({ layer, path: `${layer}/${folder}importer.ts` })),
);

let found: readonly Diagnostic[];

beforeAll(async () => {
  const { overrides } = JSON.parse(await readFile('biome.json', 'utf8'));
  const files = importers.map(({ path }) => [
    path,
    importsOf(path)
      .map((name) => `import '${name}';`)
      .join('\n'),
  ]);
  found = await lint({ overrides }, Object.fromEntries(files));
}, 60_000);

describe('the linter lets a layer import what it may, and nothing else', () => {
  it.each(importers)('$path', ({ layer, path }) => {
    const refused = found
      .filter(({ category, location }) => category === 'lint/style/noRestrictedImports' && location.path === path)
      .map(({ location }) => [...modules, ...packages][location.start.line - 1]);
    const may = ['valibot', layer, ...(layers[layer] ?? [])];
    const mayNot = [...modules, ...packages].filter(
      (name) => !may.some((each) => name === each || name.startsWith(`${each}/`)),
    );
    expect(refused.sort()).toEqual(mayNot.sort());
  });

  it('of all the folders that there are', async () => {
    const folders = (await readdir('src', { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect([...folders.map(({ name }) => `src/${name}`), 'media'].sort()).toEqual(Object.keys(layers).sort());
  });
});

function importsOf(path: string): readonly string[] {
  const paths = modules
    .map((module) => relative(dirname(path), module))
    .map((to) => (to.startsWith('.') ? to : `./${to}`));
  return [...paths, ...packages];
}
