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

  it('opens an owned image from the tree, as a preview', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    const image = workbench.row('Images', /^web-server-golden-2026/);
    const label = await image.locator('.label-name').innerText();
    await image.click();
    await workbench.tab(label).waitFor();
    await workbench.webview().getByRole('heading', { name: label }).first().waitFor();
    await expectShown(workbench.webview().getByRole('heading', { name: 'Root Volume' }).first());
  });

  it('copies the id by the inline button', async () => {
    const { workbench } = editor;
    const image = workbench.row('Images', /^web-server-golden-2026/);
    await workbench.writeClipboard('');
    await workbench.inlineButton(image, 'Copy AMI ID');
    await expect.poll(() => workbench.clipboard()).toMatch(/^ami-[0-9a-f]{17}$/);
  });

  it('lists a family of a verified publisher, newest first', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'Owned by me').click();
    await workbench.expand('Images', 'Public', 'Canonical', 'Ubuntu 24.04 LTS (Noble) arm64');
    await expectShown(workbench.row('Images', /^ubuntu\/images\/.*noble.*arm64/));
  });
});
