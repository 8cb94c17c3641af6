import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, type DescribeImagesCommandInput, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

const regions = ['us-east-1', 'eu-west-1', 'us-west-2'];

const instance = (value: string, more = '') => `resource "aws_instance" "web" {\n  ami = ${value}\n${more}}\n`;

const files: Readonly<Record<string, string>> = {
  'none/none.tf': instance('""'),
  'arm/arm.tf': instance('""', '  instance_type = "t4g.micro"\n'),
  'told/told.tf': `provider "aws" {\n  region = "eu-west-1"\n}\n\n${instance('""')}`,
  'whole/whole.tf': instance('"ami-0123456789abcdef0"'),
  'data/data.tf': 'resource "aws_instance" "web" {\n  \n}\n',
  'undo/undo.tf': instance('"ami-0"'),
};

beforeAll(async () => {
  editor = await openEditor({ settings: { 'amiExplorer.regions': regions } });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(editor.folder, name, '..'), { recursive: true });
    await writeFile(join(editor.folder, name), text);
  }
  await editor.workbench.openAmiExplorer();
  await editor.workbench.expand('Images', 'Owned by me', 'web-server-golden');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const rows = () => editor.workbench.page.locator('.suggest-widget.visible .monaco-list-row');

const focusedRow = () => editor.workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused');

async function openAt(file: string, line: number, column: number): Promise<void> {
  const { workbench } = editor;
  await workbench.openFile(file);
  await workbench.goTo(line, column);
}

/** Asks for suggestions at a place of a file; gives what each row says. */
async function suggested(file: string, line: number, column: number): Promise<readonly string[]> {
  const { workbench } = editor;
  await openAt(file, line, column);
  const isShown = async () => {
    await workbench.page.keyboard.press('Control+Space');
    return workbench.settled(() => rows().first().isVisible(), 10_000);
  };
  expect(await workbench.settled(isShown, 60_000)).toBe(true);
  const said = async () => (await rows().allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  let found: readonly string[] = [];
  // Until no more arrive.
  for (let before = ''; before === '' || before !== found.join(); found = await said()) {
    before = found.join();
    await workbench.page.waitForTimeout(500);
  }
  return found;
}

async function imagesIn(region: string, input: DescribeImagesCommandInput): Promise<readonly string[]> {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new EC2Client({ region, endpoint: editor.server.url, credentials });
  const { Images = [] } = await client.send(new DescribeImagesCommand({ ...input, IncludeDeprecated: true }));
  return Images.map(({ ImageId = '' }) => ImageId);
}

/** The regions in which an image of the sample account is. */
async function regionsOf(id: string): Promise<readonly string[]> {
  const Filters = [{ Name: 'image-id', Values: [id] }];
  const found = await Promise.all(regions.map((region) => imagesIn(region, { Filters })));
  return regions.filter((_, index) => found[index]?.length === 1);
}

async function insertedId(): Promise<string> {
  const text = () => editor.workbench.editorText();
  await expect.poll(text).toMatch(/ami = "ami-[0-9a-f]{17}"/);
  return /ami = "(ami-[0-9a-f]{17})"/.exec(await text())?.[1] ?? '';
}

describe('with several chosen regions, an id', () => {
  it('of any of them is offered where nothing tells the region, and says which', async () => {
    const { workbench } = editor;
    const found = await suggested('none.tf', 2, 10);
    expect(found.filter((text) => !regions.some((region) => text.includes(region)))).toEqual([]);
    const Filters = [{ Name: 'name', Values: ['web-server-golden-*'] }];
    const [id = ''] = await imagesIn('eu-west-1', { Owners: ['self'], Filters });
    await workbench.page.keyboard.type(id.slice(0, 14));
    // The first of those that are left.
    await expect.poll(async () => (await focusedRow().allInnerTexts()).join()).toContain('eu-west-1');
    await workbench.page.keyboard.press('Enter');
    expect(await insertedId()).toBe(id);
    expect(await regionsOf(await insertedId())).toEqual(['eu-west-1']);
  });

  it('of the region that the file tells is offered alone, and says none', async () => {
    const found = await suggested('told.tf', 6, 10);
    expect(found.filter((text) => regions.some((region) => text.includes(region)))).toEqual([]);
    await editor.workbench.page.keyboard.press('Enter');
    expect(await regionsOf(await insertedId())).toEqual(['eu-west-1']);
  });

  it('of another architecture than that of the instance type is not offered', async () => {
    const { page } = editor.workbench;
    const found = await suggested('arm.tf', 2, 10);
    expect(found.filter((text) => text.includes('arm64'))).not.toEqual([]);
    expect(found.filter((text) => /x86_64|amd64|web-server-golden/.test(text))).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('takes the place of a whole one, at its end too', async () => {
    const { page } = editor.workbench;
    const found = await suggested('whole.tf', 2, 31);
    expect(found.length).toBeGreaterThan(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => editor.workbench.editorText()).not.toContain('ami-0123456789abcdef0');
    expect(await regionsOf(await insertedId())).toHaveLength(1);
  });

  it('goes away with one undo', async () => {
    const { page } = editor.workbench;
    await suggested('undo.tf', 2, 15);
    await page.keyboard.press('Enter');
    await insertedId();
    await page.keyboard.press('Control+Z');
    await expect.poll(() => editor.workbench.editorText()).toContain('ami = "ami-0"');
  });
});

describe('a public parameter', () => {
  it('is read by a data source, which comes and goes with what is inserted', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    await openAt('data.tf', 2, 3);
    await page.keyboard.type('ami = ', { delay: 40 });
    await rows().first().waitFor();
    await page.keyboard.type('ssm', { delay: 60 });
    await rows().filter({ hasText: 'public parameter' }).first().waitFor();
    // Of several regions it is the same, and stands there once.
    const twice = async () => {
      const labels = await rows().allInnerTexts();
      return labels.filter((label, index) => labels.indexOf(label) !== index);
    };
    await expect.poll(twice).toEqual([]);
    await page.keyboard.press('Enter');
    const text = () => workbench.editorText();
    await expect.poll(text).toMatch(/^data "aws_ssm_parameter" "\w+" \{\n {2}name = "[\w/-]+"\n\}\n\nresource /);
    await expect.poll(text).toMatch(/\n {2}ami = data\.aws_ssm_parameter\.\w+\.insecure_value\n\}/);
    await page.keyboard.press('Control+Z');
    await expect.poll(text).toMatch(/^resource "aws_instance" "web" \{\n {2}ami = ssm\n\}/);
  });
});
