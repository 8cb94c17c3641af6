import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Files in a folder of each test of the suite in which this is called. */
export function filesOfTest() {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-test-'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    await writeFile(join(folder, name), text);
    return vscode.Uri.file(join(folder, name));
  };
  return {
    write,
    /** Without an editor. */
    open: async (name: string, text: string) => vscode.workspace.openTextDocument(await write(name, text)),
    show: async (name: string, text: string) =>
      (await vscode.window.showTextDocument(await write(name, text))).document,
  };
}
