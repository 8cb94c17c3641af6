import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, installVsCode, packageVersion, root } from '../test/vscode/install.ts';
import { quietSettings, serveVsCode } from '../test/vscode/serve.ts';
import { buildExtension } from './build.ts';
import { withProgress } from './progress.mjs';

const folder = join(cacheFolder, 'start');

interface Options {
  readonly port: number | undefined;
  readonly open: boolean;
  /** The folder that the editor opens. */
  readonly folder: string;
}

async function main(): Promise<void> {
  const options = readOptions();
  await withProgress(
    'Building the extension',
    () => '',
    () => buildExtension(),
  );
  const vscode = await installVsCode('newest');
  const dataFolder = join(folder, 'data');
  const extensionsFolder = join(folder, 'extensions');
  await linkExtensions(extensionsFolder);
  const workspace = options.folder || (await sampleWorkspace());
  const ownSettings = await settings(dataFolder);
  const served = await withProgress(
    `Starting VS Code ${vscode.version}`,
    () => '',
    () =>
      serveVsCode({
        vscode,
        dataFolder,
        extensionsFolder,
        settings: ownSettings,
        env: process.env,
        port: options.port,
      }),
  );
  const address = `${served.url}/?folder=${encodeURIComponent(workspace)}`;
  console.log(`\nVS Code with AMI Explorer, on the sample account, is at\n\n  ${address}\n\nCtrl+C stops it.`);
  console.log(nextStep(options.open));
  if (options.open) {
    openInBrowser(address);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void served.close());
  }
  await served.ended;
}

function nextStep(opened: boolean): string {
  const images = 'in the Images view, click “Owned by me”, then an image.';
  return opened ? `It opens in your browser: ${images}` : `Click the address, or open it in a browser. Then, ${images}`;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      open: { type: 'boolean', default: true },
      folder: { type: 'string' },
    },
    allowNegative: true,
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  const chosen = values.folder === undefined ? '' : resolve(process.env['INIT_CWD'] ?? '', values.folder);
  if (chosen && !existsSync(chosen)) {
    throw new Error(`--folder: ${chosen} does not exist.`);
  }
  const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  return { port, open: values.open && display && !process.env['CI'], folder: chosen };
}

/**
 * Links the checkout as the installed extension, so that a change shows after a build and a reload of the window, and
 * beside it what opens the first window on it.
 */
async function linkExtensions(extensionsFolder: string): Promise<void> {
  await rm(extensionsFolder, { recursive: true, force: true });
  await mkdir(extensionsFolder, { recursive: true });
  const link = (name: string, folder: string) =>
    symlink(folder, join(extensionsFolder, `ami-explorer.${name}`), 'junction');
  await link(`ami-explorer-${await packageVersion()}`, root);
  await link('first-window-1.0.0', join(root, 'scripts', 'firstWindow'));
}

/** The user's own settings take precedence over those for the sample account. */
async function settings(dataFolder: string): Promise<Record<string, unknown>> {
  const file = join(dataFolder, 'data', 'Machine', 'settings.json');
  const own: Record<string, unknown> = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  return { ...quietSettings, 'amiExplorer.profile': '@sample', ...own };
}

async function sampleWorkspace(): Promise<string> {
  const workspace = join(folder, 'workspace');
  if (!existsSync(workspace)) {
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'test', 'fixtures', 'workspace'), workspace, { recursive: true });
  }
  return workspace;
}

function openInBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  // Without a browser, the printed address is enough.
  spawn(command ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
