import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findImageIds } from '../../../src/code/imageIds.ts';
import type { Reference } from '../../../src/code/reference.ts';
import { referencesOf } from '../../../src/code/references.ts';
import type { FileStatements } from '../../../src/code/regions/explainedNames.ts';
import type { FileScan, SourceFile } from '../../../src/code/scanText.ts';
import type { TextScanner } from '../../../src/scan/port.ts';
import { TextScans } from '../../../src/scan/textScans.ts';
import { type DocumentReferences, OpenReferences } from '../../../src/ui/code/openReferences.ts';
import { closeEditors, extension, pause, until } from '../extension.ts';

const id = 'ami-0abcdef1234567890';
const { token } = new vscode.CancellationTokenSource();

/** A delay (ms) that a busy editor does not take from one edit to the next. */
const slowly = 3_000;

/** Finds ids whose region is the one that a provider of the folder has, and counts the texts. */
class ProviderScanner implements TextScanner {
  readonly texts: SourceFile[] = [];

  async references(file: SourceFile, sisters: readonly FileStatements[]): Promise<readonly Reference[]> {
    this.texts.push(file);
    return referencesOf(this.#scan(file), sisters);
  }

  async statements(file: SourceFile): Promise<FileStatements> {
    return this.#scan(file);
  }

  #scan(file: SourceFile): FileScan {
    const name = 'provider:aws';
    return {
      path: file.path,
      language: 'hcl',
      ids: findImageIds(file.text).map((found) => ({
        found,
        clues: [{ kind: 'named', name, from: 'provider' }],
        instanceType: undefined,
      })),
      lookups: [],
      parameters: [],
      ignored: [],
      statements: Array.from(file.text.matchAll(/region = "([^"]+)"/g), ({ 1: region = '', index }) => ({
        name,
        regions: [region],
        refersTo: undefined,
        span: { start: index, end: index + 1 },
      })),
    };
  }
}

async function edit(document: vscode.TextDocument, offset: number, text: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.insert(document.uri, document.positionAt(offset), text);
  await vscode.workspace.applyEdit(change);
}

describe('the references of open documents', () => {
  let scanner: ProviderScanner;
  let references: OpenReferences;
  let changes: DocumentReferences[];
  let folder: string;

  beforeEach(async () => {
    await extension();
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-references-'));
    begin();
  });
  afterEach(async () => {
    references.dispose();
    await closeEditors();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  function begin(scanDelay?: number): void {
    references?.dispose();
    scanner = new ProviderScanner();
    const log = vscode.window.createOutputChannel('references of a test', { log: true });
    references = new OpenReferences({ scanner, log, ...(scanDelay === undefined ? {} : { scanDelay }) });
    changes = [];
    references.onDidChange((found) => changes.push(found));
  }

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, name), text);
    return vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
  }

  /** Documents of earlier tests may still be open. */
  const scanned = () => scanner.texts.filter(({ path }) => path.startsWith(folder));

  const regionsOf = async (document: vscode.TextDocument) =>
    (await references.current(document, token))?.references.map(({ region }) => region.regions);

  it('are found by themselves, and told', async () => {
    const document = await open('web.tf', `ami = "${id}"\n`);
    await until(() => changes.length > 0);
    assert.deepEqual(
      changes.map((found) => [found.document, found.version, found.references.map(({ value }) => value)]),
      [[document, 1, [id]]],
    );
    assert.deepEqual(references.all, changes);
  });

  it('are those of the present text, whoever asks, and found once a moment after the last of many edits', async () => {
    begin(slowly);
    const document = await open('web.tf', `ami = "${id}"\n`);
    await references.current(document, token);
    scanner.texts.length = 0;
    for (let round = 0; round < 8; round += 1) {
      await edit(document, 0, '#');
    }
    await until(() => changes.at(-1)?.version === document.version);
    assert.ok(scanned().length <= 2, `${scanned().length} scans`);
    await edit(document, 0, '# ');
    const found = await references.current(document, token);
    assert.equal(found?.version, document.version);
    assert.equal(found?.references[0]?.span.start, document.getText().indexOf(id));
  });

  it('are found once for what waits for the end of typing, and at once for what somebody asks for', async () => {
    begin(slowly);
    const document = await open('web.tf', `ami = "${id}"\n`);
    await references.current(document, token);
    scanner.texts.length = 0;
    await edit(document, 0, '#');
    const waiting = references.settled(document, token);
    await edit(document, 0, '#');
    const late = references.settled(document, token);
    assert.deepEqual(scanned(), []);
    assert.deepEqual([(await waiting)?.version, (await late)?.version], [document.version, document.version]);
    assert.equal(scanned().length, 1);
    await edit(document, 0, '#');
    assert.equal((await references.current(document, token))?.version, document.version);
  });

  it('are all of a long list', async () => {
    const count = 2_500;
    const document = await open('list.txt', `${id}\n`.repeat(count));
    assert.equal((await references.current(document, token))?.references.length, count);
  });

  it('cost nothing in a document that mentions no image, until it does', async () => {
    const document = await open('notes.txt', 'nothing here\n');
    assert.deepEqual((await references.current(document, token))?.references, []);
    assert.deepEqual(scanned(), []);
    assert.equal(
      changes.some((found) => found.document === document),
      false,
    );
    await edit(document, 0, `${id} `);
    assert.equal((await references.current(document, token))?.references.length, 1);
  });

  it('are over with their document, also where they were edited away before it was closed', async () => {
    const closed: vscode.TextDocument[] = [];
    references.onDidClose((document) => closed.push(document));
    const document = await vscode.workspace.openTextDocument({ content: id });
    const editor = await vscode.window.showTextDocument(document);
    await references.current(document, token);
    await editor.edit((change) => change.delete(new vscode.Range(0, 0, 0, id.length)));
    await until(() => changes.at(-1)?.references.length === 0);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => closed.includes(document));
    assert.ok(references.all.every((found) => found.document !== document));
  });

  it('are found anew in another language', async () => {
    const document = await open('notes.txt', `ami = "${id}"\n`);
    await references.current(document, token);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    assert.equal((await references.current(document, token))?.references.length, 1);
    assert.deepEqual(
      scanned().map(({ languageId }) => languageId),
      ['plaintext', 'json'],
    );
  });

  it('have the region that a sister file states, as it is open or on disk', async () => {
    await writeFile(join(folder, 'providers.tf'), 'region = "us-west-2"\n');
    const document = await open('web.tf', `ami = "${id}"\n`);
    assert.deepEqual(await regionsOf(document), [['us-west-2']]);

    const sister = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, 'providers.tf')));
    const change = new vscode.WorkspaceEdit();
    change.replace(sister.uri, new vscode.Range(0, 0, 1, 0), 'region = "eu-west-1"\n');
    await vscode.workspace.applyEdit(change);
    assert.equal(sister.isDirty, true);
    await until(() => changes.at(-1)?.references[0]?.region.regions[0] === 'eu-west-1');
    assert.deepEqual(await regionsOf(document), [['eu-west-1']]);
    assert.equal(changes.at(-1)?.references[0]?.region.at?.path?.endsWith('/providers.tf'), true);
    await vscode.window.showTextDocument(sister);
  });

  it('follow a sister file that is written, made or deleted by others', async () => {
    const document = await open('web.tf', `ami = "${id}"\n`);
    const region = () =>
      changes.filter((found) => found.document === document).at(-1)?.references[0]?.region.regions[0];
    const write = async (text: string) => writeFile(join(folder, 'providers.tf'), text);
    assert.deepEqual(await regionsOf(document), [[]]);
    // The watch begins a moment after the folder was read.
    for (let round = 0; region() !== 'us-west-2' && round < 20; round += 1) {
      await write(`region = "us-west-2"${' '.repeat(round)}`);
      await pause(500);
    }
    await write('region = "eu-north-1"\n');
    await until(() => region() === 'eu-north-1');
    await rm(join(folder, 'providers.tf'));
    await until(() => region() === undefined);
  });

  it('are not looked for in output and in documents that somebody makes up', async () => {
    const made = vscode.workspace.registerTextDocumentContentProvider('made-up', {
      provideTextDocumentContent: () => id,
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('made-up:/web.tf'));
    assert.equal(await references.current(document, token), undefined);
    made.dispose();
  });
});

describe('the thread that scans texts', () => {
  it('reads them as they are, and goes on after one that took too long', async () => {
    const { extensionPath } = await extension();
    const thread = join(extensionPath, 'dist', 'scan.cjs');
    const scans = new TextScans({ thread, timeout: 60_000 });
    try {
      const found = await scans.references({ path: 'notes.txt', text: `see ${id}\r\n` }, []);
      assert.deepEqual(
        found.map(({ span }) => span),
        [{ start: 4, end: 4 + id.length }],
      );
    } finally {
      scans.dispose();
    }
    const late = new TextScans({ thread, timeout: 1 });
    try {
      await assert.rejects(late.references({ path: 'notes.txt', text: id }, []), /thread/);
      await assert.rejects(late.references({ path: 'notes.txt', text: id }, []), /thread/);
    } finally {
      late.dispose();
    }
  });
});
