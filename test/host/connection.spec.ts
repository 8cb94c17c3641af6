import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { extension, until } from './extension.ts';

const clipboard = vscode.env.clipboard;

/** An owned image of the sample account that the endpoint under test serves, found as any client would. */
async function ownedImageId(): Promise<string> {
  const { EC2Client, DescribeImagesCommand } = await import('@aws-sdk/client-ec2');
  const answer = await new EC2Client({}).send(new DescribeImagesCommand({ Owners: ['self'] }));
  const id = answer.Images?.[0]?.ImageId;
  assert.ok(id);
  return id;
}

describe('commands, called as other extensions and keybindings call them', () => {
  before(extension);

  it('copy an id that is given', async () => {
    const id = await ownedImageId();
    await vscode.commands.executeCommand(commands.copyImageId, id);
    assert.equal(await clipboard.readText(), id);
  });

  it('insert at every cursor, in the place of what is selected', async () => {
    const id = await ownedImageId();
    const document = await vscode.workspace.openTextDocument({ content: 'a = ""\nb = "old"\n' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [new vscode.Selection(0, 5, 0, 5), new vscode.Selection(1, 5, 1, 8)];
    await vscode.commands.executeCommand(commands.insertImageId, id);
    assert.equal(document.getText(), `a = "${id}"\nb = "${id}"\n`);
  });

  it('copy instead where no editor is open', async () => {
    const id = await ownedImageId();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clipboard.writeText('');
    await vscode.commands.executeCommand(commands.insertImageId, id);
    assert.equal(await clipboard.readText(), id);
  });

  it('open the details of an id that is given', async () => {
    const id = await ownedImageId();
    await vscode.commands.executeCommand(commands.showImage, id);
    // The command resolves when the details are asked for; the editor tells of its tabs a moment later.
    await until(() =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .some((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes('imageDetails')),
    );
  });
});
