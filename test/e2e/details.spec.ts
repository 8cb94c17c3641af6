import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ tooltips: true, sample: { oddImages: true } });
  await editor.workbench.openAmiExplorer();
  await editor.workbench.expand('Images', 'Owned by me', 'web-server-golden');
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('the details of an image', () => {
  it('open as a preview that the next click takes over, as files do', async () => {
    const { workbench } = editor;
    await workbench.clickRow(workbench.imageRow('web-server-golden-20261114'));
    await workbench.tab('web-server-golden-20261114').waitFor();
    await workbench.clickRow(workbench.imageRow(/web-server-golden-202610/));
    await workbench.tab(/^web-server-golden-202610/).waitFor();
    await expect.poll(() => workbench.page.locator('.tab', { hasText: 'web-server-golden' }).count()).toBe(1);
  });

  it('stay when asked for, one panel an image', async () => {
    const { workbench } = editor;
    await workbench.webview().getByRole('button', { name: 'Keep Open' }).click();
    await workbench.clickRow(workbench.imageRow('web-server-golden-20261114'));
    await workbench.tab('web-server-golden-20261114').waitFor();
    const tabs = workbench.page.locator('.tab', { hasText: 'web-server-golden' });
    await expect.poll(() => tabs.count()).toBe(2);
    await workbench.clickRow(workbench.imageRow(/web-server-golden-202610/));
    await workbench.page.locator('.tab.active', { hasText: 'web-server-golden-202610' }).waitFor();
    await expect.poll(() => tabs.count()).toBe(2);
  });

  it('tell root volume, block devices, type and permissions', async () => {
    const { workbench } = editor;
    await workbench.clickRow(workbench.imageRow('web-server-golden-20261114'));
    const view = workbench.webview();
    await view.getByRole('heading', { name: 'web-server-golden-20261114' }).waitFor();
    for (const section of [
      'Structure',
      'Root Volume',
      'Block Devices',
      'Type',
      'Permissions',
      'Dates',
      'Tags',
      'Raw',
    ]) {
      await view.getByRole('heading', { name: section, exact: false }).first().waitFor();
    }
    await view.getByText('EBS-backed').first().waitFor();
    await expectShown(view.getByText('20 GiB').first());
  });

  it('show what the view knows of an image while the endpoint is gone', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'server-error' });
    const row = workbench.imageRow(/web-server-golden-202608/);
    await workbench.reveal('Images', row);
    await workbench.clickRow(row);
    const view = workbench.webview();
    await view.getByRole('heading', { name: 'web-server-golden-202608' }).waitFor();
    await view.getByRole('button', { name: 'Refresh' }).click();
    const failure = view.getByRole('alert');
    await failure.getByText('AWS is unavailable. An internal error has occurred. Retry later.').waitFor();
    await view.getByText(/^The details below were last updated at/).waitFor();
    await view.getByText('20 GiB').first().waitFor();
    server.faults.clear();
    await failure.getByRole('button', { name: 'Retry' }).click();
    await failure.waitFor({ state: 'detached' });
    await expectShown(view.getByText('Private: only the owner'));
  });

  it('show what has arrived while EC2 does not say who may launch it', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'hang', action: 'DescribeImageAttribute' });
    await workbench.reveal('Images', workbench.imageRow(/web-server-golden-202609/));
    await workbench.clickRow(workbench.imageRow(/web-server-golden-202609/));
    const view = workbench.webview();
    await view.getByRole('heading', { name: 'web-server-golden-202609' }).waitFor();
    await view.getByText('20 GiB').first().waitFor();
    await view.getByText('Loading launch permissions').waitFor();
    server.faults.clear();
    await view.getByRole('button', { name: 'Refresh' }).click();
    await expectShown(view.getByText('Private: only the owner'));
  });

  it('come back after a reload of the window', async () => {
    const { workbench } = editor;
    await workbench.reloadWindow();
    await workbench.page.locator('.tab.active', { hasText: 'web-server-golden' }).waitFor();
    await expectShown(
      workbench
        .webview()
        .getByRole('heading', { name: /web-server-golden/ })
        .first(),
    );
  });
});

describe('an image of a stranger', () => {
  it('shows its hostile texts as texts, in tooltip and details', async () => {
    const { workbench } = editor;
    const dialogs: string[] = [];
    workbench.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await workbench.openAmiExplorer();
    await workbench.findImage('free/gpu');
    const found = workbench.quickPickRow('free/gpu-image');
    await found.waitFor();
    // What would be a link is broken by a space as thin as a hair.
    await expect
      .poll(async () => (await found.innerText()).replaceAll('\u200a', ''))
      .toContain('(click [here](command:workbench.action.quit))');
    expect(await found.locator('a[href], a[data-href]').count()).toBe(0);
    await expect.poll(() => found.getAttribute('class')).toContain('focused');
    await workbench.accept();
    const view = workbench.webview();
    await view.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    await view.getByText('<script>alert(2)</script>').first().waitFor();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shown as it is, not filled in.
    await view.getByText('$(trash) ${env:AWS_SECRET_ACCESS_KEY}').first().waitFor();
    expect(await view.locator('img').count()).toBe(0);
    await workbench.typeFor('Filter Images…', 'free/gpu');
    await workbench.accept();
    await workbench.expand('Images', 'Shared with me');
    const card = await workbench.tooltipOf(
      workbench.row('Images', /^free\/gpu-image \(click/),
      workbench.page.locator('.workbench-hover', { hasText: '<img src=x onerror=alert(1)>' }),
    );
    // The card's own links, and no others.
    await expect.poll(() => card.locator('a').allInnerTexts()).toEqual(['Copy ID', 'Details', 'Insert']);
    expect(await card.locator('img, script').count()).toBe(0);
    expect(dialogs).toEqual([]);
  });
});
