import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogState, CatalogStatus } from '../../src/protocol/catalog.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { type CatalogWindow, type CatalogWindowOptions, openCatalogWindow } from './catalogWindow.ts';
import { bundlePage } from './pageWindow.ts';
import { type ThemeName, themes } from './themes.ts';

let browser: Browser;
let bundle: ReadonlyMap<string, Uint8Array>;
let axe: string;
const opened: CatalogWindow[] = [];

beforeAll(async () => {
  const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  [browser, bundle, axe] = await Promise.all([launchChromium(), bundlePage('catalog'), readFile(axeFile, 'utf8')]);
});
afterEach(async () => {
  const closed = opened.splice(0);
  await Promise.all(closed.map(({ page }) => page.close()));
  expect(closed.flatMap(({ complaints }) => complaints)).toEqual([]);
});
afterAll(() => browser?.close());

function stateOf(status: CatalogStatus, more: Partial<CatalogState> = {}): CatalogState {
  const state = {
    region: 'eu-west-1',
    place: 'Ireland',
    isWhole: true,
    includeDeprecated: false,
    notice: undefined,
    version: 1,
  };
  return { ...state, status, ...more };
}

const complete = stateOf({ kind: 'complete', asOf: Date.UTC(2026, 10, 23) });

async function open(options: Partial<CatalogWindowOptions> = {}): Promise<CatalogWindow> {
  const window = await openCatalogWindow(browser, bundle, { state: complete, ...options });
  opened.push(window);
  return window;
}

/** Lets the answer to a question through whose text begins with `held`. */
async function release({ page, sent }: CatalogWindow, text: string): Promise<void> {
  await expect.poll(async () => (await sent('query')).at(-1)?.params['query']).toMatchObject({ text });
  await page.evaluate(() => window.dispatchEvent(new Event('release')));
}

async function openFull(options: Partial<CatalogWindowOptions> = {}): Promise<CatalogWindow> {
  const window = await open(options);
  await window.page.locator('.row:not(.waiting)').first().waitFor();
  return window;
}

describe('the switch for deprecated images', () => {
  it('shows what is downloaded, and asks for the other', async () => {
    const { page, sent, show } = await openFull();
    const box = page.getByRole('checkbox', { name: 'Include deprecated' });
    expect(await box.isChecked()).toBe(false);
    await box.click();
    expect((await sent('setIncludeDeprecated'))[0]?.params).toEqual({ includeDeprecated: true });
    await show({ ...complete, includeDeprecated: true });
    await expect.poll(() => box.isChecked()).toBe(true);
    await box.click();
    expect((await sent('setIncludeDeprecated'))[1]?.params).toEqual({ includeDeprecated: false });
  });
});

describe('the table', () => {
  it('draws only what is on screen, at its end too', async () => {
    const { page } = await openFull();
    expect(await page.locator('.row').count()).toBeLessThan(70);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByText('image number 199999').waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(70);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('200001');
  });

  it('reaches the last row of more than a browser can draw at once', async () => {
    const { page } = await openFull({ total: 2_000_000 });
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByText('image number 1999999').waitFor();
    await page.keyboard.press('ArrowUp');
    await expectShown(page.locator('.row.selected', { hasText: 'image number 1999998' }));
  });

  it('is moved in, selected from and copied from by the keyboard', async () => {
    const { page, sent } = await openFull();
    await page.locator('#search').press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    const ids = ['ami-00000000000000001', 'ami-00000000000000002', 'ami-00000000000000003'];
    expect((await sent('copyIds'))[0]?.params['ids']).toEqual(ids);
    await page.keyboard.press('Enter');
    expect((await sent('showImage'))[0]?.params).toEqual({ id: ids[2], keep: true });
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy As…' }).click();
    expect((await sent('copyAs'))[0]?.params['ids']).toEqual(ids);
    await page.keyboard.press('Control+a');
    await expect.poll(() => page.locator('.selected-count').innerText()).toBe('1,000 selected');
  });

  it('sorts, hides and sizes columns, and keeps them', async () => {
    const { page, sent, saved } = await openFull();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await expect
      .poll(async () => (await sent('query')).at(-1)?.params['query'])
      .toMatchObject({
        sort: { column: 'name', descending: false },
      });
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').press('Shift+ArrowRight');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Boot Mode' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Boot Mode' }).waitFor();
    expect(await saved()).toMatchObject({
      region: 'eu-west-1',
      arrangement: { widths: { name: 436 }, query: { sort: { column: 'name' } } },
    });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Boot Mode' }).waitFor();
  });

  it.each([320, 500, 690])('draws no more than is on screen where there is little room: %s pixels', async (width) => {
    const { page } = await openFull({ width });
    expect(await page.locator('.row').count()).toBeLessThan(70);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByText('image number 199999').waitFor();
    const grid = await page.getByRole('grid').boundingBox();
    expect(grid?.height).toBeGreaterThan(100);
    expect(grid?.height).toBeLessThan(700);
  });

  it('acts on nothing that is no longer found', async () => {
    const catalog = await openFull();
    const { page, sent } = catalog;
    await page.locator('.row').nth(3).click();
    await page.getByText('1 selected').waitFor();
    await page.locator('#search').fill('others');
    await page.getByText('image number 1000000').waitFor();
    expect(await page.locator('.selected-count').count()).toBe(0);
    // Enter is pressed before the answer arrives.
    await page.locator('#search').fill('held others');
    await page.locator('#search').press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+c');
    await release(catalog, 'held others');
    await page.locator('.row.selected', { hasText: 'image number 1000000' }).waitFor();
    expect(await sent('showImage')).toEqual([]);
    expect(await sent('copyIds')).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sent('showImage'))[0]?.params['id']).toBe('ami-00000000001000000');
    // Sorting does not change the selection.
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await page.getByText('1 selected').waitFor();
  });

  it('selects ranges without gaps, and rows that come later', async () => {
    const { page, sent } = await openFull();
    await page.locator('.row').first().click();
    await page.getByRole('grid').evaluate((grid) => {
      grid.scrollTop = 505 * 24;
    });
    await page.locator('#row-510').click({ modifiers: ['Shift'] });
    await page.getByText('511 selected').waitFor();
    await page.keyboard.press('Shift+End');
    await page.getByText('1,000 selected').waitFor();
    const said = page.getByText('More than 1,000 images cannot be selected at once.');
    await said.waitFor();
    // The number of images is announced a moment after an answer, unless something newer has been.
    await page.waitForTimeout(1_000);
    expect(await said.count()).toBe(1);
    await page.keyboard.press('Control+c');
    await expect.poll(async () => new Set((await sent('copyIds'))[0]?.params['ids'] as string[]).size).toBe(1_000);
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await page.locator('.row.selected', { hasText: 'image number 199999' }).waitFor();
    await page.keyboard.press('Control+c');
    await expect.poll(async () => (await sent('copyIds'))[1]?.params['ids']).toEqual(['ami-00000000000199999']);
  });

  it('selects rows that are not next to each other by the keyboard, and stays where it is', async () => {
    const { page, sent } = await openFull();
    await page.locator('#search').press('ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+c');
    expect((await sent('copyIds'))[0]?.params['ids']).toEqual(['ami-00000000000000000', 'ami-00000000000000002']);
    await page.keyboard.press('Escape');
    expect(await page.locator('.row.selected').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await page.locator('.row.selected', { hasText: 'image number 3' }).waitFor();
  });

  it('leaves the editor its keys, and gives the focus back', async () => {
    const { page } = await openFull();
    await page.evaluate(() => {
      window.addEventListener('keydown', ({ key }) => {
        document.title += ` ${key}`;
      });
    });
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').press('F1');
    expect(await page.title()).toContain('F1');
    const columns = page.getByRole('button', { name: 'Columns' });
    await columns.press('Enter');
    const menu = await page.getByRole('menu').boundingBox();
    expect(menu?.x).toBeGreaterThan(600);
    await page.getByRole('menuitemcheckbox', { name: 'AMI ID' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'AMI ID' }).click();
    await page.keyboard.press('Escape');
    expect(await columns.evaluate((button) => document.activeElement === button)).toBe(true);
    const heads = await page.getByRole('columnheader').allInnerTexts();
    expect(heads.slice(0, 3)).toEqual(['Name', 'AMI ID', 'Publisher']);
    await page.getByRole('checkbox', { name: /^arm64/ }).check();
    await page.getByRole('button', { name: 'Remove filter Architecture: arm64' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
  });

  it('is where it was when it is shown again', async () => {
    const { page, saved } = await openFull();
    await page.getByRole('grid').evaluate((grid) => {
      grid.scrollTop = 505 * 24;
    });
    await page.locator('#row-510').click();
    await expect.poll(saved).toMatchObject({ place: { focus: 510, scroll: 505 * 24, inTable: true } });
    await page.reload();
    await page.locator('.row.selected', { hasText: 'image number 510' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.row.selected', { hasText: 'image number 511' }).waitFor();
    expect(await page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(505 * 24);
    await page.locator('#search').fill('others');
    await page.getByText('image number 1000000').waitFor();
    expect(await page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(0);
  });

  it('says what went wrong, and goes on', async () => {
    const { page } = await openFull();
    await page.locator('#search').fill('fail');
    await page.getByText('Not possible: query').waitFor();
    await page.locator('#search').fill('others');
    await page.getByText('image number 1000000').waitFor();
    expect(await page.getByText('Not possible: query').count()).toBe(0);
    await page.locator('.row').first().click();
    await page.getByRole('button', { name: 'Pin Image' }).click();
    await page.getByText('Not possible: pinImages').waitFor();
  });

  it('shows nothing of another region that was asked for before', async () => {
    const catalog = await openFull();
    const { page, show } = catalog;
    await page.locator('#search').fill('held others');
    await show({ ...stateOf({ kind: 'opening' }, { version: 0 }), region: 'us-east-1' });
    await release(catalog, 'held others');
    await page.waitForTimeout(200);
    expect(await page.locator('.row').count()).toBe(0);
    await show({ ...complete, region: 'us-east-1', version: 1_000_000 });
    await page.getByText('image number 1000000').waitFor();
  });

  it('shows strangers’ texts as texts', async () => {
    const name = '<img src=x onerror=alert(1)>\u202eevil\u0000 **b** [x](javascript:0)';
    const { page } = await openFull({ row: { name, description: '<script>alert(1)</script>', family: '"><b>' } });
    await page
      .locator('.row .name bdi', { hasText: '<img src=x onerror=alert(1)>‹U+202E›evil‹U+0000›' })
      .first()
      .waitFor();
    expect(await page.locator('.row img, .row script, .row b').count()).toBe(0);
  });

  it('marks what is deprecated and whose publisher nobody vouches for', async () => {
    const { page } = await openFull();
    await page.locator('.row', { hasText: 'image number 3' }).first().getByText('deprecated').waitFor();
    expect(
      await page.locator('.row', { hasText: 'image number 1' }).first().locator('.publisher').getAttribute('title'),
    ).toBe('Unverified owner 123456789012');
  });
});

describe('the search box', () => {
  it('has the focus at first, and asks one question at a time', async () => {
    const catalog = await openFull();
    const { page, sent } = catalog;
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
    const asked = async () => (await sent('query')).map(({ params }) => Reflect.get(params['query'] ?? {}, 'text'));
    await page.keyboard.type('held');
    await expect.poll(async () => (await asked()).at(-1)).toBe('held');
    await page.keyboard.type('er words');
    await release(catalog, 'held');
    await expect.poll(async () => (await asked()).slice(-2)).toEqual(['held', 'helder words']);
    await page.getByText('100,000 of 200,000 images').first().waitFor();
  });

  it('completes, and says what it does not understand', async () => {
    const { page } = await openFull();
    await page.locator('#search').fill('ow');
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('#search').inputValue()).toBe('owner:');
    // The text behind the cursor stays a word of its own.
    await page.locator('#search').fill('ow ubuntu');
    await page.locator('#search').evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 2));
    await page.keyboard.press('x');
    await page.keyboard.press('Backspace');
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('#search').inputValue()).toBe('owner: ubuntu');
    // The text stays as it was typed when the focus leaves the box.
    await page.locator('#search').fill('ow');
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.locator('#search').press('Shift+Tab');
    expect(await page.locator('#search').inputValue()).toBe('ow');
    expect(await page.getByRole('option').count()).toBe(0);
    await page.locator('#search').fill('ow');
    await page.locator('#search').press('Enter');
    await page.locator('.row.selected').waitFor();
    expect(await page.getByRole('option').count()).toBe(0);
    await page.locator('#search').fill('size:1');
    await page.getByText('No such field.').waitFor();
    await page.locator('#search').fill('none');
    await page.getByText('No image matches.').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByText('image number 0').first().waitFor();
  });
});

describe('the facets', () => {
  it('are chosen by checkboxes and taken back by chips', async () => {
    const { page, sent } = await openFull();
    await page.getByRole('checkbox', { name: /Not stated/ }).check();
    await page.getByRole('checkbox', { name: /^arm64/ }).check();
    await expect
      .poll(async () => (await sent('query')).at(-1)?.params['query'])
      .toMatchObject({
        facets: { architecture: ['', 'arm64'] },
      });
    await page.getByRole('button', { name: 'Remove filter Architecture: arm64' }).click();
    await expect
      .poll(async () => (await sent('query')).at(-1)?.params['query'])
      .toMatchObject({
        facets: { architecture: [''] },
      });
    await page.getByText('12 more: search to find them').waitFor();
  });
});

describe('the state of the download', () => {
  it('is told, with what can be done about it', async () => {
    const { page, show, sent } = await openFull();
    const downloading = {
      kind: 'downloading',
      images: 12_345,
      share: 0.25,
      rate: 20_000,
      elsewhere: false,
      throttled: true,
      refreshing: false,
    } as const;
    await show(stateOf(downloading, { version: 2 }));
    await page
      .getByText('Downloading: 12,345 images so far · 25% · 20,000 a second · AWS asks for fewer requests')
      .waitFor();
    expect(await page.getByRole('progressbar', { name: 'Download' }).getAttribute('aria-valuenow')).toBe('25');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await sent('cancel')).toHaveLength(1);
    await show(stateOf({ ...downloading, elsewhere: true }, { version: 2 }));
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    await show(stateOf({ kind: 'paused', images: 12_345, share: 0.25 }, { version: 2 }));
    await page.getByRole('button', { name: 'Resume' }).click();
    await show(
      stateOf({ kind: 'failed', message: 'No credentials.', errorButtons: ['Select AWS Profile…'] }, { version: 2 }),
    );
    await page.getByRole('alert').getByText('No credentials.').waitFor();
    await page.getByRole('button', { name: 'Select AWS Profile…' }).click();
    expect((await sent('pressErrorButton'))[0]?.params).toEqual({ index: 0 });
    await page.getByRole('button', { name: 'Retry' }).click();
    expect(await sent('refresh')).toHaveLength(2);
    await page.getByText('image number 0').first().waitFor();
  });

  it('shows nothing of what was there while it is not known what there is now', async () => {
    const { page, show } = await openFull();
    const failed: CatalogStatus = { kind: 'failed', message: 'No such profile.', errorButtons: [] };
    await show(stateOf(failed, { version: 0 }));
    await page.getByRole('alert').getByText('No such profile.').waitFor();
    expect(await page.locator('.row').count()).toBe(0);
    await show(stateOf({ kind: 'complete', asOf: Date.UTC(2026, 10, 23) }, { version: 1_000_000 }));
    await page.locator('.row:not(.waiting)').first().waitFor();
  });

  it('says that there may be more images than have come', async () => {
    const broken = 'DescribeImages in eu-west-1: the list does not come to an end.';
    const failed = { kind: 'failed', message: broken, errorButtons: [] } as const;
    const { page, show } = await open({ state: stateOf(failed, { isWhole: false }), total: 1_012 });
    await page.locator('.footer').getByText('1,012+ images').waitFor();
    await page.getByText(broken).waitFor();
    await show(stateOf(failed, { isWhole: true }));
    await expectShown(page.locator('.footer').getByText('1,012 images', { exact: true }));
  });

  it('of a region that was never downloaded explains itself', async () => {
    const { page, sent } = await open({ state: stateOf({ kind: 'empty' }), total: 0 });
    await page.getByRole('heading', { name: 'Every public image of eu-west-1' }).waitFor();
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await sent('refresh')).toHaveLength(1);
  });
});

it.each(Object.keys(themes) as ThemeName[])('axe finds nothing to object to in %s', async (theme) => {
  const { page, show } = await openFull({ theme, total: 300 });
  await page.evaluate(axe);
  await page.locator('#search').press('ArrowDown');
  const states = [
    complete,
    stateOf({ kind: 'failed', message: 'DescribeImages: access denied.', errorButtons: ['Select AWS Profile…'] }),
    stateOf({ kind: 'paused', images: 5, share: 0.1 }, { notice: 'The stored catalog was damaged.' }),
  ];
  for (const state of states) {
    await show(state);
    const { violations } = await page.evaluate<AxeResults>(
      theme === 'dark' ? 'axe.run()' : `axe.run({ runOnly: ['color-contrast'] })`,
    );
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map((node) => `${node.html.slice(0, 300)} ${node.failureSummary}`)]),
    ).toEqual([]);
  }
});
