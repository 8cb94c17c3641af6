import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateImageCommand, DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Moto, startMoto } from '../contract/moto.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

const moto = await startMoto();
if (!moto) {
  console.log('moto_server is not installed: the editor on moto is skipped.');
}

/** An endpoint that is not this repository's: no paging, no life cycle, most actions not there. */
describe.skipIf(!moto)('the editor on moto', () => {
  let editor: Editor;
  let imageId: string;

  beforeAll(async () => {
    const { url } = moto as Moto;
    imageId = await makeImage(url);
    editor = await openEditor({ env: localEndpoint(url) });
    await editor.workbench.openAmiExplorer();
  });
  beforeEach(() => pictureOnFailure(() => editor));
  afterAll(async () => {
    await editor?.close();
    await moto?.stop();
  });

  it('shows owned images and instances', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'made-on-moto').waitFor();
    await expectShown(workbench.row('Instances', /^i-/));
  });

  it('shows public images of a publisher', async () => {
    const { workbench } = editor;
    await workbench.row('Images', 'Owned by me').click();
    await workbench.expand('Images', 'Public', 'Canonical', 'Other images');
    await workbench.reveal('Images', workbench.row('Images', /^ubuntu\//));
    await expectShown(workbench.row('Images', /^ubuntu\//));
  });

  it('shows the details of an id that is given', async () => {
    const { workbench } = editor;
    await workbench.findImage(imageId);
    await workbench.quickPickRow('made-on-moto').waitFor();
    await workbench.accept();
    await workbench.webview().getByRole('heading', { name: 'made-on-moto' }).first().waitFor();
    await expectShown(workbench.webview().getByText(imageId).first());
  });

  it('tells what the ids of a file are, suggests others, and lists them', async () => {
    const { workbench, folder } = editor;
    const { page } = workbench;
    const missing = 'ami-0c5d9b17e3f2a8464';
    const instance = (name: string, ami: string) => `resource "aws_instance" "${name}" {\n  ami = "${ami}"\n}\n`;
    const code = `${instance('made', imageId)}${instance('gone', missing)}${instance('new', '')}`;
    await writeFile(join(folder, 'moto.tf'), `provider "aws" {\n  region = "us-east-1"\n}\n${code}`);
    await workbench.openFile('moto.tf');
    await expectShown(page.locator('.codelens-decoration', { hasText: 'Not in us-east-1' }).first());
    const card = page.locator('.monaco-hover:visible', { hasText: 'made-on-moto' }).first();
    const isShown = await workbench.settled(async () => {
      await page.mouse.move(5, 5);
      const word = page.locator('.editor-group-container.active .view-line span span', { hasText: imageId }).last();
      await word.hover({ timeout: 5_000 }).catch(() => {});
      return workbench.settled(() => card.isVisible(), 3_000);
    }, 60_000);
    expect(isShown).toBe(true);
    await expectShown(card.getByText('specified by: provider'));
    await workbench.goTo(11, 10);
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'made-on-moto' }).first().click();
    await expect.poll(() => workbench.editorText()).toContain(`"new" {\n  ami = "${imageId}"`);
    await page.keyboard.press('Control+S');
    await workbench.openView('In This Workspace');
    const row = (label: string) => workbench.row('In This Workspace', label);
    await expect.poll(() => row('made-on-moto').innerText()).toContain('2 references');
    await expect.poll(() => row(missing).innerText()).toContain('not in us-east-1 · 1 reference');
  });
});

async function makeImage(endpoint: string): Promise<string> {
  const client = new EC2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const { Images = [] } = await client.send(new DescribeImagesCommand({ Owners: ['amazon'], MaxResults: 5 }));
  const { Instances = [] } = await client.send(
    new RunInstancesCommand({ ImageId: Images[0]?.ImageId, MinCount: 1, MaxCount: 1 }),
  );
  const made = await client.send(
    new CreateImageCommand({ InstanceId: Instances[0]?.InstanceId, Name: 'made-on-moto' }),
  );
  if (!made.ImageId) {
    throw new Error('moto made no image.');
  }
  return made.ImageId;
}
