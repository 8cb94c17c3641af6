import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { settings } from '../../src/contributions/settings.ts';
import { median } from '../table.ts';
import { cpuTime, longestBlock, pause, timed } from './timing.ts';

/** What typing costs in a text with AMI ids, where everything is shown of them, and in the same text without them. */
export interface TypingReport {
  readonly text: string;
  readonly without: TypingCost;
  readonly with: TypingCost;
}

/** Of the extension host; what it does when the text is opened is in none of the figures of typing. */
export interface TypingCost {
  /** Until the editor has taken a character, in ms. */
  readonly key: number;
  /** CPU time (ms) for each character, with all that follows. */
  readonly cpu: number;
  /** CPU time (ms) of the longest turn. */
  readonly longestBlock: number;
  /** As `longestBlock`, from the opening of the text until everything is shown. */
  readonly longestBlockOfOpening: number;
  /** Problems that are reported of the text. */
  readonly problems: number;
}

/** Some characters are typed in a row, then the writer looks at what stands there. */
const words = 8;
const wordLength = 10;
const keyInterval = 60;
const rest = 1_000;

const idCount = 6_000;

const features = [settings.hover, settings.inlayHints, settings.codeLens, settings.completion, settings.diagnostics];

/** Called by VS Code in its extension host. */
export async function run(): Promise<void> {
  const endpoint = process.env['AWS_ENDPOINT_URL_EC2'] ?? '';
  const ids = (await (await fetch(`${endpoint}/_sample/public-images?region=us-east-1`)).json()) as readonly string[];
  await vscode.commands.executeCommand(commands.clearFilter);
  for (const feature of features) {
    await vscode.workspace.getConfiguration().update(feature, true, vscode.ConfigurationTarget.Global);
  }
  // Every other id is one that no image has, which is reported above all.
  const many = Array.from({ length: idCount }, (_, index) => (index % 2 === 0 ? (ids[index] ?? '') : noId(index)));
  const usual = `${resources(ids.slice(0, 3))}${'# a line\n'.repeat(180)}`;
  const large = resources(many);
  const largeName = `1 MB of HCL with ${idCount.toLocaleString('en')} ids`;
  const cases: readonly (readonly [string, string, 'cursorTop' | 'cursorBottom'])[] = [
    ['200 lines with 3 ids', usual, 'cursorBottom'],
    [largeName, large, 'cursorBottom'],
    [`${largeName}, at its top`, large, 'cursorTop'],
  ];
  const reports: TypingReport[] = [];
  for (const [text, content, place] of cases) {
    const without = await typingCost(content.replaceAll('ami-', 'aim-'), place);
    reports.push({ text, without, with: await typingCost(content, place) });
  }
  await writeFile(process.env['AMI_EXPLORER_HOST_REPORT'] ?? '', JSON.stringify(reports));
}

function resources(ids: readonly string[]): string {
  const provider = '# \nprovider "aws" {\n  region = "us-east-1"\n}\n';
  const blocks = ids.map(
    (id, index) =>
      `resource "aws_instance" "web_${index}" {\n  ami           = "${id}"\n  instance_type = "t3.micro"\n  tags = {\n    Name = "web server number ${index}, of a long list of them"\n  }\n}\n`,
  );
  return provider + blocks.join('');
}

function noId(index: number): string {
  return `ami-0bad${index.toString(16).padStart(13, '0')}`;
}

async function typingCost(content: string, place: 'cursorTop' | 'cursorBottom'): Promise<TypingCost> {
  const language = (await vscode.languages.getLanguages()).find((known) => known === 'terraform') ?? 'plaintext';
  const document = await vscode.workspace.openTextDocument({ content, language });
  const problems = () => vscode.languages.getDiagnostics(document.uri).length;
  const longestBlockOfOpening = await longestBlock(async () => {
    await vscode.window.showTextDocument(document);
    await pause(8_000);
  });
  await vscode.commands.executeCommand(place);
  await vscode.commands.executeCommand('cursorEnd');
  await pause(1_000);
  const times: number[] = [];
  let cpu = 0;
  const longest = await longestBlock(async () => {
    const before = cpuTime();
    for (let word = 0; word < words; word += 1) {
      for (let key = 0; key < wordLength; key += 1) {
        times.push(await timed(() => vscode.commands.executeCommand('type', { text: 'x' })));
        await pause(keyInterval);
      }
      await pause(rest);
    }
    cpu = cpuTime() - before;
  });
  const cost = {
    key: median(times),
    cpu: cpu / (words * wordLength),
    longestBlock: longest,
    longestBlockOfOpening,
    problems: problems(),
  };
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await pause(1_000);
  return cost;
}
