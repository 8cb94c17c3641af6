import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { FileToScan } from '../scan/port.ts';

const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules', '.terraform', '.venv', '__pycache__']);

/** The files of paths, which are files or folders. @throws the error of a path that cannot be read */
export async function findFiles(paths: readonly string[], cwd: string): Promise<readonly FileToScan[]> {
  const found: FileToScan[] = [];
  for (const path of paths) {
    const root = resolve(cwd, path);
    const named = (file: string) => relative(cwd, file).split(sep).join('/');
    if ((await stat(root)).isFile()) found.push({ file: root, path: named(root) });
    else for await (const file of filesIn(root)) found.push({ file, path: named(file) });
  }
  return found;
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !leftOut.has(basename(path))) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}
