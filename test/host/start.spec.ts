import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { extension, pause, until } from './extension.ts';

/** Whether Node has loaded a file of `dist` into the extension host. */
async function isLoaded(file: string): Promise<boolean> {
  const { extensionPath } = await extension();
  const { cache } = createRequire(join(extensionPath, 'package.json'));
  return Object.keys(cache).some((loaded) => loaded.endsWith(join('dist', file)));
}

async function closeEditor(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await until(() => vscode.window.visibleTextEditors.length === 0);
}

describe('a window in which nothing was begun', () => {
  /** Parsers are in threads alone. */
  let threads = 0;
  const started = () => {
    threads += 1;
  };
  before(() => process.on('worker', started));
  after(() => process.off('worker', started));

  it('loads at its start what tells so, and nothing else, also with files that mention no image', async () => {
    await extension();
    const content = 'resource "aws_instance" "web" {\n}\n';
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
    // The look at the records is not waited for by the activation.
    await pause(1_000);
    assert.ok(await isLoaded('extension.cjs'));
    for (const file of ['main.cjs', 'aws-sdk.cjs', 'sample.cjs', 'proxy-agents.cjs']) {
      assert.equal(await isLoaded(file), false, file);
    }
    assert.equal(threads, 0);
    await closeEditor();
  });

  it('carries out, once, the command that comes first', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '' });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand(commands.insertImageId, 'ami-0123456789abcdef0');
    assert.ok(await isLoaded('main.cjs'));
    assert.equal(document.getText(), 'ami-0123456789abcdef0');
    await until(() => threads > 0);
    await closeEditor();
  });
});
