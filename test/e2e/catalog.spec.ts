import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ sample: { images: 6_000, latency: 20 } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const page = () => editor.workbench.webview();
const rows = () => page().locator('.row:not(.waiting)');
const search = () => page().locator('#search');
/** How many images are found, of how many. */
const count = () => page().locator('.footer > span').first();

/** Searches, and waits until what is shown is the answer to it: what was found before may look alike. */
async function searchFor(text: string): Promise<void> {
  await search().fill('');
  await expect.poll(() => count().innerText()).toMatch(/^[\d,]+ images$/);
  if (text === '') return;
  await search().fill(text);
  await expect.poll(() => count().innerText()).toMatch(/ of [\d,]+ images$/);
}

describe('the public catalog', () => {
  it('opens on a region from the tree, and downloads all of it', async () => {
    const { workbench } = editor;
    const region = workbench.row('Images', 'us-east-1');
    await region.waitFor();
    await workbench.inlineButton(region, 'Browse Public Catalog');
    await workbench.tab('Public Images: us-east-1').waitFor();
    await rows().first().waitFor();
    await page().getByText('As of').waitFor();
    const answer = await fetch(`${editor.server.url}/_sample/public-images?region=us-east-1`);
    const ids: readonly string[] = JSON.parse(await answer.text());
    await expectShown(page().getByText(`${ids.length.toLocaleString('en')} images`));
    // The search box has the focus, without a click.
    await expect
      .poll(() => search().evaluate((box) => document.hasFocus() && document.activeElement === box))
      .toBe(true);
    await workbench.page.keyboard.type('noble');
    await expect.poll(() => search().inputValue()).toBe('noble');
    await search().fill('');
  });

  it('draws no more rows than fit on the screen', async () => {
    expect(await rows().count()).toBeLessThan(100);
    await expect
      .poll(async () => Number(await page().getByRole('grid').getAttribute('aria-rowcount')))
      .toBeGreaterThan(6_000);
  });

  it('searches at every keystroke, and without a call', async () => {
    editor.server.requests.length = 0;
    await searchFor('noble arm64 -daily');
    await expect.poll(() => rows().first().innerText()).toMatch(/^(?!.*daily).*noble.*arm64/s);
    expect(editor.server.requests.filter(({ action }) => action === 'DescribeImages')).toEqual([]);
  });

  it('completes a field, and says what it does not understand', async () => {
    await search().fill('owner:can');
    await page()
      .getByRole('option', { name: /Canonical/ })
      .waitFor();
    await search().press('Tab');
    await expect.poll(() => search().inputValue()).toContain('owner:"canonical (ubuntu)"');
    await search().fill('before:yesterday');
    await page().getByText('write a date as 2026').waitFor();
  });

  it('narrows by a facet, and shows what is chosen', async () => {
    await searchFor('');
    const before = await count().innerText();
    await page()
      .getByRole('checkbox', { name: /^arm64\s/ })
      .check();
    await expect.poll(() => count().innerText()).not.toBe(before);
    await page().getByRole('button', { name: 'Remove filter Architecture: arm64' }).click();
    await expect.poll(() => count().innerText()).toBe(before);
  });

  it('shows the newest of each family alone', async () => {
    await searchFor('owner:canonical 24.04 arm64');
    await page().getByRole('checkbox', { name: 'Only the newest of each family' }).check();
    await expect.poll(async () => (await rows().allInnerTexts()).length).toBeLessThan(10);
    await page().getByRole('checkbox', { name: 'Only the newest of each family' }).uncheck();
  });

  it('is used by the keyboard: rows, copy, details', async () => {
    const { workbench } = editor;
    await searchFor('noble arm64');
    await expect.poll(() => rows().first().innerText()).toMatch(/noble/);
    await search().press('ArrowDown');
    await page().getByRole('grid').press('ArrowDown');
    const copied = await workbench.clipboardAfter(() => page().getByRole('grid').press('Control+c'));
    expect(copied).toMatch(/^ami-[0-9a-f]{17}$/);
    await expect.poll(() => page().locator('.row.selected').innerText()).toContain(copied);
    const name = (await page().locator('.row.selected .name bdi').textContent()) ?? '';
    await page().getByRole('grid').press('Enter');
    await workbench.tab(name).waitFor();
    await page().getByRole('heading', { name: 'Root Volume' }).waitFor();
    // The next image takes the place of the first, and the keyboard goes on in the row where it was.
    await workbench.tab('Public Images: us-east-1').click();
    await page().locator('.row.focused').waitFor();
    await page().getByRole('grid').press('ArrowDown');
    const selected = async () => (await page().locator('.row.selected .name bdi').allTextContents()).join();
    await expect.poll(selected).not.toBe(name);
    const next = await selected();
    await page().getByRole('grid').press('Enter');
    await workbench.tab(next).waitFor();
    await expect.poll(() => workbench.page.locator('.tab .label-name').allInnerTexts()).not.toContain(name);
    await page().getByRole('heading', { name: 'Root Volume' }).waitFor();
    await expect.poll(() => page().getByRole('button', { name: 'Keep Open' }).count()).toBe(1);
  });

  it('pins a family, which shows its newest image at the top of the region, and asks no more of EC2 than it pins', async () => {
    const { workbench, server } = editor;
    server.requests.length = 0;
    await workbench.tab('Public Images: us-east-1').click();
    await rows()
      .nth(1)
      .click({ button: 'right', position: { x: 60, y: 10 } });
    await page().getByRole('menuitem', { name: 'Pin Family' }).click();
    await workbench.row('Images', 'Pinned').waitFor();
    const pinned = workbench.row('Images', /noble/);
    await pinned.waitFor();
    const asked = server.requests.filter(({ action, params }) => action === 'DescribeImages' && 'Owner.1' in params);
    expect(asked.filter(({ params }) => params['Owner.1'] !== 'self')).toEqual([]);
    await workbench.inlineButton(pinned, 'Unpin');
    await workbench.row('Images', 'Pinned').waitFor({ state: 'detached' });
  });

  it('answers the tree and Find Image without asking EC2 for public images', async () => {
    const { workbench } = editor;
    editor.server.requests.length = 0;
    await workbench.expand('Images', 'Public', 'Canonical', '24.04 LTS (Noble) arm64');
    await workbench.imageRow(/ubuntu\/images\/.*noble.*arm64/).waitFor();
    const asked = editor.server.requests.filter(
      ({ action, params }) => action === 'DescribeImages' && Object.values(params).includes('099720109477'),
    );
    expect(asked).toEqual([]);
  });

  it('is there again at once after the window was reloaded, and while EC2 does not answer', async () => {
    const { workbench } = editor;
    await workbench.tab('Public Images: us-east-1').click();
    await search().fill('bottlerocket');
    await expect.poll(() => rows().first().innerText()).toMatch(/bottlerocket/);
    editor.server.faults.add({ kind: 'unavailable' });
    await workbench.reloadWindow();
    await expect.poll(() => rows().first().innerText()).toMatch(/bottlerocket/);
    await expect.poll(() => search().inputValue()).toBe('bottlerocket');
    editor.server.faults.clear();
  });
});
