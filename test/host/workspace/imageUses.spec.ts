import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ThreadScanner } from '../../../src/scan/threadScanner.ts';
import { imageUsesIn } from '../../../src/ui/workspace/imageUses.ts';
import { WorkspaceSearch } from '../../../src/ui/workspace/workspaceSearch.ts';
import { closeEditors, extension, until } from '../extension.ts';

const id = 'ami-0a1b2c3d4e5f60718';
const lines = ['# web', id, '', '', '', '', id, ''];

describe('the places where the workspace names an image', () => {
  let file: string | undefined;
  let search: WorkspaceSearch | undefined;
  let scanner: ThreadScanner | undefined;

  before(async function () {
    // The oldest editor is installed without the program that searches files.
    const isSearching = await vscode.workspace.findFiles('**/*', undefined, 1).then(
      () => true,
      () => false,
    );
    if (!isSearching) this.skip();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    file = join(folder.uri.fsPath, 'uses.txt');
    await writeFile(file, lines.join('\n'));
    scanner = new ThreadScanner({ thread: join((await extension()).extensionPath, 'dist', 'scan.cjs') });
    search = new WorkspaceSearch({ scanner, log: vscode.window.createOutputChannel('uses of a test', { log: true }) });
  });
  after(async () => {
    search?.dispose();
    await scanner?.dispose();
    await closeEditors();
    if (file) await rm(file, { force: true });
  });

  it('are opened where they are now: the closest one of a file that has changed since they were shown', async () => {
    assert.ok(search && file);
    const uses = imageUsesIn(search);
    const shown = () => uses.of(id)?.places ?? [];
    await until(
      () =>
        shown()
          .map(({ line }) => line)
          .join() === '2,7',
    );
    const [first, second] = shown();
    assert.ok(first && second);
    const selected = () => vscode.window.activeTextEditor?.selection.start.line;
    await uses.open(id, second.place);
    assert.equal(selected(), 6);
    await writeFile(file, ['# more', '# and more', ...lines].join('\n'));
    await until(
      () =>
        shown()
          .map(({ line }) => line)
          .join() === '4,9',
    );
    await until(() => vscode.window.activeTextEditor?.document.lineCount === lines.length + 2);
    await uses.open(id, second.place);
    assert.equal(selected(), 8);
    const { document, selection } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.getText(selection), id);
    await uses.open(id, first.place);
    assert.equal(selected(), 3);
  });
});
