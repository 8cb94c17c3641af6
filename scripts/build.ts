import { globSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildContext, type BuildOptions, build, context, type Plugin } from 'esbuild';
import { writeContributions } from './contributions.ts';
import { writeEnglishBundle } from './l10n.ts';
import { literalSchemaKeys, namedErrorsOnly, noBrowserAgents } from './smallerSdk.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, 'dist');

/** Chunks loaded at first use, by the module that the source imports dynamically. */
const chunks: readonly { readonly module: string; readonly file: string }[] = [
  { module: 'src/main.ts', file: 'main' },
  { module: 'src/ec2/sdk.ts', file: 'aws-sdk' },
  { module: 'src/sample/inProcess.ts', file: 'sample' },
  { module: 'src/ec2/network/proxyAgents.ts', file: 'proxy-agents' },
  { module: 'src/code/readers/programReaders.ts', file: 'read-programs' },
  { module: 'src/code/insertion/placedCode.ts', file: 'place-code' },
];

/**
 * CommonJS, with `require` instead of `import()`: VS Code gives extensions a proxy-aware `https` only through
 * `require`.
 */
const host: BuildOptions = {
  format: 'cjs',
  platform: 'node',
  // The Node of the oldest supported VS Code, see engines.vscode.
  target: 'node22',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
};

/** `extension` is what every window loads at its start. */
const extension: BuildOptions = {
  ...host,
  entryPoints: { extension: 'src/extension.ts', main: 'src/main.ts' },
  plugins: [chunksAsRequires()],
};

const chunkOutputs: readonly BuildOptions[] = chunks
  .filter(({ file }) => file !== 'main')
  .map(({ module, file }) => ({
    ...host,
    entryPoints: { [file]: module },
    plugins: file === 'aws-sdk' ? smallerSdk() : [],
  }));

const check: BuildOptions = { ...host, entryPoints: { check: 'src/check.ts' }, plugins: [chunksAsRequires()] };

const outputs: readonly BuildOptions[] = [
  extension,
  check,
  ...chunkOutputs,
  { ...host, entryPoints: { scan: 'src/scan/scanThread.ts' }, plugins: [chunksAsRequires()] },
  { ...host, entryPoints: { 'catalog-search': 'src/catalog/threads/searchThread.ts' } },
  { ...host, entryPoints: { 'catalog-download': 'src/catalogDownload.ts' }, plugins: [chunksAsRequires()] },
  {
    entryPoints: { ...pageEntries(), 'media/codicon': 'media/codicon.css' },
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: 'media/[name]',
  },
];

/** Each folder in `media` with a `main.ts` is a panel's page, in files of the folder's name. */
function pageEntries(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    globSync('media/*/main.ts', { cwd: root }).map((main) => [`media/${basename(dirname(main))}`, main]),
  );
}

/** Turns `import('./sdk.ts')` and other imports of chunks into a `require` of the file in `dist/`. */
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

export interface BuiltFile {
  /** From the root. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Updates package.json and the English texts, and bundles into `dist/`. With `watch`, resolves after the first build and
 * rebuilds on each change. With `readable`, names and lines stay as they are.
 */
export async function buildExtension(
  options: { readonly watch?: boolean; readonly readable?: boolean } = {},
): Promise<readonly BuiltFile[]> {
  const { watch = false, readable = watch } = options;
  await writeContributions();
  await writeEnglishBundle();
  await rm(outdir, { recursive: true, force: true });
  return bundle(outputs, watch, readable);
}

/** Bundles `check.cjs` and the chunks, and leaves the rest of the folder as it is. */
export async function buildCheck(folder = outdir): Promise<void> {
  await bundle([check, ...chunkOutputs], false, false, folder);
}

async function bundle(
  some: readonly BuildOptions[],
  watch: boolean,
  readable: boolean,
  folder = outdir,
): Promise<readonly BuiltFile[]> {
  await mkdir(folder, { recursive: true });
  const contexts: readonly BuildContext[] = await Promise.all(
    some.map((output) =>
      context({
        ...output,
        absWorkingDir: root,
        bundle: true,
        outdir: folder,
        minify: !readable,
        sourcemap: watch ? 'linked' : false,
        legalComments: 'none',
        logLevel: 'warning',
        metafile: true,
      }),
    ),
  );
  const results = await Promise.all(contexts.map((built) => built.rebuild()));
  await Promise.all(contexts.map((built) => (watch ? built.watch() : built.dispose())));
  return results
    .flatMap(({ metafile }) => Object.entries(metafile?.outputs ?? {}))
    .map(([path, { bytes }]) => ({ path, size: bytes }));
}

/** In order of precedence: esbuild uses the first plugin that handles a file. */
function smallerSdk(): Plugin[] {
  return [noBrowserAgents(), namedErrorsOnly(), literalSchemaKeys()];
}

export interface HostBundle {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** The files that it is made of, by their paths from the root. */
  readonly sources: readonly string[];
  /** The chunks that it loads at first use. */
  readonly loads: readonly string[];
}

/** Builds the extension's own bundles in memory, as they ship, for tests of what is in them. */
export async function hostBundles(): Promise<readonly HostBundle[]> {
  const { metafile } = await build({
    ...extension,
    absWorkingDir: root,
    outdir,
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    metafile: true,
  });
  return Object.entries(metafile.outputs).map(([path, { bytes, inputs, imports }]) => ({
    file: basename(path),
    size: bytes,
    sources: Object.keys(inputs).sort(),
    loads: imports.map(({ path: loaded }) => loaded).filter((loaded) => loaded.startsWith('./')),
  }));
}

/** Builds only the SDK's chunk, as it ships, for tests and benchmarks. */
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
  const built = await buildExtension({ watch });
  for (const { path, size } of built.filter(({ path }) => /\.c?js$/.test(path))) {
    console.log(`${path}  ${(size / 1000).toFixed(0)} kB`);
  }
  if (watch) {
    console.log('Watching for changes.');
  }
}

if (import.meta.main) {
  await main();
}
