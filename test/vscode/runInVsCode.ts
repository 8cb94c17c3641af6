import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { type BuildOptions, build } from 'esbuild';
import { type SampleServerOptions, startSampleServer } from '../../src/sample/httpServer.ts';
import { launchChromium } from './chromium.ts';
import { cacheFolder, installVsCode, root, type VsCodeVersion } from './install.ts';
import { isolatedEnvironment, localEndpoint } from './isolation.ts';
import { quietSettings, remoteUri, serveVsCode } from './serve.ts';

/** The longest time (ms) of a run inside VS Code, on a slow machine. */
const runTimeout = 1_200_000;

export interface VsCodeRun {
  readonly version: VsCodeVersion;
  /** The module whose `run()` VS Code calls in its extension host; it is bundled first. */
  readonly entry: string;
  /** Variables of the extension host, besides those of the sample account's endpoint. */
  readonly env?: Readonly<Record<string, string>>;
  readonly sample?: SampleServerOptions;
  /** Options for bundling the module. */
  readonly bundle?: Pick<BuildOptions, 'plugins' | 'supported'>;
}

/**
 * Calls a module's `run()` inside VS Code on a new sample account. Returns the JSON that the module wrote to the file
 * in `AMI_EXPLORER_HOST_REPORT`.
 *
 * Uses @vscode/test-electron where VS Code can be downloaded and there is a display, otherwise the server from the npm
 * registry with a browser as its window.
 */
export async function runInVsCode({ version, entry, env: more, sample: options, bundle }: VsCodeRun): Promise<unknown> {
  const suite = join(cacheFolder, 'host', `${basename(entry, '.ts')}.cjs`);
  await build({
    entryPoints: [entry],
    outfile: suite,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
    ...bundle,
  });
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-host-'));
  const sample = await startSampleServer({ pendingSeconds: 2, ...options });
  try {
    const report = join(folder, 'report.json');
    const env = await isolatedEnvironment(folder, {
      ...localEndpoint(sample.url),
      AMI_EXPLORER_HOST_REPORT: report,
      ...more,
    });
    const workspace = join(folder, 'workspace');
    await mkdir(workspace, { recursive: true });
    if (await canDownload()) {
      await inElectron(version, folder, workspace, suite, env);
    } else {
      await inServer(version, folder, workspace, suite, env, report);
    }
    return JSON.parse(await readFile(report, 'utf8'));
  } finally {
    await sample.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `AMI_EXPLORER_VSCODE` (`electron` or `server`) takes precedence. */
async function canDownload(): Promise<boolean> {
  const chosen = process.env['AMI_EXPLORER_VSCODE'];
  if (chosen) {
    return chosen === 'electron';
  }
  if (process.platform === 'linux' && !process.env['DISPLAY']) {
    return false;
  }
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(5_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function inElectron(
  version: VsCodeVersion,
  folder: string,
  workspace: string,
  suite: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  await runTests({
    version: version === 'newest' ? 'stable' : '1.110.0',
    cachePath: cacheFolder,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      '--user-data-dir',
      join(folder, 'user'),
      '--disable-extensions',
      '--disable-workspace-trust',
    ],
  });
}

async function inServer(
  version: VsCodeVersion,
  folder: string,
  workspace: string,
  suite: string,
  env: NodeJS.ProcessEnv,
  report: string,
): Promise<void> {
  const vscode = await installVsCode(version);
  const served = await serveVsCode({
    vscode,
    dataFolder: join(folder, 'data'),
    extensionsFolder: join(folder, 'extensions'),
    settings: quietSettings,
    env,
    smokeTestDriver: true,
  });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url });
    const page = await context.newPage();
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remoteUri(root)],
      ['extensionTestsPath', remoteUri(suite)],
    ]);
    const consoleMessages: string[] = [];
    page.on('console', (message) => consoleMessages.push(message.text()));
    await page.goto(`${served.url}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`);
    await waitFor(
      () => existsSync(report),
      runTimeout,
      () => consoleMessages.slice(-20).join('\n'),
    );
  } finally {
    await browser.close();
    await served.close();
  }
}

async function waitFor(condition: () => boolean, timeout: number, explain: () => string): Promise<void> {
  const end = Date.now() + timeout;
  while (!condition()) {
    if (Date.now() > end) {
      throw new Error(`VS Code reported nothing in time. Its last messages:\n${explain()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
