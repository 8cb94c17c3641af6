import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let id: string;
let name: string;

beforeAll(async () => {
  editor = await openEditor();
  const ec2 = new EC2Client({
    endpoint: editor.server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const owned = { Owners: ['self'], Filters: [{ Name: 'name', Values: ['web-server-golden-2026*'] }] };
  const { Images = [] } = await ec2.send(new DescribeImagesCommand(owned));
  const [oldest] = Images.sort((a, b) => ((a.CreationDate ?? '') < (b.CreationDate ?? '') ? -1 : 1));
  id = oldest?.ImageId ?? '';
  name = oldest?.Name ?? '';
  await writeFiles();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

async function writeFiles(): Promise<void> {
  await writeFile(join(editor.folder, 'providers.tf'), 'provider "aws" {\n  region = "eu-west-1"\n}\n');
  await writeFile(
    join(editor.folder, 'web.tf'),
    [
      'resource "aws_instance" "web" {',
      `  ami           = "${id}"`,
      '  instance_type = "t3.micro"',
      '}',
      '',
      'data "aws_ami" "ubuntu" {',
      '  most_recent = true',
      '  filter {',
      '    name   = "name"',
      '    values = ["ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-amd64-server-*"]',
      '  }',
      '}',
      '',
    ].join('\n'),
  );
}

/** The hover over a text of the active editor, asked for until it has what it is to say. */
async function hover(text: string, said: string | RegExp): Promise<Locator> {
  const { workbench } = editor;
  const { page } = workbench;
  const word = page.locator('.editor-group-container.active .view-line span span', { hasText: text }).last();
  const shown = page.locator('.monaco-hover:visible', { hasText: said }).first();
  const isShown = await workbench.settled(async () => {
    await page.mouse.move(5, 5);
    await word.hover({ timeout: 5_000 }).catch(() => {});
    return workbench.settled(() => shown.isVisible(), 3_000);
  }, 60_000);
  expect(isShown, `${await page.locator('.monaco-hover').allInnerTexts()}`).toBe(true);
  return shown;
}

describe('in a window that has opened nothing but a file', () => {
  it('a hover on an id shows the image, and where its region is stated', async () => {
    const { workbench } = editor;
    await workbench.openFile('web.tf');
    // The newer one is known a moment after the image.
    const card = await hover(id, 'Newer image: web-server-golden-2026');
    await expectShown(card.getByText('specified by: provider'));
    await expectShown(card.getByRole('link', { name: 'providers.tf:2' }));
    await expectShown(card.getByRole('link', { name: /^Newer image: web-server-golden-2026/ }));
    await card.getByRole('link', { name: 'Copy ID' }).click();
    await expect.poll(() => workbench.clipboard()).toBe(id);
  });

  it('leads to the image’s details, and to the place of its region', async () => {
    const { workbench } = editor;
    const card = await hover(id, name);
    await card.getByRole('link', { name: 'Show Details' }).click();
    await expectShown(workbench.tab(name));
    await workbench.tab('web.tf').click();
    const again = await hover(id, name);
    await again.getByRole('link', { name: 'providers.tf:2' }).click();
    await expectShown(workbench.tab('providers.tf'));
  });

  it('a hover on a lookup shows what it picks now, and what could take its place', async () => {
    const { workbench } = editor;
    await workbench.openFile('web.tf');
    const card = await hover('aws_ami', 'Current match in eu-west-1');
    await expectShown(card.getByText('Unsafe: no owner is specified').first());
    await expectShown(card.getByText('Canonical').first());
  });
});

describe('in a workspace that is not trusted', () => {
  it('a hover says what the files say, and nothing is asked of AWS', async () => {
    await editor.close();
    editor = await openEditor({ workspaceTrust: true });
    await writeFiles();
    const { workbench, server } = editor;
    await workbench.openFile('web.tf');
    const card = await hover(id, 'AWS is not queried because this workspace is not trusted.');
    await expectShown(card.getByRole('link', { name: 'providers.tf:2' }));
    await hover('aws_ami', 'Unsafe: no owner is specified');
    expect(server.requests.map(({ action }) => action)).toEqual([]);
  });
});

describe('with a profile that is in no file', () => {
  it('a hover says so and what to do; nobody is told before AMI Explorer is opened', async () => {
    await editor.close();
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = localEndpoint('SERVER');
    editor = await openEditor({ env, settings: { 'amiExplorer.profile': 'work' } });
    await writeFiles();
    const { workbench } = editor;
    await workbench.openFile('web.tf');
    const card = await hover(id, 'The profile “work” is not in the shared config');
    await expectShown(card.getByRole('link', { name: 'Select AWS Profile…' }));
    expect(await workbench.notification('The profile “work”').count()).toBe(0);
    await workbench.openAmiExplorer();
    await expectShown(workbench.notification('The profile “work”'));
  });
});
