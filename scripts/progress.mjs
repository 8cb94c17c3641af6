// Plain JavaScript for Node 20 without dependencies, since run.mjs needs it before anything is installed.
import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** ms between two looks at how far it is. */
const lookInterval = 400;

/** ms between two lines where they do not overwrite each other, as in a log. */
const lineInterval = 5_000;

/**
 * Shows how far something is while `work` runs, and how long it took: in one line of a terminal, else in a line from time
 * to time. Not on standard output, which is that of the script.
 *
 * @template T
 * @param {string} what
 * @param {() => string | Promise<string>} howFar asked again and again, one at a time; may be empty
 * @param {() => Promise<T>} work
 * @param {{ readonly isTTY?: boolean | undefined, readonly columns?: number | undefined, write(text: string): unknown }} output
 * @returns {Promise<T>}
 */
export async function withProgress(what, howFar, work, output = process.stderr) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1_000);
  let isOver = false;
  let shown = '';
  let shownAt = 0;
  const show = (text) => {
    const line = text ? `${what}: ${text}` : `${what} …`;
    if (output.isTTY) {
      // The seconds move on even where nothing else does, as while a large file is on its way.
      const timed = seconds() > 1 ? `${line}, ${seconds()} s` : line;
      output.write(`\r\u001b[K${timed.slice(0, (output.columns || 80) - 1)}`);
    } else if (line !== shown && Date.now() - shownAt >= lineInterval) {
      output.write(`${line}\n`);
      shownAt = Date.now();
      shown = line;
    }
  };
  const look = async () => {
    while (!isOver) {
      const text = await howFar();
      if (!isOver) {
        show(text);
      }
      await new Promise((resolve) => setTimeout(resolve, lookInterval));
    }
  };
  show('');
  // What cannot be measured is not shown.
  look().catch(() => {});
  try {
    const result = await work();
    isOver = true;
    output.write(`${output.isTTY ? '\r\u001b[K' : ''}${what}: done (${seconds()} s)\n`);
    return result;
  } catch (error) {
    isOver = true;
    if (output.isTTY) {
      output.write('\n');
    }
    throw error;
  }
}

/**
 * How many of a lock file's packages are in place. Optional ones, of which each platform has others, do not count.
 *
 * @param {string} root
 * @param {{ readonly packages: Record<string, { optional?: boolean, link?: boolean }> }} lock
 */
export function installedPackages(root, { packages }) {
  const left = new Set(
    Object.entries(packages).flatMap(([path, { optional, link }]) =>
      path.startsWith('node_modules/') && !link && !optional ? [path] : [],
    ),
  );
  const all = left.size;
  let last = '';
  return () => {
    for (const path of left) {
      if (existsSync(join(root, path, 'package.json'))) {
        left.delete(path);
        last = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      }
    }
    return `${all - left.size} of ${all} packages${last && ` (${last})`}`;
  };
}

/**
 * The bytes of the files in a folder, as far as they can be read.
 *
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function bytesIn(folder) {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      sum += await bytesIn(path);
    } else if (entry.isFile()) {
      sum += (await lstat(path).catch(() => ({ size: 0 }))).size;
    }
  }
  return sum;
}
