import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { cacheFolder, installOnce, npmInstall } from './install.ts';

/** The npm registry's Chromium, for machines without a browser. */
const npmChromium = '153.0.0';

/** Usual paths of Chrome, Chromium and Edge. */
const installed: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium at `CHROMIUM_PATH`, an installed one, Debian's on a CI machine, or the npm registry's. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    return named;
  }
  return installed.find((path) => existsSync(path)) ?? (await chromiumFromDebian()) ?? (await chromiumFromNpm());
}

/**
 * Only on a CI machine with root. Preferred to the npm registry's Chromium, which has a single font and fails on
 * pages that ask for another.
 */
async function chromiumFromDebian(): Promise<string | undefined> {
  const path = '/usr/bin/chromium';
  if (!process.env['CI'] || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return undefined;
  }
  console.log("Installing Debian's chromium for tests (once) …");
  const aptGet = (...args: readonly string[]) =>
    promisify(execFile)('apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64_000_000,
    });
  try {
    await aptGet('update');
    await aptGet('install', '--yes', '--no-install-recommends', 'chromium');
  } catch (error) {
    console.log(`It could not be installed: ${error instanceof Error ? error.message : error}`);
  }
  return existsSync(path) ? path : undefined;
}

export async function launchChromium(options: { readonly headless?: boolean } = {}): Promise<Browser> {
  const executablePath = await findChromium();
  return chromium.launch({
    executablePath,
    headless: options.headless ?? true,
    env: { ...process.env, ...(executablePath.startsWith(npmFolder) ? ownLibraries() : {}) },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const npmFolder = join(cacheFolder, `chromium-${npmChromium}`);

async function chromiumFromNpm(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge was found. Name one in CHROMIUM_PATH.');
  }
  await installOnce(npmFolder, `Chromium ${npmChromium}`, async (target) => {
    await npmInstall(target, `@sparticuz/chromium@${npmChromium}`);
    await unpack(target);
  });
  return join(npmFolder, 'chromium');
}

/** The package unpacks itself into the folder for temporary files, and its libraries only where it detects Lambda. */
async function unpack(target: string): Promise<void> {
  const entry = createRequire(join(target, 'package.json')).resolve('@sparticuz/chromium');
  const script = `
    process.env.TMPDIR = ${JSON.stringify(target)};
    const { default: chromium, inflate } = await import(${JSON.stringify(pathToFileURL(entry).href)});
    await chromium.executablePath();
    const bin = ${JSON.stringify(join(target, 'node_modules', '@sparticuz', 'chromium', 'bin'))};
    if (inflate) await inflate(bin + '/al2023.tar.br');
  `;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: target,
    env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  const names = await readdir(target);
  if (!names.includes('chromium')) {
    throw new Error(`@sparticuz/chromium did not unpack: ${names.join(', ')}`);
  }
  await rm(join(target, 'node_modules'), { recursive: true, force: true });
}

/** The shared libraries and fonts of the npm registry's Chromium, for machines without a desktop. */
function ownLibraries(): Record<string, string> {
  const libraries = join(npmFolder, 'al2023', 'lib');
  return {
    LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    // Its fonts are used only on a machine without any: it fails on pages that ask for a font that they lack.
    ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(npmFolder, 'fonts') }),
  };
}
