import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogState, CatalogStatus } from '../../src/protocol/catalog.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { type CatalogWindow, type CatalogWindowOptions, openCatalogWindow } from './catalogWindow.ts';
import { bundlePage } from './pageWindow.ts';
import { rgb, type ThemeName, themes } from './themes.ts';

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

it('searches for what the host asks for, in the place of what was searched', async () => {
  const { page, sent, show } = await openFull();
  await page.getByRole('checkbox', { name: 'Only the newest of each family' }).check();
  const text = 'owner:"Canonical (Ubuntu)" arch:arm64';
  const search = { text, number: 1 };
  await show({ ...complete, search });
  await expect.poll(() => page.locator('#search').inputValue()).toBe(text);
  const query = { text, facets: {}, newestOnly: false };
  await expect.poll(async () => (await sent('query')).at(-1)?.params['query']).toMatchObject(query);
  // Now what the user types counts, though the host may not know yet that the page has asked.
  await page.locator('#search').fill('noble');
  await show({ ...complete, search });
  expect(await page.locator('#search').inputValue()).toBe('noble');
  await expect.poll(async () => (await sent('query')).at(-1)?.params['query']).toMatchObject({ text: 'noble' });
  await show({ ...complete, search: { text, number: 2 } });
  expect(await page.locator('#search').inputValue()).toBe(text);
});

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
    expect((await sent('showImage'))[0]?.params).toEqual({ id: ids[2] });
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy As…' }).click();
    expect((await sent('copyAs'))[0]?.params['ids']).toEqual(ids);
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy Link to Image' }).click();
    expect((await sent('copyLinks'))[0]?.params['ids']).toEqual(ids);
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
    const name = page.getByRole('columnheader', { name: 'Name' });
    const before = (await name.boundingBox())?.width ?? 0;
    await name.getByRole('button').press('Shift+ArrowRight');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Boot Mode' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Boot Mode' }).waitFor();
    expect(await saved()).toMatchObject({
      region: 'eu-west-1',
      arrangement: { widths: { name: before + 16 }, query: { sort: { column: 'name' } } },
    });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Boot Mode' }).waitFor();
    await name.locator('.edge').dblclick();
    await expect.poll(saved).toMatchObject({ arrangement: { widths: {} } });
  });

  it('gives the name what the other columns leave, and shows the sorted one where there is little room', async () => {
    const { page } = await openFull({ width: 1600 });
    const grid = page.getByRole('grid');
    const overflow = () => grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    const width = async (name: string) => (await page.getByRole('columnheader', { name }).boundingBox())?.width ?? 0;
    expect(await overflow()).toBe(0);
    expect(await width('Name')).toBeGreaterThan(550);
    await page.setViewportSize({ width: 650, height: 600 });
    await page.getByRole('complementary', { name: 'Filters' }).waitFor({ state: 'detached' });
    await expect.poll(() => width('Name')).toBeGreaterThanOrEqual(220);
    const created = await page.getByRole('columnheader', { name: 'Created' }).boundingBox();
    const box = await grid.boundingBox();
    expect((created?.x ?? 0) + (created?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
    const cell = await page.locator('#row-0 .created').boundingBox();
    expect([cell?.x, cell?.width]).toEqual([created?.x, created?.width]);
    // Without the name, the columns have their own widths.
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Name' }).click();
    await page.keyboard.press('Escape');
    expect(await width('Publisher')).toBe(170);
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
    expect(heads.slice(0, 4)).toEqual(['Name', 'Publisher', 'Created', 'AMI ID']);
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
    await expect.poll(() => page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(505 * 24);
    await page.locator('#search').fill('others');
    await page.getByText('image number 1000000').waitFor();
    await expect.poll(() => page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(0);
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

  it('shows of a name what differs first: its path gives way', async () => {
    const name = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261118';
    const { page } = await openFull({ width: 650, row: { name } });
    const parts = () =>
      page
        .locator('#row-0 .name bdi > span')
        .evaluateAll((spans) => spans.map(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth })));
    const [path, rest] = await parts();
    expect(path?.clientWidth).toBeLessThan(30);
    // A letter and the dots, which would be cut off themselves in less.
    expect(path?.clientWidth).toBeGreaterThan(20);
    expect(rest?.clientWidth).toBeGreaterThan(150);
    expect(await page.locator('#row-0 .name bdi').textContent()).toBe(name);
    await page.setViewportSize({ width: 1600, height: 600 });
    const cut = async () => (await parts()).filter(({ scrollWidth, clientWidth }) => scrollWidth !== clientWidth);
    await expect.poll(cut).toEqual([]);
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
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('search');
    const asked = async () => (await sent('query')).map(({ params }) => Reflect.get(params['query'] ?? {}, 'text'));
    await page.keyboard.type('held');
    await expect.poll(async () => (await asked()).at(-1)).toBe('held');
    await page.keyboard.type('er words');
    await release(catalog, 'held');
    await expect.poll(async () => (await asked()).slice(-2)).toEqual(['held', 'helder words']);
    await page.getByText('100,000 of 200,000 images').first().waitFor();
  });

  it('has the focus whenever nothing else has it, and takes it from nobody', async () => {
    const { page } = await openFull();
    const focused = () => page.evaluate(() => document.activeElement?.id);
    // A page that the editor restores while its user is somewhere else.
    await page.addInitScript(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
    });
    await page.reload();
    await page.locator('.row:not(.waiting)').first().waitFor();
    expect(await focused()).toBe('');
    await page.evaluate(() => {
      Reflect.deleteProperty(document, 'hasFocus');
      window.dispatchEvent(new Event('focus'));
    });
    expect(await focused()).toBe('search');
    const box = page.getByRole('checkbox', { name: /^arm64/ });
    await box.focus();
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    expect(await box.evaluate((input) => document.activeElement === input)).toBe(true);
  });

  it('stays where it is, with the focus, while a catalog is downloaded', async () => {
    const { page, show } = await open({ state: stateOf({ kind: 'opening' }, { version: 0 }), total: 0 });
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await expect.poll(focused).toBe('search');
    await page.keyboard.type('ubu');
    await show(stateOf({ kind: 'empty' }));
    await page.keyboard.type('ntu');
    await page.getByRole('button', { name: 'Download' }).press('Enter');
    const downloading = { kind: 'downloading', images: 0, share: 0, rate: 0, elsewhere: false } as const;
    await show(stateOf({ ...downloading, throttled: false, refreshing: false }, { isWhole: false }));
    await page.getByText('Waiting for the first images…').waitFor();
    expect(await focused()).toBe('search');
    expect(await page.locator('#search').inputValue()).toBe('ubuntu');
  });

  it('gets the focus by Ctrl+F from everywhere in the page, and with another region', async () => {
    const { page, show } = await openFull();
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await expect.poll(focused).toBe('search');
    await page.keyboard.type('old');
    const places = [
      page.getByRole('grid'),
      page.getByRole('checkbox', { name: /^arm64/ }),
      page.getByRole('columnheader', { name: 'Name' }).getByRole('button'),
    ];
    for (const place of places) {
      await place.focus();
      await page.keyboard.press('Control+f');
      expect(await focused()).toBe('search');
    }
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.keyboard.press('Meta+f');
    expect(await page.getByRole('menu').count()).toBe(0);
    // What was typed is selected, to be replaced.
    await page.keyboard.type('new');
    expect(await page.locator('#search').inputValue()).toBe('new');
    await page.getByRole('button', { name: 'eu-west-1' }).press('Enter');
    await show({ ...complete, region: 'us-east-1', version: 2 });
    expect(await focused()).toBe('search');
  });

  it('completes, and says what it does not understand', async () => {
    const { page, sent, settle } = await openFull();
    await page.locator('#search').fill('ow');
    await page.getByRole('option', { name: 'owner:', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('#search').inputValue()).toBe('owner:');
    // The text behind the cursor stays a word of its own.
    await page.locator('#search').fill('ow ubuntu');
    await page.locator('#search').evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 2));
    await page.keyboard.press('x');
    await page.keyboard.press('Backspace');
    // What was offered before may still be there.
    await settle();
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('#search').inputValue()).toBe('owner: ubuntu');
    // The text stays as it was typed when the focus leaves the box.
    await page.locator('#search').fill('ow');
    await settle();
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.locator('#search').press('Shift+Tab');
    expect(await page.locator('#search').inputValue()).toBe('ow');
    expect(await page.getByRole('option').count()).toBe(0);
    // Escape closes the suggestions and leaves the text, so that Enter goes on to the table.
    await page.locator('#search').fill('ow');
    await settle();
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    expect(await page.locator('#search').inputValue()).toBe('ow');
    await page.keyboard.press('Enter');
    await page.locator('.row.selected').waitFor();
    // So it does after a word that is complete.
    await page.locator('#search').fill('owner:canonical');
    await expect.poll(async () => (await sent('suggest')).at(-1)?.params['text']).toBe('owner:canonical');
    await settle();
    await page.locator('#search').press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('grid');
    await page.locator('#search').fill('size:1');
    const hint = page.getByText('No such field.');
    await hint.first().waitFor();
    expect(await page.locator('#search').evaluate((input) => input.getAttribute('aria-describedby'))).toBe('hint');
    // Read aloud, too.
    await expect.poll(() => page.locator('.announcer').innerText()).toContain('No such field. 100,000 of 200,000');
  });
});

describe('suggestions for what the user has typed on from', () => {
  it.each(['Enter', 'Tab'])('are not taken by %s', async (key) => {
    const { page, sent } = await openFull();
    const search = page.locator('#search');
    await search.fill('ow');
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await search.fill('ow held');
    await expect.poll(async () => (await sent('suggest')).at(-1)?.params['text']).toBe('ow held');
    await search.press(key);
    expect(await search.inputValue()).toBe('ow held');
    expect(await search.evaluate((input) => document.activeElement === input)).toBe(false);
    if (key === 'Enter') expect(await page.evaluate(() => document.activeElement?.id)).toBe('grid');
  });

  it('are not taken by a click', async () => {
    const { page, sent } = await openFull();
    const search = page.locator('#search');
    await search.fill('ow');
    await page.getByRole('option', { name: 'owner:' }).waitFor();
    await search.fill('ow held');
    await expect.poll(async () => (await sent('suggest')).at(-1)?.params['text']).toBe('ow held');
    await page.getByRole('option', { name: 'owner:' }).click();
    expect(await search.inputValue()).toBe('ow held');
  });
});

describe('the facets', () => {
  it('are chosen by checkboxes and taken back by chips', async () => {
    const { page, sent } = await openFull();
    await page.getByRole('checkbox', { name: /Not specified/ }).check();
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
    await page.getByRole('checkbox', { name: 'Only the newest of each family' }).check();
    await page.getByRole('button', { name: 'Clear Filters' }).click();
    await expect
      .poll(async () => (await sent('query')).at(-1)?.params['query'])
      .toMatchObject({ facets: {}, newestOnly: false });
  });

  it('are shown where there is room, or where the user wants them, and their button says how many are on', async () => {
    const { page } = await openFull();
    const list = page.getByRole('complementary', { name: 'Filters' });
    await page.getByRole('checkbox', { name: /^arm64/ }).check();
    await page.setViewportSize({ width: 650, height: 600 });
    await list.waitFor({ state: 'detached' });
    const button = page.getByRole('button', { name: 'Filters 1' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    await list.waitFor();
    await page.reload();
    await list.waitFor();
    await button.click();
    await page.setViewportSize({ width: 1200, height: 600 });
    await list.waitFor({ state: 'detached' });
    await button.click();
    expect(await list.count()).toBe(1);
  });

  it.each(Object.keys(themes) as ThemeName[])('have boxes in the colours of the theme: %s', async (theme) => {
    const { page } = await openFull({ theme });
    const box = page.getByRole('checkbox', { name: /^arm64/ });
    await box.check();
    const look = await box.evaluate((input) => {
      const { backgroundColor, borderTopColor, appearance } = getComputedStyle(input);
      return { backgroundColor, borderTopColor, appearance, mark: getComputedStyle(input, '::before').color };
    });
    const { variables } = themes[theme];
    expect(look).toEqual({
      backgroundColor: rgb(variables['checkbox-background']),
      borderTopColor: rgb(variables['checkbox-border']),
      appearance: 'none',
      mark: rgb(variables['checkbox-foreground']),
    });
  });
});

describe('the search box and the first rows', () => {
  const failed = { kind: 'failed', message: 'DescribeImages: access denied.', errorButtons: ['Sign In'] } as const;
  const downloading = {
    kind: 'downloading',
    images: 5,
    share: 0.5,
    rate: 9,
    elsewhere: false,
    throttled: false,
    refreshing: true,
  } as const;

  it.each([1500, 650, 400])('stay where they are, whatever is told: %s pixels', async (width) => {
    const { page, show } = await openFull({ width });
    const places = () =>
      page.evaluate(() =>
        ['#search', '#row-0'].map((selector) => {
          const { x, y } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
          return [x, y];
        }),
      );
    const before = await places();
    const search = page.locator('#search');
    await search.fill('size:1');
    await page.locator('#hint').waitFor();
    expect(await places(), 'a hint').toEqual(before);
    await search.fill('ow');
    await page.getByRole('option').waitFor();
    expect(await places(), 'suggestions').toEqual(before);
    await search.fill('fail');
    await page.getByText('Not possible: query').waitFor();
    expect(await places(), 'a question that failed').toEqual(before);
    await search.fill('');
    await page.locator('.footer').getByText('200,000 images', { exact: true }).waitFor();
    await page.locator('#row-0').click({ position: { x: 40, y: 8 } });
    await page.locator('.selected-count').waitFor();
    expect(await places(), 'a selection').toEqual(before);
    for (const status of [downloading, failed, { kind: 'paused', images: 5, share: 0.1 } as const]) {
      await show(stateOf(status, { notice: 'The stored catalog was damaged.' }));
      await page.getByText('The stored catalog was damaged.').waitFor();
      expect(await places(), status.kind).toEqual(before);
    }
    await show(complete);
    const filters = page.getByRole('button', { name: /^Filters/ });
    if (width < 900) await filters.click();
    await page.getByRole('checkbox', { name: /^arm64/ }).check();
    if (width < 900) await filters.click();
    expect(await filters.getAttribute('aria-label')).toBe('Filters 1');
    expect(await places(), 'a filter').toEqual(before);
  });
});

describe('where there are no rows', () => {
  it('it says why, and what to do next', async () => {
    const { page, sent, show } = await openFull();
    const empty = page.locator('.empty');
    const button = (name: string) => empty.getByRole('button', { name, exact: true });
    await page.locator('#search').fill('none');
    await empty.getByText('No image matches.').waitFor();
    expect(await button('Clear Filters').count()).toBe(0);
    await button('Include Deprecated').click();
    expect((await sent('setIncludeDeprecated'))[0]?.params).toEqual({ includeDeprecated: true });
    await show({ ...complete, includeDeprecated: true });
    expect(await button('Include Deprecated').count()).toBe(0);
    await show({ ...complete, includeDeprecated: true, isWhole: false });
    await empty.getByText('The catalog is not complete yet: more images may follow.').waitFor();
    await page.getByRole('checkbox', { name: /^arm64/ }).check();
    await empty.getByText('No image matches the search with these filters.').waitFor();
    await button('Clear Search').click();
    await page.locator('.row:not(.waiting)').first().waitFor();
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await page.getByRole('checkbox', { name: /^arm64/ }).isChecked()).toBe(true);
    await page.locator('#search').fill('none');
    await button('Clear Filters').press('Enter');
    await empty.getByText('No image matches.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
  });

  it('an error is in their place, with its buttons', async () => {
    const failed = { kind: 'failed', message: 'No credentials.', errorButtons: ['Select AWS Profile…'] } as const;
    const { page, sent } = await open({ state: stateOf(failed, { version: 0 }), total: 0 });
    await page.locator('.empty').getByRole('alert').getByText('No credentials.').waitFor();
    await page.getByRole('button', { name: 'Select AWS Profile…' }).click();
    expect((await sent('pressErrorButton'))[0]?.params).toEqual({ index: 0 });
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
      .getByText('Downloading: 12,345 images so far · 25% · 20,000 a second · AWS limits the rate of requests')
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
    await page.getByRole('heading', { name: 'All public images in eu-west-1' }).waitFor();
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await sent('refresh')).toHaveLength(1);
  });
});

/** What the page may look like, beside a table with rows: how it comes to that, and in which state. */
const looks: Readonly<Record<string, { readonly state?: CatalogState; readonly act?: (page: Page) => Promise<void> }>> =
  {
    'a table with rows': { act: (page) => page.locator('#search').press('ArrowDown') },
    'an error beside rows': {
      state: stateOf({
        kind: 'failed',
        message: 'DescribeImages: access denied.',
        errorButtons: ['Select AWS Profile…'],
      }),
    },
    'a download': {
      state: stateOf(
        {
          kind: 'downloading',
          images: 300,
          share: 0.25,
          rate: 4_000,
          elsewhere: false,
          throttled: true,
          refreshing: false,
        },
        { isWhole: false },
      ),
    },
    'an interrupted download': {
      state: stateOf({ kind: 'paused', images: 5, share: 0.1 }, { notice: 'The stored catalog was damaged.' }),
    },
    suggestions: {
      act: async (page) => {
        await page.locator('#search').fill('ow');
        await page.getByRole('option').waitFor();
      },
    },
    'a hint': {
      act: async (page) => {
        await page.locator('#search').fill('size:1');
        await page.locator('#hint').waitFor();
      },
    },
    'an action that failed': {
      act: async (page) => {
        await page.locator('#search').fill('');
        await page.locator('.footer').getByText('300 images', { exact: true }).waitFor();
        await page.locator('#row-0').click({ position: { x: 40, y: 8 } });
        await page.getByRole('button', { name: 'Pin Image' }).click();
        await page.getByRole('alert').waitFor();
      },
    },
    'nothing found': {
      act: async (page) => {
        await page.getByRole('checkbox', { name: /^arm64/ }).check();
        await page.locator('#search').fill('none');
        await page.locator('.empty').waitFor();
      },
    },
    'a menu': {
      act: async (page) => {
        await page.locator('#search').fill('');
        await page.getByRole('button', { name: 'Columns' }).click();
      },
    },
    'the menu of an image': {
      act: async (page) => {
        await page.keyboard.press('Escape');
        await page.locator('#row-0').click({ button: 'right', position: { x: 40, y: 8 } });
        await page.getByRole('menuitem').first().waitFor();
      },
    },
    'little room': {
      act: async (page) => {
        await page.keyboard.press('Escape');
        await page.setViewportSize({ width: 400, height: 500 });
      },
    },
    'filters where there is little room': {
      act: async (page) => {
        await page.setViewportSize({ width: 400, height: 500 });
        await page.getByRole('button', { name: /^Filters/ }).click();
        await page.getByRole('group').first().waitFor();
      },
    },
  };

/** What the page looks like without images, by its state. */
const emptyLooks: Readonly<Record<string, CatalogState>> = {
  'a saved catalog that is being read': stateOf({ kind: 'opening' }, { version: 0 }),
  'a region that was never downloaded': stateOf({ kind: 'empty' }),
  'a download that begins': stateOf(
    { kind: 'downloading', images: 0, share: 0, rate: 0, elsewhere: false, throttled: false, refreshing: false },
    { isWhole: false },
  ),
  'a download that was canceled at once': stateOf({ kind: 'paused', images: 0, share: 0 }, { isWhole: false }),
  'an error': stateOf({ kind: 'failed', message: 'DescribeImages: access denied.', errorButtons: ['Show Log'] }),
  'a region without images': complete,
};

async function violations({ page }: CatalogWindow, rules: 'all' | 'colors'): Promise<readonly unknown[]> {
  const result = await page.evaluate<AxeResults>(
    rules === 'all' ? 'axe.run()' : `axe.run({ runOnly: ['color-contrast'] })`,
  );
  return result.violations.map(({ id, nodes }) => [
    id,
    nodes.map((node) => `${node.html.slice(0, 300)} ${node.failureSummary}`),
  ]);
}

async function showLook({ page, show }: CatalogWindow, look: string): Promise<void> {
  const { state = complete, act } = looks[look] ?? {};
  await show(state);
  await act?.(page);
}

// Names, roles and structure are the same in all themes.
it.each(Object.keys(looks))('axe finds nothing to object to: %s', async (look) => {
  const opened = await openFull({ total: 300 });
  await opened.page.evaluate(axe);
  await showLook(opened, look);
  expect(await violations(opened, 'all')).toEqual([]);
});

it.each((Object.keys(themes) as ThemeName[]).filter((theme) => theme !== 'dark'))(
  'axe finds nothing to object to in the colors of %s',
  async (theme) => {
    const opened = await openFull({ theme, total: 300 });
    await opened.page.evaluate(axe);
    for (const look of Object.keys(looks)) {
      await showLook(opened, look);
      expect(await violations(opened, 'colors'), look).toEqual([]);
    }
  },
);

it.each(Object.keys(themes) as ThemeName[])('axe finds nothing to object to without images in %s', async (theme) => {
  const opened = await open({ theme, total: 0 });
  await opened.page.evaluate(axe);
  for (const [look, state] of Object.entries(emptyLooks)) {
    await opened.show(state);
    expect(await violations(opened, theme === 'dark' ? 'all' : 'colors'), look).toEqual([]);
  }
});
