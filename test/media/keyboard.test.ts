import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogState } from '../../src/protocol/catalog.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { openCatalogWindow } from './catalogWindow.ts';
import { openDetails } from './detailsWindow.ts';
import { openInstance, shownInstance } from './instanceWindow.ts';
import { type Bundle, bundlePage, type WindowOptions } from './pageWindow.ts';
import { ready } from './states.ts';
import { rgb, type ThemeName, themes } from './themes.ts';

let browser: Browser;
let bundles: Readonly<Record<'catalog' | 'details' | 'instance', Bundle>>;

beforeAll(async () => {
  const [launched, catalog, details, instance] = await Promise.all([
    launchChromium(),
    bundlePage('catalog'),
    bundlePage('details'),
    bundlePage('instance'),
  ]);
  browser = launched;
  bundles = { catalog, details, instance };
});
afterAll(() => browser?.close());

const catalogState: CatalogState = {
  region: 'eu-west-1',
  place: 'Ireland',
  status: { kind: 'complete', asOf: Date.UTC(2026, 10, 23) },
  isWhole: true,
  includeDeprecated: false,
  notice: undefined,
  version: 1,
};

const pages = {
  catalog: async (options: WindowOptions) => {
    const { page } = await openCatalogWindow(browser, bundles.catalog, { state: catalogState, ...options });
    await page.locator('.row:not(.waiting)').first().waitFor();
    // With a hint, and with what can be done with selected images.
    await page.locator('#search').fill('size:1');
    await page.locator('#hint').waitFor();
    await page.locator('#row-0').click({ position: { x: 40, y: 8 } });
    await page.locator('.selected-count').waitFor();
    return page;
  },
  details: async (options: WindowOptions) => (await openDetails(browser, bundles.details, ready(), options)).page,
  instance: async (options: WindowOptions) =>
    (await openInstance(browser, bundles.instance, shownInstance(), options)).page,
} as const;

/** One element that has got the focus by the Tab key. */
interface Stop {
  readonly name: string;
  /** Whether it, or what it is part of, has an outline in the theme's colour of the focus. */
  readonly isSeen: boolean;
  /** Whether all of it that the window has room for is on screen. */
  readonly isOnScreen: boolean;
}

/** Goes through the page by a key, from its beginning or its end, until the focus leaves it or comes round. */
async function stops(page: Page, key: 'Tab' | 'Shift+Tab', theme: ThemeName = 'dark'): Promise<readonly Stop[]> {
  const { focusBorder, 'list-focusOutline': rowOutline = focusBorder } = themes[theme].variables;
  const found: Stop[] = [];
  await page.evaluate((isForwards) => {
    for (const element of document.querySelectorAll('*')) Reflect.deleteProperty(element, 'wasFocused');
    if (!isForwards) return;
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  }, key === 'Tab');
  for (let count = 0; count < 300; count += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(
      (colors) => {
        let element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const chain: Element[] = [element];
        while (element?.shadowRoot?.activeElement) {
          element = element.shadowRoot.activeElement;
          chain.push(element);
        }
        const marked = Reflect.get(chain[0] ?? {}, 'wasFocused') === true;
        Reflect.set(chain[0] ?? {}, 'wasFocused', true);
        if (marked) return undefined;
        const active = document.getElementById(chain[0]?.getAttribute('aria-activedescendant') ?? '');
        const box = chain[0]?.closest('.search');
        // That of the elements' library is around the part that is drawn.
        const drawn = element.shadowRoot?.querySelector('.base');
        const isOutlined = (one: Element) => {
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
          return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) > 0 && colors.includes(outlineColor);
        };
        const isSeen =
          [...chain, active, drawn].some((one) => one != null && isOutlined(one)) ||
          (box != null && colors.includes(getComputedStyle(box).borderTopColor));
        const { top, left, bottom, right } = (chain[0] ?? document.body).getBoundingClientRect();
        return {
          name: `${chain[0]?.tagName} ${chain[0]?.getAttribute('aria-label') ?? chain[0]?.textContent?.trim().slice(0, 40)}`,
          isSeen,
          isOnScreen: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
        };
      },
      [rgb(focusBorder), rgb(rowOutline)],
    );
    if (!stop) return found;
    found.push(stop);
  }
  throw new Error(`The focus goes through the page without an end: ${found.slice(-5).map(({ name }) => name)}`);
}

describe.each(Object.keys(pages) as (keyof typeof pages)[])('by the keyboard, the page of the %s', (name) => {
  it.each(Object.keys(themes) as ThemeName[])('shows where the focus is, and holds it nowhere: %s', async (theme) => {
    const page = await pages[name]({ theme });
    try {
      const forwards = await stops(page, 'Tab', theme);
      expect(forwards.length).toBeGreaterThan(10);
      expect(forwards.filter(({ isSeen }) => !isSeen)).toEqual([]);
      expect(forwards.filter(({ isOnScreen }) => !isOnScreen)).toEqual([]);
      const backwards = await stops(page, 'Shift+Tab', theme);
      expect(backwards.map((stop) => stop.name).reverse()).toEqual(forwards.map((stop) => stop.name));
    } finally {
      await page.close();
    }
  });

  // A window of 1000 × 650 has a page of 692 × 548, which a magnification of 200 % halves.
  it.each([
    [346, 274],
    [320, 256],
  ])('is used at twice the magnification, in %i × %i pixels', async (width, height) => {
    const page = await pages[name]({ width, height });
    try {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      const found = await stops(page, 'Tab');
      expect(found.filter(({ isSeen, isOnScreen }) => !isSeen || !isOnScreen)).toEqual([]);
    } finally {
      await page.close();
    }
  });
});

it('the table of the catalog has room for rows at twice the magnification', async () => {
  const page = await pages.catalog({ width: 346, height: 274 });
  try {
    const grid = page.getByRole('grid');
    expect((await grid.boundingBox())?.height).toBeGreaterThan(120);
    await grid.focus();
    await page.keyboard.press('End');
    // The hint's text finds half of all images.
    await page.getByText('image number 99999').waitFor();
    const focused = () => page.locator('.row.focused').boundingBox();
    const last = await focused();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(275);
    await page.keyboard.press('Home');
    await page.getByText('image number 0', { exact: true }).waitFor();
    const first = await focused();
    expect(first?.y).toBeGreaterThan(20);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThanOrEqual(275);
  } finally {
    await page.close();
  }
});

it('the choices of the catalog are read as a whole beside a wide sidebar at twice the magnification', async () => {
  const page = await pages.catalog({ width: 346, height: 274 });
  try {
    await page.setViewportSize({ width: 207, height: 274 });
    const choices = await page
      .locator('.choice span')
      .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().right));
    expect(choices).toHaveLength(2);
    expect(Math.max(...choices)).toBeLessThanOrEqual(207);
  } finally {
    await page.close();
  }
});

it('the details keep the focus when the button that has it is gone', async () => {
  const { page, show } = await openDetails(browser, bundles.details, { ...ready(), preview: true });
  try {
    await page.getByRole('button', { name: 'Keep Open' }).press('Enter');
    await show({ ...ready(), preview: false });
    expect(await page.getByRole('button', { name: 'Keep Open' }).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Copy As…');
  } finally {
    await page.close();
  }
});
