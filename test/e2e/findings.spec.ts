import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
/** Images of one family, the oldest first. */
let images: readonly { readonly id: string; readonly name: string }[];
let strange: string;

beforeAll(async () => {
  editor = await openEditor({ userSettings: { 'amiExplorer.inlayHints.enabled': true }, sample: { oddImages: true } });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ec2 = new EC2Client({ endpoint: editor.server.url, region: 'us-east-1', credentials });
  const named = async (name: string) => {
    const filters = [{ Name: 'name', Values: [name] }];
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Filters: filters }));
    return Images.map(({ ImageId: id = '', Name = '', CreationDate: created = '' }) => ({ id, name: Name, created }));
  };
  images = (await named('web-server-golden-2026*')).sort((a, b) => a.created.localeCompare(b.created));
  strange = (await named('odd-right-to-left*'))[0]?.id ?? '';
  await writeFile(
    join(editor.folder, 'web.tf'),
    [
      'provider "aws" {',
      '  region = "us-east-1"',
      '}',
      '',
      'resource "aws_instance" "web" {',
      `  ami           = "${images.at(-2)?.id}"`,
      '  instance_type = "t3.micro"',
      '}',
      '',
      'data "aws_ami" "ubuntu" {',
      '  most_recent = true',
      '',
      '  filter {',
      '    name   = "name"',
      '    values = ["ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-amd64-server-*"]',
      '  }',
      '}',
      '',
    ].join('\n'),
  );
  await writeFile(join(editor.folder, 'strange.yaml'), `region: us-east-1\nimage_id: ${strange}\n`);
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const problem = (text: string | RegExp): Locator =>
  editor.workbench.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
/** A part of a line above the code. */
const lens = (text: string | RegExp): Locator =>
  editor.workbench.page.locator('.codelens-decoration').locator('a, span').filter({ hasText: text }).first();

/** What the light bulb at a place offers, by its text. */
async function offerAt(line: number, column: number, text: string): Promise<Locator> {
  const { workbench } = editor;
  const { page } = workbench;
  await page.locator('.editor-group-container.active .view-lines').click();
  await workbench.goTo(line, column);
  const offer = page.locator('.action-widget .monaco-list-row', { hasText: text }).first();
  // What is offered is what was known when the bulb was pressed.
  const isOffered = await workbench.settled(async () => {
    await page.keyboard.press('Control+.');
    if (await workbench.settled(() => offer.isVisible(), 5_000)) return true;
    await page.keyboard.press('Escape');
    return false;
  }, 60_000);
  expect(isOffered).toBe(true);
  return offer;
}

describe('a file with an old image and a lookup without an owner', () => {
  it('has a hint behind the id, a line above what is wrong, and problems', async () => {
    const { workbench } = editor;
    await workbench.openFile('web.tf');
    await expect.poll(() => workbench.editorText()).toMatch(/"web-server-golden x86_64 · \d+ (?:days?|months?)/);
    await workbench.page.keyboard.press('Control+Shift+M');
    await expectShown(problem(`A newer image of web-server-golden is available: ${images.at(-1)?.name}`));
    await expectShown(problem('This lookup can pick an image that anyone has published'));
    await expectShown(problem('newer-image'));
    // The editor asks for the lines above while it has the focus.
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await expectShown(lens(`Replace with ${images.at(-1)?.id}`));
    await expectShown(lens('No owner: anyone can publish a matching image'));
  });

  it('is put right from the light bulb, and from the line above', async () => {
    const { workbench } = editor;
    await (await offerAt(6, 25, `Replace with ${images.at(-1)?.name}`)).click();
    await expect.poll(() => workbench.editorText()).toContain(`"${images.at(-1)?.id}"`);
    await expect.poll(() => lens('Newer image').count()).toBe(0);
    const isAdded = async () => /owners += \["099720109477"\]/.test(await workbench.editorText());
    // A line above the code that is drawn anew at this very moment loses the click.
    const isTaken = await workbench.settled(async () => {
      await lens(/Add owner Canonical \(Ubuntu\), 099720109477/)
        .click({ timeout: 5_000 })
        .catch(() => {});
      return workbench.settled(isAdded, 10_000);
    }, 60_000);
    expect(isTaken).toBe(true);
    await expect.poll(() => problem('Anyone can').count()).toBe(0);
    await workbench.page.keyboard.press('Control+S');
    await expect.poll(() => readFile(join(editor.folder, 'web.tf'), 'utf8')).toContain('099720109477');
  });

  it('has no problem any more when it is closed', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await workbench.page.keyboard.press('Control+Z');
    await expectShown(problem('This lookup can pick'));
    await workbench.page.keyboard.press('Control+S');
    await workbench.paletteCommand('View', 'Close Editor');
    await expect.poll(() => problem('This lookup can pick').count()).toBe(0);
  });
});

it('shows names of strangers as text', async () => {
  const { workbench } = editor;
  await workbench.openFile('strange.yaml');
  await expect.poll(() => workbench.editorText()).toContain('‹U+202E');
  expect(await workbench.editorText()).not.toContain('\u202e');
});
