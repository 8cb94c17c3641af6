import { writeFile } from 'node:fs/promises';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { median } from '../table.ts';
import { longestBlock, pause, timed, times } from './timing.ts';

/** In ms. */
export interface CodeReport {
  /** A hover of another extension's on the same line: what the editor itself takes. */
  readonly emptyHover: number;
  readonly coldHover: number;
  readonly warmHover: number;
  /** The longest time in which the extension host did nothing else, from the opening of 1 MB of HCL to its hover. */
  readonly openBlock: number;
  /** From an edit in 1 MB of HCL to a hover on an id behind it. */
  readonly editToHover: number;
  /** In 1 MB of HCL, where an id belongs. */
  readonly completion: number;
}

const hovers = 30;

/** Called by VS Code in its extension host. */
export async function run(): Promise<void> {
  await vscode.commands.executeCommand(commands.clearFilter);
  const ec2 = new EC2Client({ region: 'us-east-1' });
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  const id = Images[0]?.ImageId ?? '';
  const small = await open(`provider "aws" {\n  region = "us-east-1"\n}\n${resource(0, id)}`);
  const own = vscode.languages.registerHoverProvider('*', { provideHover: () => undefined });
  const emptyHover = median(await times(hovers, () => hover(small, 'provider')));
  own.dispose();
  const coldHover = await timed(() => hover(small, id));
  const warmHover = median(await times(hovers, () => hover(small, id)));

  const text = Array.from({ length: 6_000 }, (_, index) => resource(index, id)).join('');
  const large = await open(text);
  await pause(3_000);
  const openBlock = await longestBlock(async () => {
    const other = await open(`${text}\n`);
    await hover(other, id);
  });
  await hover(large, id);
  const edits = await times(5, async () => {
    const change = new vscode.WorkspaceEdit();
    change.insert(large.uri, new vscode.Position(0, 0), '#');
    await vscode.workspace.applyEdit(change);
    await hover(large, id);
  });
  const place = large.positionAt(large.getText().lastIndexOf(id) + 4);
  const completion = median(
    await times(5, async () => {
      await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', large.uri, place);
    }),
  );
  const result: CodeReport = {
    emptyHover,
    coldHover,
    warmHover,
    openBlock,
    editToHover: median(edits),
    completion,
  };
  await writeFile(process.env['AMI_EXPLORER_HOST_REPORT'] ?? '', JSON.stringify(result));
}

function resource(index: number, id: string): string {
  return `resource "aws_instance" "web_${index}" {\n  ami           = "${id}"\n  instance_type = "t3.micro"\n  tags = {\n    Name = "web server number ${index}, of a long list of them"\n  }\n}\n`;
}

async function open(content: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language: 'terraform' }).then(
    (document) => document,
    () => vscode.workspace.openTextDocument({ content }),
  );
}

async function hover(document: vscode.TextDocument, text: string): Promise<void> {
  const position = document.positionAt(document.getText().indexOf(text) + 2);
  await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
}
