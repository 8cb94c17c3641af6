import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { VsCodeServer } from './install.ts';

export interface ServeOptions {
  readonly vscode: VsCodeServer;
  /** The data of the server and its users. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Written as the machine's settings; undefined leaves existing ones unchanged. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Lets the page's address name a test suite. Also suppresses notifications, so other users leave it off. */
  readonly smokeTestDriver?: boolean | undefined;
  /** Whether workspaces are trusted only once the user says so. */
  readonly workspaceTrust?: boolean | undefined;
  /** By default a free port. */
  readonly port?: number | undefined;
}

export interface ServedVsCode {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Everything that the server has printed. */
  readonly output: () => string;
  /** Resolves when the server has ended or was closed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** In ms; allows for a slow machine with a cold disk. */
const startTimeout = 60_000;

/** Settings of all VS Codes for tests and development: no prompts, no welcome pages, no telemetry. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
};

/**
 * Starts VS Code's server on the loopback address, and resolves once it listens. It ends with this process at the
 * latest.
 */
export async function serveVsCode(options: ServeOptions): Promise<ServedVsCode> {
  const { vscode, dataFolder, extensionsFolder, settings, env } = options;
  const machine = join(dataFolder, 'data', 'Machine');
  await mkdir(machine, { recursive: true });
  await mkdir(extensionsFolder, { recursive: true });
  if (settings) {
    await writeFile(join(machine, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
  const port = options.port ?? (await freePort());
  const child = spawn(
    vscode.node,
    [
      vscode.serverMain,
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    // In its own process group, so that its extension hosts can be ended with it.
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  let output = '';
  const kill = () => killTree(child);
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      process.off('exit', kill);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      reject(new Error(`VS Code's server did not listen in time:\n${output}`));
    }, startTimeout);
    const read = (data: Buffer) => {
      output += data.toString();
      if (output.includes('Extension host agent listening')) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended:\n${output}`));
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    ended,
    async close() {
      kill();
      await ended;
    },
  };
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // The process has ended in the meantime.
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('There is no free port.');
  }
  return address.port;
}

/** The URI of a file or folder in the served editor. */
export function remoteUri(path: string): string {
  return `vscode-remote://remote${path.split('\\').join('/')}`;
}
