import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { settings } from '../../src/contributions/settings.ts';

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
  /** In a usual file of 200 lines with 3 ids, and in 1 MB of HCL with 6,000. */
  readonly typing: Readonly<Record<'usual' | 'large', TypingReport>>;
}

/** In ms, with nothing shown in code, and with everything. */
export interface TypingReport {
  readonly off: TypingCost;
  readonly on: TypingCost;
}

export interface TypingCost {
  /** Of one character. */
  readonly key: number;
  /** For which the extension host was busy for each character, whatever the machine does beside. */
  readonly busy: number;
  readonly longestBlock: number;
}

const keys = 60;
const hovers = 30;
const features = [settings.hover, settings.inlayHints, settings.codeLens, settings.completion, settings.diagnostics];

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
  const usual = await open(`${resource(0, id).repeat(3)}${'# a line\n'.repeat(180)}`);
  const typingUsual = await typingIn(usual);
  const large = await open(text);
  await pause(3_000);
  const typingLarge = await typingIn(large);
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
  const result: CodeReport = {
    emptyHover,
    coldHover,
    warmHover,
    openBlock,
    editToHover: median(edits),
    typing: { usual: typingUsual, large: typingLarge },
  };
  await show(undefined);
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

async function typingIn(document: vscode.TextDocument): Promise<TypingReport> {
  await vscode.window.showTextDocument(document);
  await show(false);
  const off = await typingCost();
  await show(true);
  await pause(1_000);
  return { off, on: await typingCost() };
}

async function typingCost(): Promise<TypingCost> {
  let times: readonly number[] = [];
  const before = performance.eventLoopUtilization();
  const block = await longestBlock(async () => {
    times = await type();
  });
  const { active } = performance.eventLoopUtilization(before);
  return { key: median(times), busy: active / keys, longestBlock: block };
}

/** The time of each typed character, at the end of the document. */
async function type(): Promise<readonly number[]> {
  await vscode.commands.executeCommand('cursorBottom');
  const spent: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    spent.push(await timed(() => vscode.commands.executeCommand('type', { text: 'x' })));
    await pause(60);
  }
  return spent;
}

async function show(value: boolean | undefined): Promise<void> {
  for (const feature of features) {
    await vscode.workspace.getConfiguration().update(feature, value, vscode.ConfigurationTarget.Global);
  }
}

async function longestBlock(run: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(50);
  delay.reset();
  // After a reset, the monitor sees blocks only from the next tick on.
  await pause(10);
  await run();
  await pause(20);
  delay.disable();
  return delay.max / 1e6;
}

async function times(count: number, run: () => Promise<void>): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let round = 0; round < count; round += 1) {
    spent.push(await timed(run));
  }
  return spent;
}

async function timed(run: () => Thenable<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
