import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlockDevice, Image } from '../../src/core/image.ts';
import { displayText } from '../../src/core/visibleText.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { hostileTexts, unseenIn } from '../core/hostile.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { openCatalogWindow } from './catalogWindow.ts';
import { bundlePage } from './pageWindow.ts';
import { aVolume, ready } from './states.ts';
import { useDetails } from './useDetails.ts';

const details = useDetails();

/** All texts and attributes of the page in the DOM. */
function everythingOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) texts.push(...[...node.attributes].map(({ name, value }) => `${name}=${value}`));
      else texts.push(node.nodeValue ?? '');
    }
    return texts;
  });
}

async function expectHarmlessAndSeen(page: Page, text: string): Promise<void> {
  const everything = await everythingOn(page);
  const seen = displayText(text);
  expect(everything.filter((each) => each.includes(seen))).not.toHaveLength(0);
  expect(
    everything.flatMap((text) => (unseenIn(text).length > 0 ? [`${text}: ${unseenIn(text).join()}`] : [])),
  ).toEqual([]);
  expect(await page.locator('main').locator('a, img, script').count()).toBe(0);
}

/** An image with this text in every field. */
function hostileImage(text: string): Partial<Image> {
  const devices: readonly BlockDevice[] = [
    aVolume({ deviceName: `${text}1`, snapshotId: text, volumeType: text, kmsKeyId: text, encrypted: true }),
    { kind: 'instance-store', deviceName: `${text}2`, virtualName: text },
    { kind: 'suppressed', deviceName: `${text}3` },
  ];
  return {
    name: text,
    description: text,
    ownerId: text,
    ownerAlias: text,
    location: text,
    state: text,
    stateReason: text,
    creationDate: text,
    deprecationTime: text,
    lastLaunchedTime: text,
    architecture: text,
    imageType: text,
    platformDetails: text,
    usageOperation: text,
    hypervisor: text,
    virtualizationType: text,
    bootMode: text,
    tpmSupport: text,
    imdsSupport: text,
    sriovNetSupport: text,
    kernelId: text,
    ramdiskId: text,
    productCodes: [text],
    rootDeviceName: `${text}1`,
    blockDevices: devices,
    tags: [
      { key: text, value: text },
      { key: 'Name', value: text },
    ],
    sourceInstanceId: text,
    sourceImageId: text,
    sourceImageRegion: text,
    deregistrationProtection: text,
  };
}

describe('on the page of an image', () => {
  it.each(hostileTexts)('every text of a stranger is harmless, and seen: %j', async (text) => {
    const page = await details.show(
      ready(hostileImage(text), {
        publisher: { name: text, verified: false },
        ownedByAccount: false,
        launchPermissions: {
          kind: 'known',
          public: false,
          accounts: [text],
          organizations: [text],
          organizationalUnits: [text],
        },
      }),
    );
    await expectHarmlessAndSeen(page, text);
    await details.show(ready(hostileImage(text), { launchPermissions: { kind: 'failed', message: text } }));
    await expectHarmlessAndSeen(page, text);
    await details.show({
      ...ready({ ...hostileImage(text), rootDeviceType: text, blockDevices: [] }),
      status: { kind: 'failed', message: text, errorButtons: [text], connectionChanged: true },
    });
    await expectHarmlessAndSeen(page, text);
  });

  it('says which characters there are, once, and copies the text as it is', async () => {
    const name = 'pay\u200bpal ‹U+202E› \u202eevil';
    const { page, sent } = await details.open(ready({ name, tags: [{ key: name, value: name }] }));
    const shown = 'pay‹U+200B›pal ‹U+2039›U+202E› ‹U+202E›evil';
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(shown);
    await page.getByRole('button', { name: 'Copy Name', exact: true }).press('Enter');
    await page.getByRole('button', { name: `Copy tag ${shown}`, exact: true }).press('Enter');
    expect((await sent()).map(({ params }) => params)).toEqual([{ text: name }, { text: name }]);
    await expect.poll(() => page.locator('[role=status]').innerText()).toBe(`Copied tag ${shown}`);
  });

  it('writes them by their numbers in the JSON, which means the same', async () => {
    const { page } = await details.open(ready({ name: 'a\u202eb\u{e0041}' }));
    await page.locator('#section-raw summary').click();
    const json = await page.locator('pre').innerText();
    expect(json).toContain('"name": "a\\u202Eb\\uDB40\\uDC41"');
    expect(JSON.parse(json).name).toBe('a\u202eb\u{e0041}');
  });

  it('does not let a name that is written from right to left reorder what stands beside it', async () => {
    const { page } = await details.open(ready({ blockDevices: [aVolume({ deviceName: 'שלום' })] }));
    expect(await page.locator('.block').getAttribute('aria-label')).toMatch(/^\u2068שלום\u2069 root 20 GiB/);
  });

  it('goes to the row of a device whatever it is called', async () => {
    const { page } = await details.open(ready(hostileImage('\u202esd\u2068')));
    await page.locator('.block').nth(1).click();
    const row = page.locator('tr:focus-within');
    expect(await row.getAttribute('data-device')).toBe('‹U+202E›sd‹U+2068›2');
  });
});

describe('on the page of the catalog', () => {
  let browser: Browser;
  let bundle: ReadonlyMap<string, Uint8Array>;
  beforeAll(async () => {
    [browser, bundle] = await Promise.all([launchChromium(), bundlePage('catalog')]);
  });
  afterAll(() => browser?.close());

  it.each(hostileTexts)('every text of a stranger is harmless, and seen: %j', async (text) => {
    const row: Partial<CatalogRow> = {
      name: text,
      description: text,
      ownerId: text,
      ownerAlias: text,
      publisher: { name: text, verified: false },
      family: text,
      architecture: text,
      platform: text,
      rootDeviceType: text,
      virtualizationType: text,
      bootMode: text,
    };
    const opened = await openCatalogWindow(browser, bundle, {
      state: {
        region: 'us-east-1',
        place: 'N. Virginia',
        status: { kind: 'failed', message: text, errorButtons: [text] },
        includeDeprecated: false,
        isWhole: false,
        notice: text,
        version: 1,
      },
      total: 20,
      row,
      label: text,
    });
    await opened.page.locator('#row-0').waitFor();
    await opened.page.locator('.facet input').first().check();
    await opened.page.locator('.chip').waitFor();
    await opened.page.locator('#search').fill('ow');
    await opened.page.locator('#suggestion-0').waitFor();
    await expectHarmlessAndSeen(opened.page, text);
    expect(opened.complaints).toEqual([]);
    await opened.page.close();
  });
});
