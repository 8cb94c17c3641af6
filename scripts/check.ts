import { globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildCheck } from './build.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundled = join(root, 'dist', 'check.cjs');

if (isStale()) {
  await buildCheck();
}
// Paths begin where the user stands, not at the root, where npm runs scripts.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());
await import(pathToFileURL(bundled).href);

function isStale(): boolean {
  const built = statSync(bundled, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['src/**/*.ts', 'scripts/*.ts', 'package-lock.json'], { cwd: root });
  return sources.some((file) => statSync(join(root, file)).mtimeMs > built);
}
