import assert from 'node:assert/strict';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions/commands.ts';
import { settings } from '../../../src/contributions/settings.ts';
import { closeEditors, extension, pause, until } from '../extension.ts';
import { forgetRequests, requests } from '../sampleDoor.ts';

/** The questions for images by id since the last were forgotten. */
async function questions(id: string): ReturnType<typeof requests> {
  return (await requests()).filter(
    (request) => request.action === 'DescribeImages' && JSON.stringify(request).includes(id),
  );
}

async function show(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'shellscript' }));
}

describe('the images of open documents', () => {
  let ids: readonly string[];

  before(async () => {
    await extension();
    await vscode.commands.executeCommand(commands.clearFilter);
    const ec2 = new EC2Client({ region: 'eu-central-1' });
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
    ids = Images.map(({ ImageId }) => ImageId ?? '').slice(0, 40);
    assert.equal(ids.length, 40);
  });
  beforeEach(forgetRequests);
  afterEach(closeEditors);

  const code = (some: readonly string[]) =>
    some.map((id) => `aws ec2 run-instances --region eu-central-1 --image-id ${id}\n`).join('');

  it('are asked for together, once, and again after Refresh', async () => {
    await show(code(ids.slice(0, 20)));
    const [first = ''] = ids;
    await until(async () => (await questions(first)).length > 0);
    await pause(500);
    for (const id of ids.slice(0, 20)) {
      assert.equal((await questions(id)).length, 1, id);
    }
    const all = await requests();
    const byId = all.filter(
      (request) => request.action === 'DescribeImages' && JSON.stringify(request).includes(first),
    );
    assert.equal(byId.length, 1);
    await vscode.commands.executeCommand(commands.refresh);
    await until(async () => (await questions(first)).length === 2);
  });

  it('are not asked for while an id is being typed', async () => {
    const [id = ''] = ids.slice(20);
    const editor = await show('aws ec2 run-instances --region eu-central-1 --image-id ');
    await vscode.commands.executeCommand('cursorBottom');
    await vscode.commands.executeCommand('cursorEnd');
    for (const character of id) {
      await vscode.commands.executeCommand('type', { text: character });
    }
    assert.ok(editor.document.getText().endsWith(id));
    await pause(1_500);
    assert.equal((await questions(id)).length, 0);
    // A part of it that is an id of the old form, too.
    assert.equal((await questions(id.slice(0, 12))).length, 0);
    await vscode.commands.executeCommand('cursorHome');
    await until(async () => (await questions(id)).length > 0);
  });

  it('are asked for after a while, although the cursor stays', async () => {
    const [id = ''] = ids.slice(21);
    await show('aws ec2 run-instances --region eu-central-1 --image-id ');
    await vscode.commands.executeCommand('cursorBottom');
    await vscode.commands.executeCommand('type', { text: id });
    await until(async () => (await questions(id)).length > 0);
  });

  it('are not asked for where nothing is shown', async () => {
    const configuration = vscode.workspace.getConfiguration();
    const names = [settings.diagnostics, settings.codeLens];
    for (const name of names) await configuration.update(name, false, vscode.ConfigurationTarget.Global);
    try {
      const [id = ''] = ids.slice(22);
      await show(code([id]));
      await pause(1_500);
      assert.equal((await questions(id)).length, 0);
      await configuration.update(settings.inlayHints, true, vscode.ConfigurationTarget.Global);
      await until(async () => (await questions(id)).length > 0);
    } finally {
      for (const name of [...names, settings.inlayHints]) {
        await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
    }
  });
});
