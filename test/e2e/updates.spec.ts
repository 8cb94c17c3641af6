import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

let editor: Editor;
/** Newest first. */
let web: readonly string[];
let noble: readonly string[];

beforeAll(async () => {
  editor = await openEditor({ settings: { 'amiExplorer.regions': ['us-east-1', 'eu-west-1'] } });
  const { server, folder } = editor;
  web = await idsOf(server.url, 'us-east-1', 'self', 'web-server-golden-2026*');
  noble = await idsOf(
    server.url,
    'eu-west-1',
    '099720109477',
    'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*',
  );
  await writeFile(
    join(folder, 'web.tf'),
    `provider "aws" {\n  region = "us-east-1"\n}\n\nresource "aws_instance" "web" {\n  ami = "${web.at(-1)}"\n}\n\nlocals {\n  next = "${web[1]}"\n}\n`,
  );
  await writeFile(
    join(folder, 'list.txt'),
    `Somewhere: ${noble[1]}\r\nThe newest: ${web[0]}\r\nNobody's: ami-0fedcba9876543210`,
  );
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** In the view. */
function rowOf(imageId: string | undefined) {
  return editor.workbench.view('In This Workspace').locator('.monaco-list-row', { hasText: String(imageId) });
}

async function idsOf(endpoint: string, region: string, owner: string, name: string): Promise<readonly string[]> {
  const ec2 = new EC2Client({
    endpoint,
    region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const query = { Owners: [owner], Filters: [{ Name: 'name', Values: [name] }], IncludeDeprecated: true };
  const { Images = [] } = await ec2.send(new DescribeImagesCommand(query));
  ec2.destroy();
  return Images.sort((a, b) => ((a.CreationDate ?? '') < (b.CreationDate ?? '') ? 1 : -1)).map(
    ({ ImageId = '' }) => ImageId,
  );
}

describe('Update AMIs in Workspace', () => {
  it('lists what has a newer image, the deprecated first, and replaces it in all files at once', async () => {
    const { workbench, server, folder } = editor;
    // A line above the ids that is not saved: they are where the editor has them.
    await workbench.openFile('web.tf');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('# new');
    await workbench.page.keyboard.press('Enter');
    await untilQuiet(server);
    server.requests.length = 0;
    await workbench.command('Update AMIs in Workspace…');
    await workbench.quickPickRow('list.txt:1').waitFor();
    await expectShown(workbench.page.locator('.quick-input-count', { hasText: '0 Selected' }));
    const listed = () => workbench.page.locator('.quick-input-widget .monaco-list-row').allInnerTexts();
    await expect
      .poll(async () => (await listed()).map((row) => /[\w.]+:\d+/.exec(row)?.[0]))
      .toEqual(['web.tf:7', 'list.txt:1', 'web.tf:11']);
    const rows = await listed();
    expect(rows[0]).toContain('Deprecated');
    expect(rows[1]).toContain('eu-west-1');
    expect(server.requests.filter(({ action }) => action === 'DescribeImages').length).toBeLessThanOrEqual(6);
    await workbench.page
      .locator('.quick-input-widget')
      .getByRole('checkbox', { name: 'Toggle all checkboxes' })
      .click();
    await workbench.accept();
    await expect.poll(() => workbench.editorText()).toContain(`  ami = "${web[0]}"`);
    const text = await workbench.editorText();
    expect(text).toContain(`  next = "${web[0]}"`);
    expect(text).toMatch(/^# new\nprovider/);
    await expect
      .poll(() => readFile(join(folder, 'list.txt'), 'utf8'))
      .toBe(`Somewhere: ${noble[0]}\r\nThe newest: ${web[0]}\r\nNobody's: ami-0fedcba9876543210`);
  });

  it('can be undone in all files at once', async () => {
    const { workbench } = editor;
    await workbench.tab('web.tf').click();
    await workbench.page.locator('.editor-instance .view-lines').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await expect.poll(() => workbench.editorText()).toContain(`  ami = "${web.at(-1)}"`);
    await workbench.openFile('list.txt');
    await expect.poll(() => workbench.editorText()).toContain(`Somewhere: ${noble[1]}`);
  });

  it('is a button of the view In This Workspace', async () => {
    const { workbench } = editor;
    await workbench.openAmiExplorer();
    await workbench.openView('In This Workspace');
    await workbench.row('In This Workspace', /^web-server-golden-2026/).waitFor();
    await workbench.view('In This Workspace').locator('.pane-header').hover();
    // Files that were undone a moment ago count as they stand in the editor.
    await workbench.view('In This Workspace').getByRole('button', { name: 'Update AMIs in Workspace…' }).click();
    await expectShown(workbench.quickPickRow('list.txt:1'));
    await workbench.dismissQuickInput();
  });

  it('replaces one place of several, the closest to where it was seen', async () => {
    const { workbench, folder } = editor;
    await writeFile(join(folder, 'twice.txt'), `a ${web[2]}\n\nb ${web[2]}\n`);
    await workbench.expand('In This Workspace', /^web-server-golden-20261017/);
    await workbench.openFile('twice.txt');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('# ');
    await workbench.page.keyboard.press('Enter');
    const place = workbench.row('In This Workspace', 'twice.txt:3');
    await workbench.reveal('In This Workspace', place);
    await workbench.inlineButton(place, 'Replace with Newer Image…');
    await workbench.quickPickRow('twice.txt:4').waitFor();
    await workbench.page.locator('.quick-input-count', { hasText: '1 Selected' }).waitFor();
    await workbench.accept();
    await expect.poll(() => workbench.editorText()).toContain(`b ${web[0]}`);
    expect(await workbench.editorText()).toContain(`a ${web[2]}`);
  });

  it('replaces one image from its row: finds an id that has moved meanwhile, and says what it has left as it is', async () => {
    const { workbench, folder } = editor;
    await writeFile(join(folder, 'later.txt'), `\ufeffa ${noble[2]}`);
    await writeFile(join(folder, 'gone.txt'), `b ${noble[2]}`);
    const latin = Buffer.concat([Buffer.from([0xe9]), Buffer.from(` ${noble[2]}`)]);
    await writeFile(join(folder, 'latin.txt'), latin);
    const row = workbench.view('In This Workspace').locator('.monaco-list-row', { hasText: '3 references' });
    await row.waitFor();
    await workbench.inlineButton(row, 'Replace with Newer Image…');
    await workbench.quickPickRow('later.txt:1').waitFor();
    await workbench.page.locator('.quick-input-count', { hasText: '3 Selected' }).waitFor();
    await writeFile(join(folder, 'later.txt'), `\ufeffa line more\na ${noble[2]}`);
    await writeFile(join(folder, 'gone.txt'), 'b');
    await workbench.accept();
    const left = workbench.notification(/AMI IDs replaced: 1. Not replaced/);
    await expectShown(left);
    expect(await left.innerText()).toContain('gone.txt:1 (changed in the meantime)');
    expect(await left.innerText()).toContain('latin.txt:1 (has bytes that are invalid in its encoding)');
    await expect.poll(() => readFile(join(folder, 'later.txt'), 'utf8')).toBe(`\ufeffa line more\na ${noble[0]}`);
    expect(await readFile(join(folder, 'gone.txt'), 'utf8')).toBe('b');
    expect(await readFile(join(folder, 'latin.txt'))).toEqual(latin);
  });

  it('leaves bytes alone that are not of the encoding, also of a file that it has opened a moment ago', async () => {
    const { workbench, folder } = editor;
    const latin = await readFile(join(folder, 'latin.txt'));
    const row = rowOf(noble[2]);
    await expect.poll(() => row.innerText()).toContain('1 reference');
    await workbench.inlineButton(row, 'Replace with Newer Image…');
    await workbench.quickPickRow('latin.txt:1').waitFor();
    await workbench.page.locator('.quick-input-count', { hasText: '1 Selected' }).waitFor();
    await workbench.accept();
    await expectShown(workbench.notification(/AMI IDs replaced: 0. Not replaced: latin.txt:1/));
    expect(await readFile(join(folder, 'latin.txt'))).toEqual(latin);
  });
});
