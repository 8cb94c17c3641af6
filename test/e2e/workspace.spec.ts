import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let webServer: string;

beforeAll(async () => {
  editor = await openEditor({ settings: { 'search.exclude': { '**/generated': true } } });
  const { workbench, folder, server } = editor;
  const ec2 = new EC2Client({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const { Images = [] } = await ec2.send(
    new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['web-server-golden-2026*'] }] }),
  );
  ec2.destroy();
  webServer = Images[0]?.ImageId ?? '';
  await mkdir(join(folder, 'stacks', 'generated'), { recursive: true });
  await writeFile(
    join(folder, 'stacks', 'web.tf'),
    `provider "aws" {\n  region = "us-east-1"\n}\n\nresource "aws_instance" "web" {\n  ami = "${webServer}"\n  instance_type = "t4g.micro"\n}\n`,
  );
  await writeFile(join(folder, 'stacks', 'generated', 'copy.tf'), `ami = "${webServer}"\n`);
  await workbench.openAmiExplorer();
  await writeFile(join(folder, 'notes.txt'), `${webServer} and ami-0123456789abcdef9, ami-0fedcba9876543210\n`);
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('In This Workspace', () => {
  it('names each image that files name, with its places', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).click();
    const row = workbench.row('In This Workspace', /^web-server-golden-2026/);
    await row.waitFor();
    expect(await row.innerText()).toContain(webServer);
    await expect.poll(() => row.innerText()).toContain('2 places');
    await workbench.expand('In This Workspace', /^web-server-golden-2026/);
    await expectShown(workbench.row('In This Workspace', 'notes.txt:1'));
    await expectShown(workbench.row('In This Workspace', 'web.tf:6'));
  });

  it('says in the tooltip of an image what is wrong with it', async () => {
    const { workbench } = editor;
    const card = workbench.page.locator('.workbench-hover', { hasText: 'for x86_64, which t4g.micro does not run' });
    for (let round = 0; round < 4 && !(await card.first().isVisible()); round += 1) {
      // A row that is drawn anew at this very moment loses its tooltip.
      await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).hover();
      await workbench.row('In This Workspace', /^web-server-golden-2026/).hover();
      await workbench.settled(() => card.first().isVisible(), 4_000);
    }
    await expectShown(card.first());
  });

  it('opens the place that is clicked', async () => {
    const { workbench } = editor;
    await workbench.row('In This Workspace', 'web.tf:6').click();
    await expect.poll(() => workbench.editorText()).toContain(`ami = "${webServer}"`);
  });

  it('follows what is written to files, and deleted', async () => {
    const { workbench, folder } = editor;
    await writeFile(join(folder, 'more.txt'), `another ${webServer}\n`);
    await expectShown(workbench.row('In This Workspace', 'more.txt:1'));
    await rm(join(folder, 'more.txt'));
    await workbench.row('In This Workspace', 'more.txt:1').waitFor({ state: 'hidden' });
  });
});

describe('the details of an image', () => {
  it('say where files of the workspace name it, and lead there', async () => {
    const { workbench } = editor;
    await workbench.contextMenu(workbench.row('In This Workspace', /^web-server-golden-2026/), 'Show Image Details');
    const section = workbench.webview().locator('#section-uses');
    await section.getByRole('button', { name: 'stacks/web.tf:6' }).waitFor();
    await section.scrollIntoViewIfNeeded();
    await section.getByRole('button', { name: 'notes.txt:1' }).click();
    await expect.poll(() => workbench.editorText()).toContain('ami-0fedcba9876543210');
  });
});
