import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

const refusal = 'Changes in AWS are blocked';
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ userSettings: { 'amiExplorer.readOnly': true } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** In the settings of the folder, as a person does in another window. */
async function setReadOnly(value: boolean): Promise<void> {
  const folder = join(editor.folder, '.vscode');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ 'amiExplorer.readOnly': value }));
  const description = expect.poll(() => editor.workbench.viewDescription('Images'));
  await (value ? description : description.not).toContain('read-only');
}

function sent(): readonly unknown[] {
  return editor.server.requests.filter(({ action }) => action === 'CreateImage');
}

describe('with amiExplorer.readOnly', () => {
  it('both views say so, and a command that changes AWS says why it does not, with the way to the setting', async () => {
    const { workbench } = editor;
    await workbench.expand('Instances', 'us-east-1');
    await expect.poll(() => workbench.viewDescription('Images')).toMatch(/^read-only · /);
    await expect.poll(() => workbench.viewDescription('Instances')).toMatch(/^read-only · /);
    const row = workbench.row('Instances', 'web-1');
    await workbench.reveal('Instances', row);
    await workbench.contextMenu(row, 'Create Image…');
    await workbench.notification(refusal).waitFor();
    await expectGone(workbench.quickInput());
    await workbench.screenshot('read-only');
    await workbench.pressNotificationButton(refusal, 'Open Setting');
    await workbench.page.locator('.settings-editor').getByText('Ami Explorer: Read Only').waitFor();
    expect(sent()).toEqual([]);
    const modal = workbench.page.locator('.monaco-modal-editor-block');
    const closed = async () => {
      await workbench.page.keyboard.press('Escape');
      return workbench.settled(async () => (await modal.count()) === 0, 5_000);
    };
    await expect.poll(closed).toBe(true);
  });

  it('turned on in the middle of the steps, nothing is sent, and turned off, it goes on', async () => {
    const { workbench } = editor;
    await setReadOnly(false);
    const row = workbench.row('Instances', 'web-1');
    await workbench.reveal('Instances', row);
    await workbench.contextMenu(row, 'Create Image…');
    for (const step of ['Name', 'Description', 'Reboot', 'Volumes', 'Tags']) {
      await workbench.quickInputTitle().getByText(step).waitFor();
      await workbench.accept();
    }
    await workbench.quickInputTitle().getByText('Review').waitFor();
    await setReadOnly(true);
    await workbench.accept();
    await workbench.quickPickRow(refusal).waitFor();
    expect(sent()).toEqual([]);
    await setReadOnly(false);
    await workbench.accept();
    await workbench.notification(/web-1-.* is available/).waitFor();
    expect(sent()).toHaveLength(2);
  });
});
