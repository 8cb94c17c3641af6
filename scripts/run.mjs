// Runs a script of this folder on the Node version that package.json pins, and installs dependencies first where
// necessary. A fresh machine runs this file itself, so it is plain JavaScript for Node 20 without dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedPackages, withProgress } from './progress.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = '', ...args] = process.argv.slice(2);
const scripts = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  build: 'scripts/build.ts',
  package: 'scripts/package.ts',
  bench: 'bench/run.ts',
  timeline: 'bench/timeline.ts',
  check: 'scripts/check.ts',
  sampleServer: 'scripts/sampleServer.ts',
  screenshots: 'scripts/screenshots.ts',
};
const script = scripts[name];
if (!script) {
  fail(`Unknown script "${name}". There are: ${Object.keys(scripts).join(', ')}.`);
}

const stamp = join(root, 'node_modules', '.ami-explorer-lock');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
const lock = createHash('sha256').update(lockText).digest('hex');
if (!existsSync(node) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  await withProgress('Installing dependencies', installedPackages(root, JSON.parse(lockText)), install).catch(() =>
    fail('The dependencies could not be installed: see above.'),
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
const child = spawn(node, [join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});

/** Errors alone are shown: the progress is ours. */
function install() {
  const windows = process.platform === 'win32';
  const npm = spawn(
    windows ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
    {
      cwd: root,
      env: { ...process.env, npm_config_prefer_offline: 'true', NODE_ENV: 'development' },
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: windows,
    },
  );
  return new Promise((resolve, reject) => {
    npm.on('error', reject);
    npm.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm ci ended with ${code}.`))));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
