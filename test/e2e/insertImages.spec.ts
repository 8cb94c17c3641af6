import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

const play = '- hosts: all\n  tasks:\n    - name: first\n      ansible.builtin.debug:\n        msg: x\n';

beforeAll(async () => {
  editor = await openEditor();
  const { folder, workbench } = editor;
  await writeFile(join(folder, 'site.yml'), `${play}    \n`);
  await writeFile(join(folder, 'drop.tf'), 'resource "aws_instance" "web" {\n  ami = ""\n}\n\n');
  await writeFile(join(folder, 'list.tf'), 'locals {\n  amis = [""]\n}\n');
  await workbench.openAmiExplorer();
  await workbench.expand('Images', 'Owned by me', 'web-server-golden');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** The place in the active editor behind a text, or in a line without any. */
function textAt(line: string | RegExp): Locator {
  return editor.workbench.page.locator('.editor-group-container.active .view-line', { hasText: line }).first();
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

describe('an image that is dragged into an editor', () => {
  it('leaves its id at the place, and offers code for the file', async () => {
    const { workbench } = editor;
    await workbench.openFile('drop.tf');
    const row = workbench.row('Images', /^web-server-golden-2026/);
    await drag(row, await pointIn(textAt('ami = ""'), '  ami = "'.length));
    await expect.poll(() => workbench.editorText()).toMatch(/ {2}ami = "ami-[0-9a-f]{17}"\n/);
    await workbench.page.screenshot({ path: '/tmp/insert-drop.png' });
  });
});
