import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { lint } from '../build/lint.ts';

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

it('the linter refuses commands and context keys that go past the tables', async () => {
  // The plugins of the real configuration, with the files that it includes for them.
  const { plugins } = JSON.parse(await readFile('biome.json', 'utf8'));
  const absolute = plugins.map((plugin: string | { path: string }) =>
    typeof plugin === 'string' ? resolve(plugin) : { ...plugin, path: resolve(plugin.path) },
  );
  const code = lines.map(([line]) => line).join('\n');
  const found = await lint({ plugins: absolute }, { 'src/ui/made.ts': code, 'test/host/made.ts': code });
  const refused = found.filter(({ category }) => category === 'plugin');
  expect(refused.filter(({ location }) => location.path.startsWith('test/'))).toEqual([]);
  expect(refused.map(({ location, message }) => [lines[location.start.line - 1]?.[0], message])).toEqual(
    lines.filter(([, refusal]) => refusal !== undefined),
  );
});
