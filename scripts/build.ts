import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildContext, type BuildOptions, build, context, type Plugin } from 'esbuild';
import { writeContributions } from './contributions.ts';
import { literalSchemaKeys, namedErrorsOnly, noBrowserAgents } from './smallerSdk.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, 'dist');

/** What the extension loads at first use, by the module whose `import()` loads it. */
const chunks: readonly { readonly module: string; readonly file: string }[] = [
  { module: 'src/ec2/sdk.ts', file: 'aws-sdk' },
  { module: 'src/sample/inProcess.ts', file: 'sample' },
  { module: 'src/ec2/network/proxyAgents.ts', file: 'proxy-agents' },
];

/**
 * CommonJS, and `require` in the place of `import()`: VS Code hands extensions an `https` that knows the user's proxy, and
 * does so for `require` only.
 */
const host: BuildOptions = {
  format: 'cjs',
  platform: 'node',
  // The floor's Node, see engines.vscode.
  target: 'node22',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
};

const outputs: readonly BuildOptions[] = [
  { ...host, entryPoints: { extension: 'src/extension.ts' }, plugins: [chunksAsRequires()] },
  { ...host, entryPoints: { 'aws-sdk': 'src/ec2/sdk.ts' }, plugins: smallerSdk() },
  { ...host, entryPoints: { sample: 'src/sample/inProcess.ts' } },
  { ...host, entryPoints: { 'proxy-agents': 'src/ec2/network/proxyAgents.ts' } },
  { ...host, entryPoints: { 'catalog-search': 'src/catalog/threads/searchThread.ts' } },
  { ...host, entryPoints: { 'catalog-download': 'src/catalogDownload.ts' }, plugins: [chunksAsRequires()] },
  {
    entryPoints: {
      'media/details': 'media/details/main.ts',
      'media/catalog': 'media/catalog/main.ts',
      'media/codicon': 'media/codicon.css',
    },
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: 'media/[name]',
  },
];

/** Turns `import('./sdk.ts')` and the like into a require of the chunk's file beside `extension.cjs`. */
function chunksAsRequires(): Plugin {
  return {
    name: 'chunks-as-requires',
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
        const chunk = chunks.find(({ module }) => join(root, module) === join(resolveDir, path));
        return chunk && kind === 'dynamic-import' ? { path: `./${chunk.file}.cjs`, external: true } : undefined;
      });
    },
  };
}

/** Bundles into `dist/`, with package.json brought up to date before; with `watch`, again whenever a source changes, and resolves after the first time. */
export async function buildExtension(options: { readonly watch?: boolean } = {}): Promise<void> {
  const watch = options.watch ?? false;
  await writeContributions();
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const contexts: readonly BuildContext[] = await Promise.all(
    outputs.map((output) =>
      context({
        ...output,
        absWorkingDir: root,
        bundle: true,
        outdir,
        minify: !watch,
        sourcemap: watch ? 'linked' : false,
        legalComments: 'none',
        logLevel: 'warning',
      }),
    ),
  );
  await Promise.all(contexts.map((built) => built.rebuild()));
  await Promise.all(contexts.map((built) => (watch ? built.watch() : built.dispose())));
}

/** The first plugin that answers for a file has it: the one for a service's errors comes before the one for all. */
function smallerSdk(): Plugin[] {
  return [noBrowserAgents(), namedErrorsOnly(), literalSchemaKeys()];
}

/** The SDK's chunk alone, as it ships, for those who try or measure it. */
export async function buildSdkChunk(outfile: string): Promise<void> {
  await build({
    ...host,
    entryPoints: ['src/ec2/sdk.ts'],
    plugins: smallerSdk(),
    absWorkingDir: root,
    outfile,
    outExtension: {},
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

async function main(): Promise<void> {
  const watch = process.argv.includes('--watch');
  await buildExtension({ watch });
  for (const file of [
    'extension.cjs',
    'aws-sdk.cjs',
    'catalog-search.cjs',
    'catalog-download.cjs',
    'sample.cjs',
    'proxy-agents.cjs',
    'media/details.js',
    'media/catalog.js',
  ]) {
    const { size } = await stat(join(outdir, file));
    console.log(`dist/${file}  ${(size / 1000).toFixed(0)} kB`);
  }
  if (watch) {
    console.log('Watching for changes.');
  }
}

if (import.meta.main) {
  await main();
}
