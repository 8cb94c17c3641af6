import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const registered = 'Commands are registered through src/ui/lazy/lazyCommands.ts.';
const set = 'Context keys are set through src/ui/shared/setContextKey.ts.';

const lines: readonly (readonly [code: string, refusal?: string])[] = [
  ["import * as vscode from 'vscode';"],
  ["import { commands } from 'vscode';", registered],
  ["vscode.commands.registerCommand('x', () => undefined);", registered],
  ["vscode.commands.registerTextEditorCommand('x', () => undefined);", registered],
  ['const { registerCommand } = vscode.commands;', registered],
  ["void vscode.commands.executeCommand('setContext', 'x', true);", set],
  ['void vscode.commands.executeCommand("setContext", \'x\', true);', set],
  ["void vscode.commands.executeCommand(`setContext`, 'x', true);", set],
  ['const { commands: all } = vscode;', registered],
  ["void vscode.commands.executeCommand('vscode.open');"],
];

/** The part of Biome's report that is used here. */
interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly message: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

it('the linter refuses commands and context keys that go past the tables', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    // The plugins of the real configuration, with the files that it includes for them.
    const { plugins } = JSON.parse(await readFile('biome.json', 'utf8'));
    const absolute = plugins.map((plugin: string | { path: string }) =>
      typeof plugin === 'string' ? resolve(plugin) : { ...plugin, path: resolve(plugin.path) },
    );
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ root: true, plugins: absolute }));
    const code = lines.map(([line]) => line).join('\n');
    for (const path of ['src/ui/made.ts', 'test/host/made.ts']) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), code);
    }
    const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome');
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { diagnostics }: Report = JSON.parse(stdout);
    const refused = diagnostics.filter(({ category }) => category === 'plugin');
    expect(refused.filter(({ location }) => location.path.startsWith('test/'))).toEqual([]);
    expect(refused.map(({ location, message }) => [lines[location.start.line - 1]?.[0], message])).toEqual(
      lines.filter(([, refusal]) => refusal !== undefined),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
