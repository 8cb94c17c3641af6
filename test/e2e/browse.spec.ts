import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('the Images view', () => {
  it('shows the default region with what is owned, shared and public, and the account', async () => {
    const { workbench } = editor;
    await workbench.row('Images', 'us-east-1').waitFor();
    for (const label of ['Owned by me', 'Shared with me', 'Public']) {
      await workbench.row('Images', label).waitFor();
    }
    await expect.poll(() => workbench.viewDescription('Images')).toContain('123456789012');
  });

  it('tells first what must not be missed of an image, to be seen in a narrow view', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    const failed = workbench.row('Images', 'nightly-snapshot-');
    await workbench.reveal('Images', failed);
    expect(await failed.locator('.label-description').innerText()).toMatch(/^failed · ami-/);
  });

  it('opens an owned image from the tree, as a preview', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    const image = workbench.imageRow(/web-server-golden-2026/);
    const stamp = await image.locator('.label-name').innerText();
    expect(stamp).toMatch(/^\d{8}$/);
    await workbench.clickRow(image);
    const name = `web-server-golden-${stamp}`;
    await workbench.tab(name).waitFor();
    await workbench.webview().getByRole('heading', { name }).first().waitFor();
    await expectShown(workbench.webview().getByRole('heading', { name: 'Root Volume' }).first());
  });

  it('copies the id by the inline button', async () => {
    const { workbench } = editor;
    const image = workbench.imageRow(/web-server-golden-2026/);
    const id = await workbench.clipboardAfter(() => workbench.inlineButton(image, 'Copy AMI ID'));
    expect(id).toMatch(/^ami-[0-9a-f]{17}$/);
  });

  it('copies the newest id of a family by its button, and the ids of the selection by keys', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    const images = workbench.view('Images').getByRole('treeitem', { name: /web-server-golden-2026/ });
    const family = workbench.row('Images', 'web-server-golden');
    const newest = await workbench.clipboardAfter(() => workbench.inlineButton(family, 'Copy Newest ID'));
    expect((await images.first().innerText()).replace(/\s+/g, ' ')).toContain(newest);
    await workbench.selectRows([images.nth(1), images.nth(2)], 'Shift');
    const copied = await workbench.clipboardAfter(() => page.keyboard.press('Control+C'));
    expect(copied).toMatch(/^ami-\w{17}\nami-\w{17}$/);
    expect(copied).not.toContain(newest);
  });

  it('lists a family of a verified publisher, newest first', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'Owned by me').click();
    await workbench.expand('Images', 'Public', 'Canonical', '24.04 LTS (Noble) arm64');
    const images = workbench.view('Images').getByRole('treeitem', { name: /ubuntu\/images\/.*noble.*arm64/ });
    await expectShown(images.first());
    const labels = images.locator('.label-name');
    await expect.poll(() => labels.count()).toBeGreaterThan(1);
    const stamps = (await labels.allInnerTexts()).map((label) => /^\d{8}/.exec(label)?.[0]);
    expect(stamps).toEqual(stamps.toSorted().reverse());
    await expect.poll(() => images.first().innerText()).toContain('newest');
    expect(await images.nth(1).innerText()).not.toContain('newest');
  });
});
