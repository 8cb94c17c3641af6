import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

/** The row of an image below Pinned, which stands above the one of the same name below its family. */
const golden = /web-server-golden-2026/;

describe('pins', () => {
  it('put an image at the top of its region, over a reload too', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.contextMenu(workbench.imageRow(golden), 'Pin Image');
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.reloadWindow();
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.imageRow(golden).waitFor();
    await expect
      .poll(async () => (await workbench.rows('Images')).findIndex((row) => row.startsWith('Pinned')))
      .toBe(1);
    await expect(workbench.contextMenuEntries(workbench.imageRow(golden))).resolves.toEqual([
      'Show Image Details',
      'Copy AMI ID',
      'Copy As…',
      'Insert AMI ID at Cursor',
      'Insert As…',
      'Copy Link to Image',
      'Pin Family',
      'Unpin',
    ]);
  });

  it('are there before an endpoint that is slow to say so has told whose account it is', async () => {
    const { workbench, server } = editor;
    const title = () => workbench.viewDescription('Images');
    server.faults.add({ kind: 'hold', action: 'GetCallerIdentity' });
    await workbench.reloadWindow();
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Pinned').waitFor();
    expect(await title()).not.toContain('123456789012');
    server.faults.clear();
    await expect.poll(title).toContain('123456789012');
    await workbench.row('Images', 'Pinned').waitFor();
  });

  it('say that an image is gone, and let it be unpinned all the same', async () => {
    const { workbench, server } = editor;
    await workbench.expand('Images', 'Public', 'Debian', /^12 .*arm64/);
    const debian = workbench.imageRow(/debian-12-arm64-/);
    await workbench.reveal('Images', debian);
    await expect.poll(() => debian.innerText()).toMatch(/ami-[0-9a-f]{17}/);
    const [id = ''] = /ami-[0-9a-f]{17}/.exec(await debian.innerText()) ?? [];
    await workbench.contextMenu(debian, 'Pin Image');
    await workbench.expand('Images', 'Pinned');
    await workbench
      .view('Images')
      .getByRole('treeitem', { name: /^Pinned, .*, 2$/ })
      .waitFor();
    await expect(server.account.publicImages('us-east-1').remove([id])).resolves.toEqual([id]);
    await workbench.inlineButton(workbench.row('Images', 'us-east-1'), 'Refresh');
    const gone = workbench.view('Images').getByText(`${id} no longer exists, or is not shared with this account`);
    await gone.waitFor();
    await workbench.reveal('Images', debian);
    await workbench.inlineButton(debian, 'Unpin');
    await expectGone(gone);
  });

  it('are taken from their place by the button beside them', async () => {
    const { workbench } = editor;
    await workbench.reveal('Images', workbench.imageRow(golden));
    await workbench.inlineButton(workbench.imageRow(golden), 'Unpin');
    await expectGone(workbench.row('Images', 'Pinned'));
  });

  it('belong to the account in which they were made: no other shows them, or is asked for them', async () => {
    const { workbench, server } = editor;
    await workbench.command('Explore the Sample Account');
    await expect.poll(() => workbench.viewDescription('Images')).toContain('Sample account · 1');
    await workbench.expand('Images', 'us-east-1', 'Owned by me', 'web-server-golden');
    await workbench.contextMenu(workbench.imageRow(golden), 'Pin Image');
    await workbench.expand('Images', 'Pinned');
    await workbench
      .view('Images')
      .getByRole('treeitem', { name: /^Pinned, .*, 1$/ })
      .waitFor();
    server.requests.length = 0;
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow('Standard chain').click();
    await expect.poll(() => workbench.viewDescription('Images')).toContain('environment · 1');
    await workbench.row('Images', 'Owned by me').waitFor();
    await expectGone(workbench.row('Images', 'Pinned'));
    const asked = server.requests.filter(({ action }) => action === 'DescribeImages');
    expect(asked.filter(({ params }) => JSON.stringify(params).includes('ami-'))).toEqual([]);
    await workbench.command('Explore the Sample Account');
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow('Standard chain').click();
    await workbench.row('Images', 'Pinned').waitFor({ state: 'detached' });
  });

  it('of two windows are all there, in both', async () => {
    const { workbench } = editor;
    const other = await editor.newWindow();
    await other.openAmiExplorer();
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await other.expand('Images', 'Owned by me');
    await other.contextMenu(other.row('Images', /^demo-kiosk-public-by-mistake-2026/), 'Pin Image');
    // A pin of the other window moves the rows of this one: a click before that may meet another row.
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.contextMenu(workbench.imageRow(golden), 'Pin Image');
    for (const window of [workbench, other]) {
      await window.expand('Images', 'Pinned');
      await expectShown(window.view('Images').getByRole('treeitem', { name: /^Pinned, .*, 2$/ }));
    }
  });
});
