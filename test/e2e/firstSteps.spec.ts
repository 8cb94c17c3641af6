import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ env: {} });
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** A step of the walkthrough by its title, and whether the editor has checked it off. */
const step = (title: string) => editor.workbench.page.locator('.getting-started-step', { hasText: title }).first();
const isDone = (title: string) => step(title).locator('.codicon-getting-started-step-checked').count();

/** Goes through the wizard with a name and what the other steps offer. */
async function createImage(instance: string, name: string): Promise<void> {
  const { workbench } = editor;
  const row = workbench.row('Instances', instance);
  await workbench.reveal('Instances', row);
  await workbench.contextMenu(row, 'Create Image…');
  const title = async () => (await workbench.quickInputTitle().allInnerTexts()).join();
  await expect.poll(title).toContain('Name');
  await workbench.answer(name);
  for (let left = 10; left > 0 && !(await title()).includes('Review'); left -= 1) {
    const before = await title();
    await workbench.accept();
    await workbench.settled(async () => (await title()) !== before, 20_000);
  }
  await workbench.quickInputTitle().getByText('Review').waitFor();
  await workbench.accept();
  await workbench.quickInput().waitFor({ state: 'hidden' });
}

describe('the walkthrough', () => {
  it('is opened by its command, with four steps and a picture of each', async () => {
    const { workbench } = editor;
    await workbench.page.getByRole('tab', { name: 'AMI Explorer' }).first().waitFor();
    await workbench.command('Get Started with AMI Explorer');
    const titles = ['Open the Sample Account', 'Look Inside an Image', 'Create an Image', 'Put Its ID into Code'];
    for (const title of titles) {
      await step(title).click();
      expect(await isDone(title), title).toBe(0);
      await expectShown(workbench.page.locator('.getting-started-media').first());
    }
  });

  it('completes its steps as they are done, whichever way', async () => {
    const { workbench, folder } = editor;
    await step('Open the Sample Account').click();
    await workbench.page.getByRole('button', { name: 'Explore the Sample Account' }).first().click();
    await workbench.row('Images', 'Owned by me').waitFor();
    await expect.poll(() => isDone('Open the Sample Account')).toBe(1);
    expect(await isDone('Look Inside an Image')).toBe(0);
    // By Find Image…, of which the editor sees no command for the image.
    await workbench.findImage('web-server-golden');
    await workbench.quickPickRow('web-server-golden').click();
    await workbench
      .webview()
      .getByRole('heading', { name: /web-server-golden/ })
      .first()
      .waitFor();
    await writeFile(join(folder, 'empty.txt'), '');
    await workbench.openFile('empty.txt');
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.contextMenu(workbench.imageRow(/web-server-golden-20261114/), 'Insert AMI ID at Cursor');
    await expect.poll(() => workbench.editorText()).toMatch(/ami-[0-9a-f]{17}/);
    await workbench.command('Get Started with AMI Explorer');
    await expect.poll(() => isDone('Look Inside an Image')).toBe(1);
    await expect.poll(() => isDone('Put Its ID into Code')).toBe(1);
    expect(await isDone('Create an Image')).toBe(0);
  });
});

describe('what is created in the sample account', () => {
  const name = 'kept-over-a-reload';

  it('completes its step, is there after a reload, and the view is as it was', async () => {
    const { workbench } = editor;
    await createImage('edge-cache', name);
    await expect.poll(() => isDone('Create an Image')).toBe(1);
    await workbench.imageRow(/web-server-golden-20261114/).waitFor();
    await workbench.reloadWindow();
    await workbench.openAmiExplorer();
    // Open, as it was before, without a click.
    await workbench.imageRow(/web-server-golden-20261114/).waitFor();
    await workbench.findImage(name);
    await expectShown(workbench.quickPickRow(name));
    await workbench.page.keyboard.press('Escape');
  });

  it('is gone after Reset Sample Account', async () => {
    const { workbench } = editor;
    await workbench.command('Reset Sample Account');
    await workbench.dialog().getByRole('button', { name: 'Reset' }).click();
    await workbench.row('Images', 'Owned by me').waitFor();
    // The view connects anew, which closes a search that is open.
    const isNotFound = await workbench.settled(async () => {
      await workbench.findImage(name);
      return workbench.settled(() => workbench.quickPickRow('No image found').isVisible(), 10_000);
    }, 60_000);
    expect(isNotFound).toBe(true);
    expect(await workbench.quickPickRow(name).count()).toBe(0);
    await workbench.page.keyboard.press('Escape');
  });
});

describe('an empty place', () => {
  it('says what to do next, and does it with a click', async () => {
    const { workbench } = editor;
    await workbench.writeUserSettings({
      'amiExplorer.profile': '@sample',
      'amiExplorer.regions': ['eu-north-1'],
    });
    await workbench.row('Images', 'eu-north-1').waitFor();
    await workbench.expand('Images', 'Owned by me');
    await expect.poll(() => workbench.row('Images', 'No images yet').innerText()).toContain('Create Image…');
    await workbench.expand('Images', 'Shared with me');
    await workbench.row('Images', 'Nothing is shared with you').waitFor();
    await workbench.row('Instances', 'No instances').click();
    await workbench.quickPickRow('us-east-1').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.row('Images', 'Nothing is shared with you').click();
    await workbench.tab(/eu-north-1/).waitFor();
  });

  it('that a filter has made is filled by a click', async () => {
    const { workbench } = editor;
    await workbench.typeFor('Filter Images…', 'nothing-has-this-name');
    await workbench.accept();
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'Nothing matches the filter').click();
    await expectGone(workbench.row('Images', 'Nothing matches the filter'));
    await expect.poll(() => workbench.viewMessage('Images')).not.toContain('nothing-has-this-name');
  });
});
