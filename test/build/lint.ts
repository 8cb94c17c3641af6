import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The part of Biome's report that is used here. */
export interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

/** What the linter finds in files (texts by path) with a configuration, in a folder of their own. */
export async function lint(
  configuration: object,
  files: Readonly<Record<string, string>>,
): Promise<readonly Diagnostic[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...configuration, root: true }));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome');
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    });
    return JSON.parse(stdout).diagnostics;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
