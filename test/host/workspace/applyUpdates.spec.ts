import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { applyUpdates } from '../../../src/ui/workspace/updates/applyUpdates.ts';
import type { FoundUpdate } from '../../../src/ui/workspace/updates/chooseUpdates.ts';
import { anImage } from '../../core/anImage.ts';
import { idReference } from '../../hints/references.ts';
import { closeEditors, extension } from '../extension.ts';

const [from, to] = [anImage({ id: 'ami-0a1b2c3d4e5f60718' }), anImage({ id: 'ami-0b1c2d3e4f5061728' })];
const text = `image ${from.id}\n`;

/** Files that nobody can write to, each with this text: what the user may write to says nothing of them. */
class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = () => new vscode.Disposable(() => {});
  stat = () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length });
  readFile = () => Buffer.from(text);
  readDirectory = () => [];
  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}

/** An update of the id of a file with this text. */
function updateIn(uri: vscode.Uri): FoundUpdate {
  const span = { start: 6, end: 6 + from.id.length };
  const reference = idReference(from.id, ['us-east-1'], { span });
  const resolved = { reference, images: [], elsewhere: [], elsewhereErrors: [], was: undefined };
  const place = { id: from.id, span, index: 0, count: 1 };
  return {
    resolved,
    from,
    to,
    why: 'newer',
    isCertain: true,
    found: { uri, path: uri.path, line: 0, reference, place },
  };
}

describe('updates of ids in files', () => {
  let folder: string;
  before(async () => {
    await extension();
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-updates-'));
  });
  after(async () => {
    await closeEditors();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('leave files as they are that are read-only or gone, and replace the ids of the others', async () => {
    const provider = vscode.workspace.registerFileSystemProvider('made-up', new ReadOnlyFiles(), { isReadonly: true });
    try {
      const file = vscode.Uri.file(join(folder, 'a.txt'));
      await writeFile(file.fsPath, text);
      const readOnly = vscode.Uri.parse('made-up:/b.txt');
      const gone = vscode.Uri.file(join(folder, 'gone.txt'));
      await applyUpdates([readOnly, gone, file].map(updateIn));
      const textOf = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();
      assert.equal(await textOf(file), `image ${to.id}\n`);
      assert.equal(await textOf(readOnly), text);
    } finally {
      provider.dispose();
    }
  });
});
