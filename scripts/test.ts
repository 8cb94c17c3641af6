import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, root, type VsCodeVersion } from '../test/vscode/install.ts';
import { runHostSuite } from '../test/vscode/runHostSuite.ts';
import { buildExtension } from './build.ts';
import { packageExtension } from './package.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly name: string;
  readonly what: string;
  readonly run: (grep: string | undefined) => Promise<Counts>;
}

const stages: readonly Stage[] = [
  { name: 'lint', what: 'format and lint', run: () => command('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'knip', what: 'unused code and dependencies, also what tests alone use', run: checkUnused },
  { name: 'types', what: 'types', run: checkTypes },
  { name: 'unit', what: 'unit tests', run: (grep) => vitest('unit', grep) },
  { name: 'contract', what: 'contract with EC2: sample account and moto', run: (grep) => vitest('contract', grep) },
  { name: 'build', what: 'build and package', run: buildAndPackage },
  { name: 'host', what: 'inside VS Code, newest', run: (grep) => host('newest', grep) },
  { name: 'floor', what: 'inside VS Code, oldest supported', run: (grep) => host('floor', grep) },
  { name: 'e2e', what: 'the packaged extension, driven as a person does', run: (grep) => vitest('e2e', grep) },
];

const one = { passed: 1, failed: 0, skipped: 0 };
const none = { passed: 0, failed: 1, skipped: 0 };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
  const only = values.only?.split(',').map((name) => name.trim());
  const unknown = only?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`--only takes ${stages.map((stage) => stage.name).join(', ')}, not ${unknown.join(', ')}.`);
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages) {
    if (only && !only.includes(stage.name)) {
      continue;
    }
    console.log(`\n== ${stage.name}: ${stage.what}`);
    const start = performance.now();
    const counts = await stage.run(values.grep).catch((error: unknown) => {
      console.log(error instanceof Error ? (error.stack ?? error.message) : error);
      return none;
    });
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    console.log(`   ${summary(counts)} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  }
  console.log(`\n${summary(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Runs a tool of node_modules, and prints its output when it fails. */
async function command(name: string, args: readonly string[]): Promise<Counts> {
  const { code, output } = await run(join(root, 'node_modules', '.bin', name), args);
  if (code !== 0) {
    console.log(output);
  }
  return code === 0 ? one : none;
}

function checkUnused(): Promise<Counts> {
  return commands('knip', [[], ['--production']]);
}

function checkTypes(): Promise<Counts> {
  return commands(
    'tsc',
    ['.', 'src/core', 'src/code', 'media', 'test/media', 'test/e2e'].map((project) => ['--project', project]),
  );
}

/** Runs a tool several times in parallel. */
async function commands(name: string, calls: readonly (readonly string[])[]): Promise<Counts> {
  const results = await Promise.all(calls.map((args) => command(name, args)));
  return {
    passed: results.filter(({ passed }) => passed > 0).length,
    failed: results.filter(({ failed }) => failed > 0).length,
    skipped: 0,
  };
}

/** The part of vitest's JSON report, which has Jest's form, that is used here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly { readonly status: string; readonly name: string; readonly message: string }[];
}

async function vitest(project: string, grep: string | undefined): Promise<Counts> {
  const report = join(cacheFolder, `report-${project}.json`);
  await mkdir(cacheFolder, { recursive: true });
  const { code, output } = await run(join(root, 'node_modules', '.bin', 'vitest'), [
    'run',
    ...['--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--silent=passed-only'],
    ...(grep ? ['--testNamePattern', grep] : []),
  ]);
  const result: VitestReport = JSON.parse(await readFile(report, 'utf8'));
  // A file that fails before its first test counts too.
  const brokenFiles = result.testResults.filter((file) => file.status === 'failed' && file.message !== '').length;
  const failed = result.numFailedTests + brokenFiles || (code === 0 ? 0 : 1);
  const notes = output.split('\n').filter((line) => line.includes('skipped:'));
  console.log(failed > 0 ? output : notes.map((line) => `   ${line.trim()}`).join('\n'));
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests };
}

async function buildAndPackage(): Promise<Counts> {
  await buildExtension();
  await packageExtension();
  return one;
}

async function host(version: VsCodeVersion, grep: string | undefined): Promise<Counts> {
  const outcomes = await runHostSuite(version, grep);
  const count = (state: string) => outcomes.filter((outcome) => outcome.state === state).length;
  for (const { title, error } of outcomes.filter((outcome) => outcome.state === 'failed')) {
    console.log(`   FAILED ${title}\n${error ?? ''}`);
  }
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

async function run(
  file: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
    shell: process.platform === 'win32',
  });
  let output = '';
  const read = (data: Buffer) => {
    output += data.toString();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.off('exit', stop);
  return { code, output };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}
await main();
