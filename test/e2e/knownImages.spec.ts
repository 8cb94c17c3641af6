import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ settings: { 'amiExplorer.regions': ['us-east-1', 'eu-west-1'] } });
  await editor.workbench.openAmiExplorer();
  await editor.workbench.expand('Images', 'Owned by me', 'web-server-golden');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const image = (index: number) =>
  editor.workbench
    .view('Images')
    .getByRole('treeitem', { name: /web-server-golden-2026/ })
    .nth(index);

async function open(index: number): Promise<void> {
  const name = `web-server-golden-${await image(index).locator('.label-name').innerText()}`;
  await editor.workbench.clickRow(image(index));
  const view = editor.workbench.webview();
  await view.getByRole('heading', { name }).first().waitFor();
  await view.getByRole('heading', { name: 'Permissions' }).first().waitFor();
  await view.getByText('Loading launch permissions').waitFor({ state: 'detached' });
}

describe('an image that EC2 has told of', () => {
  const copiedId = (index: number) =>
    editor.workbench.clipboardAfter(() => editor.workbench.contextMenu(image(index), 'Copy AMI ID'));

  it('is opened again, copied, pinned and found by its id without a call', async () => {
    const { workbench, server } = editor;
    await open(0);
    await open(1);
    await untilQuiet(server);
    server.requests.length = 0;
    await open(0);
    const id = await copiedId(0);
    await workbench.contextMenu(image(0), 'Pin Image');
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.paletteCommand('View', 'Close All Editors');
    await workbench.findImage(id);
    await workbench.quickPickRow(id).waitFor();
    // The search waits for a pause in the typing before it asks.
    await workbench.page.waitForTimeout(2_000);
    await untilQuiet(server);
    await workbench.dismissQuickInput();
    expect(server.requests.map(({ action, region }) => `${action} ${region}`)).toEqual([]);
  });

  it('is asked for in its details once somebody wants to know anew', async () => {
    const { workbench, server } = editor;
    await open(2);
    await untilQuiet(server);
    server.requests.length = 0;
    await workbench.webview().getByRole('button', { name: 'Refresh' }).click();
    const asked = () => server.requests.map(({ action }) => action).sort();
    await expect.poll(asked).toEqual(['DescribeImageAttribute', 'DescribeImages']);
  });
});
