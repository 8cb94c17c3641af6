import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let webServer: string;

beforeAll(async () => {
  editor = await openEditor({ tooltips: true, settings: { 'search.exclude': { '**/generated': true } } });
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
  await writeFile(join(folder, '.gitignore'), 'cdk.out/\n*.tfstate\n');
  await mkdir(join(folder, 'cdk.out'));
  await writeFile(join(folder, 'cdk.out', 'stack.json'), `{ "ImageId": "${webServer}" }\n`);
  await writeFile(join(folder, 'terraform.tfstate'), `{ "ami": "${webServer}" }\n`);
  await symlink(join(folder, 'stacks', 'web.tf'), join(folder, 'linked.tf'));
  await workbench.openAmiExplorer();
  await workbench.openView('In This Workspace');
  await writeFile(join(folder, 'notes.txt'), `${webServer} and ami-0123456789abcdef9, ami-0fedcba9876543210\n`);
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('In This Workspace', () => {
  it('names each image that files name, with its places', async () => {
    const { workbench } = editor;
    const row = workbench.row('In This Workspace', /^web-server-golden-2026/);
    await row.waitFor();
    await expect.poll(() => row.innerText()).toContain(webServer);
    await expect.poll(() => row.innerText()).toContain('2 references');
    await workbench.expand('In This Workspace', /^web-server-golden-2026/);
    await expectShown(workbench.row('In This Workspace', 'notes.txt:1'));
    await expectShown(workbench.row('In This Workspace', 'web.tf:6'));
  });

  it('says in its title how many there are, and how many have problems', async () => {
    const { workbench } = editor;
    await expect.poll(() => workbench.viewDescription('In This Workspace')).toBe('1 image, 1 problem');
  });

  it('says in the tooltip of an image what is wrong with it', async () => {
    const { workbench } = editor;
    const card = workbench.page.locator('.workbench-hover', {
      hasText: 'built for x86_64, which t4g.micro instances do not support',
    });
    await workbench.tooltipOf(workbench.row('In This Workspace', /^web-server-golden-2026/), card);
    await expectShown(card.first());
  });

  it('opens the place that is clicked', async () => {
    const { workbench } = editor;
    await workbench.clickRow(workbench.row('In This Workspace', 'web.tf:6'));
    await expect.poll(() => workbench.editorText()).toContain(`ami = "${webServer}"`);
  });

  it('follows what is written to files, and deleted', async () => {
    const { workbench, folder } = editor;
    await writeFile(join(folder, 'more.txt'), `another ${webServer}\n`);
    await expectShown(workbench.row('In This Workspace', 'more.txt:1'));
    await rm(join(folder, 'more.txt'));
    await workbench.row('In This Workspace', 'more.txt:1').waitFor({ state: 'hidden' });
  });

  it('follows a folder that is moved, of which the editor tells nothing else', async () => {
    const { workbench, folder } = editor;
    const outside = join(folder, '..', 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'moved.txt'), `another ${webServer}\n`);
    await rename(outside, join(folder, 'moved'));
    await expectShown(workbench.row('In This Workspace', 'moved.txt:1'));
    await rm(join(folder, 'moved'), { recursive: true });
    await workbench.row('In This Workspace', 'moved.txt:1').waitFor({ state: 'hidden' });
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

describe('a workspace with more images than anybody looks at', () => {
  it('asks for those that are shown, and for the others when they are', async () => {
    const { workbench, folder, server } = editor;
    const asked = () => new Set(server.requests.flatMap(({ params }) => Object.values(params)));
    server.requests.length = 0;
    const ids = Array.from(
      { length: 1_200 },
      (_, index) => `ami-0b4d7e${(index * 7_919_777 + 1e10).toString(16).padStart(11, '9')}`,
    );
    await writeFile(join(folder, 'stacks', 'zz.txt'), ids.join('\n'));
    await expect
      .poll(() => workbench.viewDescription('In This Workspace'), { timeout: 60_000 })
      .toMatch(/^1\d\d\d images/);
    const countAsked = () => ids.filter((id) => asked().has(id)).length;
    await expect.poll(countAsked, { timeout: 60_000 }).toBeGreaterThan(900);
    const list = workbench.view('In This Workspace').locator('.monaco-list').first();
    const more = workbench.row('In This Workspace', 'Load more… (');
    // The list is drawn anew while the answers arrive.
    await workbench.settled(async () => {
      await list.press('End');
      return workbench.settled(() => more.isVisible(), 1_000);
    }, 30_000);
    expect(countAsked()).toBeLessThanOrEqual(1_000);
    await more.click();
    await expect.poll(countAsked, { timeout: 60_000 }).toBe(ids.length);
    await rm(join(folder, 'stacks', 'zz.txt'));
  });
});

describe('a workspace of two folders', () => {
  it('leaves out of each what its own settings hide', async () => {
    await editor.close();
    editor = await openEditor({ otherFolder: 'other' });
    const { workbench, folder } = editor;
    const other = join(folder, '..', 'other');
    for (const each of [folder, other]) {
      await mkdir(join(each, 'hidden'));
      await writeFile(join(each, 'hidden', 'a.tf'), `ami = "${webServer}"\n`);
    }
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'settings.json'), '{ "files.exclude": { "**/hidden": true } }');
    await workbench.openAmiExplorer();
    await workbench.openView('In This Workspace');
    const row = workbench.row('In This Workspace', new RegExp(`^${webServer}|^web-server-golden`));
    await expect.poll(() => row.innerText(), { timeout: 30_000 }).toContain('1 reference');
    await workbench.expand('In This Workspace', new RegExp(`^${webServer}|^web-server-golden`));
    await expectShown(workbench.row('In This Workspace', 'a.tf:1'));
    expect(await workbench.row('In This Workspace', 'a.tf:1').innerText()).toContain('other/hidden');
  });
});

describe('a workspace that is not trusted', () => {
  it('shows what its files name, and says that AWS is not asked', async () => {
    await editor.close();
    editor = await openEditor({ workspaceTrust: true });
    const { workbench, folder, server } = editor;
    await writeFile(join(folder, 'web.tf'), `ami = "${webServer}"\n`);
    await workbench.openAmiExplorer();
    await workbench.openView('In This Workspace');
    await expectShown(workbench.row('In This Workspace', webServer));
    await expectShown(workbench.row('In This Workspace', 'AWS is not queried: the workspace is not trusted'));
    const named = server.requests.filter(({ params }) => Object.values(params).includes(webServer));
    expect(named).toEqual([]);
  });
});
