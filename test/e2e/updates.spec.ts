import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

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
    server.requests.length = 0;
    await workbench.command('Update AMIs in Workspace…');
    await workbench.quickPickRow('list.txt:1').waitFor();
    const rows = await workbench.page.locator('.quick-input-widget .monaco-list-row').allInnerTexts();
    expect(rows.map((row) => /[\w.]+:\d+/.exec(row)?.[0])).toEqual(['web.tf:7', 'list.txt:1', 'web.tf:11']);
    expect(rows[0]).toContain('Deprecated');
    expect(rows[1]).toContain('eu-west-1');
    expect(server.requests.filter(({ action }) => action === 'DescribeImages').length).toBeLessThanOrEqual(6);
    await workbench.page.keyboard.press('Enter');
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
    await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).click();
    await workbench.row('In This Workspace', /^web-server-golden-2026/).waitFor();
    await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).hover();
    // Files that were undone a moment ago count as they stand in the editor.
    await workbench.view('In This Workspace').getByRole('button', { name: 'Update AMIs in Workspace…' }).click();
    await expectShown(workbench.quickPickRow('list.txt:1'));
    await workbench.dismissQuickInput();
  });

  it('finds an id that has moved meanwhile, and says which one is no longer there', async () => {
    const { workbench, folder } = editor;
    await writeFile(join(folder, 'later.txt'), `a ${noble[2]}`);
    await writeFile(join(folder, 'gone.txt'), `b ${noble[2]}`);
    const row = workbench.view('In This Workspace').locator('.monaco-list-row', { hasText: '2 places' });
    await row.waitFor();
    await workbench.command('Update AMIs in Workspace…');
    await workbench.quickPickRow('later.txt:1').waitFor();
    await writeFile(join(folder, 'later.txt'), `a line more\na ${noble[2]}`);
    await writeFile(join(folder, 'gone.txt'), 'b');
    await workbench.page.keyboard.press('Enter');
    await expectShown(workbench.notification(/Left as they are.*gone\.txt:1/));
    await expect.poll(() => readFile(join(folder, 'later.txt'), 'utf8')).toBe(`a line more\na ${noble[0]}`);
    expect(await readFile(join(folder, 'gone.txt'), 'utf8')).toBe('b');
  });
});
