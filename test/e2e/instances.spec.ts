import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
  await editor.workbench.expand('Instances', 'us-east-1');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('an instance', () => {
  it('shows its state and its type before its id', async () => {
    const { workbench } = editor;
    const row = workbench.row('Instances', 'web-1');
    await workbench.reveal('Instances', row);
    const description = row.locator('.label-description');
    await expect.poll(() => description.innerText()).toMatch(/^running · \S+ · i-[0-9a-f]{17}$/);
  });

  it('shows its details at a click, with its volumes and its image, which opens', async () => {
    const { workbench } = editor;
    await workbench.reveal('Instances', workbench.row('Instances', 'web-1'));
    await workbench.clickRow(workbench.row('Instances', 'web-1'));
    const view = workbench.webview();
    await view.getByRole('heading', { name: 'web-1', exact: true }).waitFor();
    await view
      .locator('.volumes tbody')
      .getByText(/^\d+ GiB$/)
      .first()
      .waitFor();
    const image = view.locator('#section-instance .link');
    // Its id, until its name is known.
    await expect.poll(() => image.innerText()).not.toMatch(/^ami-[0-9a-f]{17}$/);
    const name = (await image.innerText()).trim();
    await image.click();
    await expectShown(workbench.tab(name));
  });

  it('has its id copied, and its image shown, from its menu', async () => {
    const { workbench } = editor;
    const row = workbench.row('Instances', 'web-1');
    await workbench.reveal('Instances', row);
    expect(await workbench.contextMenuEntries(row)).toEqual([
      'Create Image…',
      'Show Instance Details',
      'Show Its Image',
      'Copy Instance ID',
    ]);
    expect(await workbench.clipboardAfter(() => workbench.contextMenu(row, 'Copy Instance ID'))).toMatch(
      /^i-[0-9a-f]{17}$/,
    );
  });
});

describe('a link to an image', () => {
  const name = 'web-server-golden-20261114';

  beforeEach(() => editor.workbench.expand('Images', 'us-east-1', 'Owned by me', 'web-server-golden'));

  async function openLink(url: string): Promise<void> {
    const { workbench } = editor;
    await workbench.paletteCommand('Developer', 'Open URL');
    await workbench.answer(url);
    const open = workbench.dialog().getByRole('button', { name: 'Open', exact: true });
    await open.click();
  }

  /** The beginning of the editor's own links, up to the region. */
  async function linkStart(): Promise<string> {
    const { workbench } = editor;
    const copy = () => workbench.contextMenu(workbench.imageRow(name), 'Copy Link to Image');
    const [start] = (await workbench.clipboardAfter(copy)).split('us-east-1');
    expect(start).toMatch(/^[\w-]+:\/\/ami-explorer\.ami-explorer\/image\/$/);
    return start ?? '';
  }

  it('opens the details that it was copied from, and selects the image in the view', async () => {
    const { workbench } = editor;
    await workbench.clickRow(workbench.imageRow(name));
    const view = workbench.webview();
    await view.getByRole('heading', { name }).waitFor();
    const link = await workbench.clipboardAfter(() => view.getByRole('button', { name: 'Copy Link to Image' }).click());
    expect(link).toMatch(/^[\w-]+:\/\/ami-explorer\.ami-explorer\/image\/us-east-1\/ami-[0-9a-f]{17}$/);
    await workbench.paletteCommand('View', 'Close All Editors');
    await workbench.clickRow(workbench.row('Images', 'us-east-1'));
    await openLink(link);
    await view.getByRole('heading', { name }).waitFor();
    await expect.poll(() => workbench.imageRow(name).getAttribute('aria-selected')).toBe('true');
  });

  it('opens nothing where it names no image, and says so', async () => {
    const { workbench } = editor;
    const start = await linkStart();
    await workbench.paletteCommand('View', 'Close All Editors');
    await openLink(`${start}us-east-1/ami-1?command=x`);
    await workbench.notification('This is not a link to an image').waitFor();
    await expectGone(workbench.page.locator('.tabs-container .tab'));
  });

  it('opens details that say why, where the image cannot be loaded', async () => {
    const { workbench } = editor;
    await openLink(`${await linkStart()}cn-north-1/ami-0123456789abcdef0`);
    await expectShown(workbench.webview().getByRole('alert'));
  });
});
