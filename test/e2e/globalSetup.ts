import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../vscode/chromium.ts';
import { cacheFolder, installVsCode, packageVersion, root } from '../vscode/install.ts';

/** Where the packaged extension is unpacked for all specs: what is missing from the package is missing here. */
export const installedExtensions = join(cacheFolder, 'e2e-extensions');

/** Installs VS Code, a browser and the packaged extension once, before the first spec. */
export async function setup(): Promise<void> {
  await findChromium();
  const vscode = await installVsCode('newest');
  const vsix = join(root, `ami-explorer-${await packageVersion()}.vsix`);
  if (!existsSync(vsix)) {
    throw new Error(`${vsix} is missing: run "npm run package" first.`);
  }
  await rm(installedExtensions, { recursive: true, force: true });
  await mkdir(installedExtensions, { recursive: true });
  await promisify(execFile)(vscode.node, [
    vscode.serverMain,
    ...['--install-extension', vsix, '--extensions-dir', installedExtensions],
    ...['--server-data-dir', join(cacheFolder, 'e2e-install'), '--accept-server-license-terms'],
  ]);
}
