import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { settings } from '../../../src/contributions/settings.ts';
import { dragImages } from '../../../src/ui/editor/draggedImages.ts';
import { DroppedImages } from '../../../src/ui/editor/dropImages.ts';
import { pastedLinks } from '../../../src/ui/editor/pastedLinks.ts';
import type { CodeFeature } from '../../../src/ui/shared/settings.ts';
import { extension, pause, until } from '../extension.ts';
import { requests } from '../sampleDoor.ts';

const { token } = new vscode.CancellationTokenSource();

/** Within the id in the first line. */
const inId = new vscode.Position(0, 60);

const image = { id: 'ami-0123456789abcdef0', region: 'us-east-1' };

/** Whether a document has a surface now, as the editor would be told. */
const isShown: Readonly<Record<CodeFeature, (document: vscode.TextDocument) => Promise<boolean>>> = {
  hover: async ({ uri }) => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, inId);
    return hovers.length > 0;
  },
  inlayHints: async ({ uri, lineCount }) => {
    const all = new vscode.Range(0, 0, lineCount, 0);
    return (await vscode.commands.executeCommand<unknown[]>('vscode.executeInlayHintProvider', uri, all)).length > 0;
  },
  codeLens: async ({ uri }) =>
    (await vscode.commands.executeCommand<unknown[]>('vscode.executeCodeLensProvider', uri)).length > 0,
  diagnostics: async ({ uri }) => {
    const shown = vscode.languages.getDiagnostics(uri);
    const command = 'vscode.executeCodeActionProvider';
    const fixes = await vscode.commands.executeCommand<unknown[]>(command, uri, new vscode.Range(inId, inId));
    return shown.length > 0 || fixes.length > 0;
  },
  completion: async ({ uri, lineCount }) => {
    const at = new vscode.Position(lineCount - 1, 10_000);
    const command = 'vscode.executeCompletionItemProvider';
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(command, uri, at);
    return items.some(({ detail }) => detail?.startsWith('ami-'));
  },
  drop: async (document) => {
    const transfer = new vscode.DataTransfer();
    dragImages([{ kind: 'image', image }], transfer);
    const provider = new DroppedImages({ of: async () => undefined });
    const edits = await provider.provideDocumentDropEdits(document, new vscode.Position(0, 0), transfer, token);
    return edits !== undefined;
  },
  paste: async (document) => {
    const transfer = new vscode.DataTransfer();
    const arn = `arn:aws:ec2:${image.region}::image/${image.id}`;
    transfer.set('text/plain', new vscode.DataTransferItem(arn));
    const context = { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic };
    const ranges = [new vscode.Range(0, 0, 0, 0)];
    const edits = await pastedLinks.provideDocumentPasteEdits(document, ranges, transfer, context, token);
    return edits !== undefined;
  },
};

const features = Object.keys(isShown) as readonly CodeFeature[];

/** What is shown once that is as expected, or after a while in which it was not. */
async function shown(document: vscode.TextDocument, expected: readonly CodeFeature[]): Promise<readonly string[]> {
  for (const end = Date.now() + 15_000; ; ) {
    const found: CodeFeature[] = [];
    for (const feature of features) if (await isShown[feature](document)) found.push(feature);
    if (found.join() === expected.join() || Date.now() > end) return found;
    await pause(100);
  }
}

const without = (...left: readonly CodeFeature[]) => features.filter((feature) => !left.includes(feature));

const { Global, Workspace } = vscode.ConfigurationTarget;

describe('the settings of what is shown in code', () => {
  let folder: string;
  let script: vscode.TextDocument;

  before(async () => {
    await extension();
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-settings-'));
    const { Images = [] } = await new EC2Client({ region: 'us-east-1' }).send(
      new DescribeImagesCommand({ Owners: ['self'], IncludeDeprecated: true }),
    );
    const old = Images.find(({ DeprecationTime }) => DeprecationTime && Date.parse(DeprecationTime) < Date.now());
    assert.ok(old);
    const text = `aws ec2 run-instances --region us-east-1 --image-id ${old.ImageId}\nexport AWS_REGION=us-east-1\nAMI=`;
    script = await open('a.sh', text);
    await set(settings.inlayHints, true);
  });
  after(async () => {
    await set(settings.inlayHints, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, name), text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Beside });
    return document;
  }

  async function set(name: string, value: unknown, target = Global, languageId?: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(undefined, languageId ? { languageId } : undefined);
    await configuration.update(name, value, target, languageId !== undefined);
  }

  for (const feature of features) {
    it(`turn off, at once and until they are turned on again, ${feature} alone`, async () => {
      assert.deepEqual(await shown(script, features), features);
      await set(settings[feature], false);
      assert.deepEqual(await shown(script, without(feature)), without(feature));
      await set(settings[feature], feature === 'inlayHints' ? true : undefined);
      assert.deepEqual(await shown(script, features), features);
    });
  }

  it('are those of the workspace before those of the user', async () => {
    const some = without('codeLens', 'hover', 'paste');
    for (const feature of without(...some)) await set(settings[feature], false, Workspace);
    try {
      assert.deepEqual(await shown(script, some), some);
    } finally {
      for (const feature of without(...some)) await set(settings[feature], undefined, Workspace);
    }
    assert.deepEqual(await shown(script, features), features);
  });

  it('can be those of a language alone', async () => {
    const other = await open('a.ps1', script.getText());
    for (const feature of features) await set(settings[feature], false, Global, 'shellscript');
    try {
      assert.deepEqual(await shown(script, []), []);
      assert.deepEqual(await shown(other, features), features);
    } finally {
      for (const feature of features) await set(settings[feature], undefined, Global, 'shellscript');
    }
    assert.deepEqual(await shown(script, features), features);
  });

  it('ask nothing for what they turn off', async () => {
    const id = 'ami-0a9b8c7d6e5f40312';
    const off: readonly CodeFeature[] = ['inlayHints', 'codeLens', 'diagnostics'];
    for (const feature of off) await set(settings[feature], false, Global, 'bat');
    try {
      await open('a.bat', `aws ec2 run-instances --region us-east-1 --image-id ${id}\r\n`);
      // Shown after it, and asked for.
      const later = 'ami-0a9b8c7d6e5f40313';
      await open('b.ps1', `aws ec2 run-instances --region us-east-1 --image-id ${later}\n`);
      const asked = async () => JSON.stringify(await requests());
      await until(async () => (await asked()).includes(later));
      assert.ok(!(await asked()).includes(id));
    } finally {
      for (const feature of off) await set(settings[feature], undefined, Global, 'bat');
    }
  });
});
