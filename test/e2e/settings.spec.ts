import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({
    settings: {
      'amiExplorer.images.groupBy': 'none',
      'amiExplorer.images.sortBy': 'name',
      'amiExplorer.images.pageSize': 10,
      'amiExplorer.publishers': [
        { name: 'Platform Team', ownerIds: ['123456789012'] },
        { name: 'Typo', ownerIds: ['12345'] },
      ],
    },
  });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('settings of the Images view', () => {
  it('say what is wrong with a publisher, and where', async () => {
    const { workbench } = editor;
    await expectShown(workbench.notification('Entry 2: “12345” is not a 12-digit AWS account ID'));
  });

  it('flat, by name, a page at a time: Load more… shows the next ones', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    const more = workbench.row('Images', 'Load more…');
    await more.waitFor();
    const images = workbench.view('Images').locator('.monaco-list-row[aria-level="3"] .label-name');
    const shown = async () => (await images.allInnerTexts()).filter((name) => !name.startsWith('Load more'));
    await expect.poll(shown).toHaveLength(10);
    const names = await shown();
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    await more.click();
    await expect.poll(() => images.count()).toBe(21);
  });

  it("publishers of one's own stand under Public, known by owner id", async () => {
    const { workbench } = editor;
    await workbench.row('Images', 'Owned by me').click();
    await workbench.expand('Images', 'Public', 'Platform Team');
    const image = workbench.view('Images').locator('.monaco-list-row[aria-level="4"]', { hasText: 'demo-kiosk' });
    await image.waitFor();
    // What it keeps to itself is not public.
    expect((await workbench.rows('Images')).join('\n')).not.toContain('web-server-golden');
  });
});
