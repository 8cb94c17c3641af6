import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, type EditorOptions, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor | undefined;

beforeEach(() => pictureOnFailure(() => editor));
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

const twoProfiles: EditorOptions = {
  env: { AWS_ENDPOINT_URL: 'SERVER' },
  awsFiles: {
    config: '[default]\nregion = us-east-1\n\n[profile sydney]\nregion = ap-southeast-2\n',
    credentials:
      '[default]\naws_access_key_id = AKIADEFAULT000000000\naws_secret_access_key = s\n\n' +
      '[sydney]\naws_access_key_id = AKIASYDNEY0000000000\naws_secret_access_key = s\n',
  },
};

/** What a view has shown at one moment. */
interface Moment {
  readonly view: string;
  readonly title: string;
  readonly rows: string;
}

/** Writes down what the views show, at every change of the page, from now on. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moments: Moment[] = [];
    const look = () => {
      for (const pane of document.querySelectorAll('.pane')) {
        const header = pane.querySelector('.pane-header');
        const view = header?.querySelector('.title')?.textContent ?? '';
        if (view !== 'Images' && view !== 'Instances') {
          continue;
        }
        const title = header?.querySelector('.description')?.textContent ?? '';
        const rows = [...pane.querySelectorAll('.monaco-list-row .label-name')].map((row) => row.textContent).join('|');
        const last = moments.findLast((moment) => moment.view === view);
        if (last?.title !== title || last.rows !== rows) {
          moments.push({ view, title, rows });
        }
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
    Reflect.set(window, 'amiExplorerMoments', moments);
  });
}

function momentsOf(page: Page): Promise<readonly Moment[]> {
  return page.evaluate(() => Reflect.get(window, 'amiExplorerMoments'));
}

/** The moments at which rows of one account stood under the title of the other, or beside its rows. */
function wrongMoments(moments: readonly Moment[]): readonly Moment[] {
  return moments.filter(
    ({ title, rows }) =>
      (rows.includes('us-east-1') && title.includes('sydney')) ||
      (rows.includes('ap-southeast-2') && title !== '' && !title.includes('sydney')) ||
      (rows.includes('us-east-1') && rows.includes('ap-southeast-2')),
  );
}

describe('switching profiles', () => {
  it('never shows rows of one account under the title of another', async () => {
    editor = await openEditor(twoProfiles);
    const { workbench, server } = editor;
    await workbench.openAmiExplorer();
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.row('Instances', 'data-node-1').waitFor();
    // What is open below the regions is asked for again, and late.
    server.faults.add({ kind: 'delay', milliseconds: 1_500, region: 'ap-southeast-2' });
    await watch(workbench.page);
    for (const profile of ['sydney', 'default']) {
      await workbench.command('Select AWS Profile…');
      await workbench.quickPickRow(new RegExp(`${profile}.*access keys`)).click();
      const region = profile === 'sydney' ? 'ap-southeast-2' : 'us-east-1';
      await workbench.row('Images', region).waitFor();
      await workbench.row('Instances', region).waitFor();
      await expect.poll(() => workbench.viewDescription('Instances')).toContain(profile);
    }
    const moments = await momentsOf(workbench.page);
    expect(moments.some(({ rows }) => rows.includes('ap-southeast-2'))).toBe(true);
    expect(wrongMoments(moments)).toEqual([]);
  });

  it('shows nothing of the old account in a view that was out of sight meanwhile', async () => {
    editor = await openEditor(twoProfiles);
    const { workbench } = editor;
    await workbench.openAmiExplorer();
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Instances', 'data-node-1').waitFor();
    await workbench.page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await workbench.row('Images', 'us-east-1').waitFor({ state: 'hidden' });
    await watch(workbench.page);
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow('sydney').click();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'ap-southeast-2').waitFor();
    await workbench.row('Instances', 'ap-southeast-2').waitFor();
    expect(wrongMoments(await momentsOf(workbench.page))).toEqual([]);
  });
});
