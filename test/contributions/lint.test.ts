import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { lint } from '../build/lint.ts';

const registered = 'Commands are registered through src/ui/lazy/lazyCommands.ts.';
const toPlain = 'Text from outside reaches the editor through plain() or plainFacts() of src/ui/shared/plainText.ts.';
const set = 'Context keys are set through src/ui/shared/setContextKey.ts.';

/** A line of code, with what the linter says of it. */
type Line = readonly [code: string, refusal?: string];

const tableLines: readonly Line[] = [
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

const textLines: readonly Line[] = [
  ["import * as vscode from 'vscode';"],
  ["export const a = vscode.l10n.t('{0}', image.name);", toPlain],
  ["export const b = vscode.l10n.t('{0}', plain(image.name));"],
  ["export const c = vscode.l10n.t('{0}', titleOf(image.name));", toPlain],
  ['item.tooltip = image.description;', toPlain],
];

it('the linter refuses commands and context keys that go past the tables, but in tests', async () => {
  expect(await refused('src/ui/made.ts', tableLines)).toEqual(tableLines.filter(([, refusal]) => refusal));
  expect(await refused('test/host/made.ts', tableLines)).toEqual([]);
});

it('the linter refuses text from outside that nothing has made plain', async () => {
  expect(await refused('src/ui/made.ts', textLines)).toEqual(textLines.filter(([, refusal]) => refusal));
});

/** The lines of a file that the plugins of the real configuration refuse, with what they say. */
async function refused(path: string, lines: readonly Line[]): Promise<readonly Line[]> {
  const { plugins } = JSON.parse(await readFile('biome.json', 'utf8'));
  const absolute = plugins.map((plugin: string | { path: string }) =>
    typeof plugin === 'string' ? resolve(plugin) : { ...plugin, path: resolve(plugin.path) },
  );
  const found = await lint({ plugins: absolute }, { [path]: lines.map(([line]) => line).join('\n') });
  return found
    .filter(({ category }) => category === 'plugin')
    .map(({ location, message }): Line => [lines[location.start.line - 1]?.[0] ?? '', message]);
}
