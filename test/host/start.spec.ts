import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { extension, until } from './extension.ts';

/** Whether Node has loaded a file of `dist` into the extension host. */
async function isLoaded(file: string): Promise<boolean> {
  const { extensionPath } = await extension();
  const { cache } = createRequire(join(extensionPath, 'package.json'));
  return Object.keys(cache).some((loaded) => loaded.endsWith(join('dist', file)));
}

describe('a window in which nothing was begun', () => {
  it('loads at its start what tells so, and nothing else', async () => {
    await extension();
    // The look at the records is not waited for by the activation.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.ok(await isLoaded('extension.cjs'));
    assert.equal(await isLoaded('main.cjs'), false);
  });

  it('carries out, once, the command that comes first', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '' });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand(commands.insertImageId, 'ami-0123456789abcdef0');
    assert.ok(await isLoaded('main.cjs'));
    assert.equal(document.getText(), 'ami-0123456789abcdef0');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => vscode.window.visibleTextEditors.length === 0);
  });
});
