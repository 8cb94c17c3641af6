import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

/** An id that no image has. */
const used = 'ami-0c5d9b17e3f2a8464';

const play = '- hosts: all\n  tasks:\n    - name: first\n      ansible.builtin.debug:\n        msg: x\n';

beforeAll(async () => {
  editor = await openEditor();
  const { folder, workbench } = editor;
  await writeFile(join(folder, 'site.yml'), `${play}    \n`);
  await writeFile(join(folder, 'drop.tf'), 'resource "aws_instance" "web" {\n  ami = ""\n}\n\n');
  await writeFile(join(folder, 'list.tf'), 'locals {\n  amis = [""]\n}\n');
  await writeFile(join(folder, 'insert.yml'), `${play}    \n`);
  await writeFile(join(folder, 'type.tf'), 'resource "aws_instance" "web" {\n  \n}\n');
  await writeFile(join(folder, 'paste.tf'), 'ami = ""\n# see \n');
  await writeFile(join(folder, 'catalog.tf'), 'ami = ""\n');
  await writeFile(join(folder, 'used.tf'), `# ${used}\nami = ""\n`);
  await workbench.openAmiExplorer();
  await workbench.expand('Images', 'Owned by me', 'web-server-golden');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** The place in the active editor behind a text, or in a line without any. */
function textAt(line: string | RegExp): Locator {
  return editor.workbench.page.locator('.editor-group-container.active .view-line', { hasText: line }).first();
}

/** The beginning of a line of the active editor, by its number; all lines are on screen. */
async function beginningOf(number: number): Promise<{ readonly x: number; readonly y: number }> {
  const lines = editor.workbench.page.locator('.editor-group-container.active .view-line');
  const boxes = await lines.evaluateAll((elements) =>
    elements.map((element) => element.getBoundingClientRect()).map(({ x, y, height }) => ({ x, y, height })),
  );
  const { x, y, height } = boxes.sort((one, other) => one.y - other.y)[number - 1] ?? { x: 0, y: 0, height: 0 };
  return { x: x + 1, y: y + height / 2 };
}

/** Drags with the mouse, as a person does. */
async function drag(from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
  const { page } = editor.workbench;
  const box = await from.boundingBox();
  if (!box) throw new Error('What is to be dragged is not on screen.');
  await page.mouse.move(box.x + 60, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + box.height / 2 + 4, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.waitForTimeout(200);
  await page.mouse.move(to.x + 1, to.y, { steps: 2 });
  await page.waitForTimeout(100);
  await page.mouse.up();
}

/** A point in a line, behind so many of its characters. */
async function pointIn(line: Locator, character: number): Promise<{ readonly x: number; readonly y: number }> {
  await line.waitFor();
  return line.evaluate((element, count) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let left = count;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left <= length) {
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left);
        const { x, y, height } = range.getBoundingClientRect();
        return { x: x + 0.5, y: y + height / 2 };
      }
      left -= length;
    }
    const { x, y, height } = element.getBoundingClientRect();
    return { x: x + 2, y: y + height / 2 };
  }, character);
}

/** Chooses another form of what was just dropped. */
async function chooseDropped(form: string): Promise<void> {
  const { page } = editor.workbench;
  await page.locator('.post-edit-widget .monaco-button').first().click();
  await page.locator('.action-widget .monaco-list-row', { hasText: form }).first().click();
}

/** The text of a file once it is saved from the editor, as it is expected. */
async function expectSaved(name: string, ...expected: readonly RegExp[]): Promise<void> {
  await editor.workbench.page.keyboard.press('Control+S');
  const text = () => readFile(join(editor.folder, name), 'utf8');
  for (const each of expected) await expect.poll(text).toMatch(each);
}

/** Puts the cursor into a line and column, both from 1. */
async function goTo(line: number, column: number): Promise<void> {
  const { workbench } = editor;
  await workbench.page.keyboard.press('Control+G');
  await workbench.answer(`:${line}:${column}`);
  // A menu that opens before it is gone would close with it.
  await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const golden = () => editor.workbench.row('Images', /^web-server-golden-2026/);

describe('Insert As…', () => {
  it('indents a task for the list that the cursor is in', async () => {
    const { workbench } = editor;
    await workbench.openFile('insert.yml');
    await goTo(6, 5);
    await workbench.contextMenu(golden(), 'Insert As…');
    await workbench.quickPickRow('amazon.aws.ec2_ami_info').click();
    await expect.poll(() => workbench.editorText()).toContain('ec2_ami_info');
    await expectSaved(
      'insert.yml',
      /\n {8}msg: x\n {4}- name: List[^\n]*\n {6}amazon.aws.ec2_ami_info:\n {8}region: us-east-1\n/,
      /\n {4}- name: Choose/,
    );
  });
});

describe('an image that is dragged into an editor', () => {
  it('leaves its id at the place', async () => {
    const { workbench } = editor;
    await workbench.openFile('drop.tf');
    await drag(golden(), await pointIn(textAt('ami = ""'), '  ami = "'.length));
    await expect.poll(() => workbench.editorText()).toMatch(/ {2}ami = "ami-[0-9a-f]{17}"\n/);
    await expectSaved('drop.tf', / {2}ami = "ami-[0-9a-f]{17}"\n}\n\n$/);
  });

  it('leaves code for the file where that is chosen, as its formatter has it', async () => {
    const { workbench } = editor;
    await drag(golden(), await beginningOf(4));
    await expect.poll(() => workbench.editorText()).toMatch(/^ami-[0-9a-f]{17}$/m);
    await workbench.page.locator('.post-edit-widget .monaco-button').first().click();
    await workbench.page.locator('.action-widget .monaco-list-row').first().waitFor();
    const forms = await workbench.page.locator('.action-widget .monaco-list-row').allInnerTexts();
    expect(forms.map((form) => form.trim()).slice(0, 3)).toEqual([
      'AMI ID',
      'Terraform: data "aws_ami"',
      'Terraform: variable, map(string)',
    ]);
    await workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'data "aws_ami"' }).click();
    await expect.poll(() => workbench.editorText()).toContain('data "aws_ami" "web_server_golden"');
    await expectSaved(
      'drop.tf',
      /^data "aws_ami" "web_server_golden" {\n {2}most_recent = true\n {2}owners {6}= \["self"\]\n/m,
      /^(?!ami-)/m,
    );
  });

  it('becomes items of a list where several are dragged into one', async () => {
    const { workbench } = editor;
    await workbench.openFile('list.tf');
    const images = workbench.view('Images').locator('.monaco-list-row', { hasText: /web-server-golden-2026/ });
    await images.nth(0).click({ modifiers: ['Control'] });
    await images.nth(1).click({ modifiers: ['Control'] });
    await drag(images.nth(1), await pointIn(textAt('amis = [""]'), '  amis = ["'.length));
    await expect.poll(() => workbench.editorText()).toMatch(/amis = \["ami-\w{17}", "ami-\w{17}"\]/);
  });

  it('joins the tasks of a play', async () => {
    const { workbench } = editor;
    await workbench.openFile('site.yml');
    await drag(golden(), await beginningOf(6));
    await expect.poll(() => workbench.editorText()).toMatch(/ami-\w{17}/);
    await chooseDropped('Ansible');
    await expect.poll(() => workbench.editorText()).toContain('ec2_ami_info');
    await expectSaved(
      'site.yml',
      /\n {8}msg: x\n {4}- name: List images of web server golden\n {6}amazon.aws.ec2_ami_info:\n/,
    );
  });
});

describe('a link to an image', () => {
  const id = 'ami-0123456789abcdef0';
  const link = `https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#ImageDetails:imageId=${id}`;

  it('is pasted as the id where an id belongs', async () => {
    const { workbench } = editor;
    await workbench.openFile('paste.tf');
    await workbench.writeClipboard(link);
    await goTo(1, 8);
    await workbench.page.keyboard.press('Control+V');
    await expect.poll(() => workbench.editorText()).toContain(`ami = "${id}"`);
  });

  it('is pasted as it is elsewhere, with the id to choose', async () => {
    const { workbench } = editor;
    await goTo(2, 7);
    await workbench.page.keyboard.press('Control+V');
    await expect.poll(() => workbench.editorText()).toContain(`# see ${link}`);
    await workbench.page.locator('.post-edit-widget .monaco-button').first().click();
    await workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'Paste AMI ID' }).first().click();
    await expect.poll(() => workbench.editorText()).toContain(`# see ${id}`);
  });
});

describe('where an id belongs', () => {
  it('images are offered while one types, found by their names, and asked for once', async () => {
    const { workbench, server } = editor;
    const { page } = workbench;
    await workbench.openFile('type.tf');
    await goTo(2, 3);
    await page.keyboard.type('ami = "', { delay: 40 });
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    await suggestions.filter({ hasText: 'web-server-golden' }).first().waitFor();
    await page.waitForTimeout(1_000);
    server.requests.length = 0;
    await page.keyboard.type('edge', { delay: 60 });
    await suggestions.filter({ hasText: 'edge-cache-arm64' }).first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.editorText()).toMatch(/ {2}ami = "ami-[0-9a-f]{17}"\n}/);
    const listings = server.requests.filter(
      ({ params }) => !Object.keys(params).some((key) => key.startsWith('ImageId')),
    );
    expect(listings.map(({ action }) => action)).toEqual([]);
  });
});

describe('an image of In This Workspace', () => {
  it('can be dragged into an editor', async () => {
    const { workbench } = editor;
    await workbench.openFile('used.tf');
    await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).click();
    const row = workbench.row('In This Workspace', used);
    await workbench.reveal('In This Workspace', row);
    await drag(row, await pointIn(textAt('ami = ""'), 'ami = "'.length));
    await expect.poll(() => workbench.editorText()).toContain(`ami = "${used}"`);
    await workbench.page.locator('.pane-header', { hasText: 'In This Workspace' }).click();
  });
});

describe('a row of the catalog', () => {
  it('can be dragged into an editor beside it', async () => {
    const { workbench } = editor;
    await workbench.inlineButton(workbench.row('Images', 'us-east-1'), 'Browse Public Catalog');
    const page = workbench.webview();
    await page.locator('.row:not(.waiting)').first().waitFor();
    await workbench.paletteCommand('View', 'Split Editor Right');
    await workbench.openFile('catalog.tf');
    const line = textAt('ami = ""');
    await drag(page.locator('.row:not(.waiting)').nth(2), await pointIn(line, 'ami = "'.length));
    await expect.poll(() => workbench.editorText()).toMatch(/ami = "ami-\w{17}"/);
  });
});
