import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildSdkChunk } from '../scripts/build.ts';
import { packageExtension } from '../scripts/package.ts';
import { root } from '../test/vscode/install.ts';
import { median, type Table } from './table.ts';

const loads = 9;

export interface BuiltSdks {
  readonly shipped: string;
  /** The same exports and the paginator, bundled with esbuild's defaults. */
  readonly plain: string;
}

export async function buildSdks(folder: string): Promise<BuiltSdks> {
  const shipped = join(folder, 'aws-sdk.cjs');
  const plain = join(folder, 'plain-sdk.cjs');
  await buildSdkChunk(shipped);
  await build({
    stdin: {
      contents: `export * from './src/ec2/sdk.ts'; export { paginateDescribeImages } from '@aws-sdk/client-ec2';`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: plain,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return { shipped, plain };
}

export async function sizesAndLoads({ shipped, plain }: BuiltSdks): Promise<Table> {
  const vsix = await packageExtension();
  return {
    title: 'Size and load time',
    columns: ['', 'size, kB', `load in a fresh Node, ms (median of ${loads})`, 'to reach'],
    rows: [
      ['packaged VSIX', await kilobytes(vsix), '', '≤ 2,000 kB'],
      ['loaded by every window at its start', await kilobytes(join(root, 'dist', 'extension.cjs')), '', '≤ 10 kB'],
      ['the rest, loaded at first use', await kilobytes(join(root, 'dist', 'main.cjs')), '', ''],
      ['SDK chunk, as shipped', await kilobytes(shipped), await loadTime(shipped), '≤ 450 kB, ≤ 60 ms'],
      ['plain SDK, same commands, esbuild’s defaults', await kilobytes(plain), await loadTime(plain), ''],
    ],
  };
}

async function kilobytes(file: string): Promise<string> {
  return ((await stat(file)).size / 1000).toFixed(0);
}

async function loadTime(file: string): Promise<string> {
  const script = `const s = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - s);`;
  const times: number[] = [];
  for (let run = 0; run < loads; run += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script]);
    times.push(Number(stdout));
  }
  return median(times).toFixed(0);
}
