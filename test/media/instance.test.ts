import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import type { InstanceDetailsState } from '../../src/protocol/instance.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { instanceModel as model, openInstance, shownInstance as shown } from './instanceWindow.ts';
import { type Bundle, bundlePage, type PageWindow, type WindowOptions } from './pageWindow.ts';
import { type ThemeName, themes } from './themes.ts';

let browser: Browser;
let bundle: Bundle;
let axe: string;

beforeAll(async () => {
  const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  [browser, bundle, axe] = await Promise.all([launchChromium(), bundlePage('instance'), readFile(axeFile, 'utf8')]);
});
afterAll(() => browser?.close());

const { id, region } = model.instance;

async function withPage(
  state: InstanceDetailsState,
  use: (opened: PageWindow<InstanceDetailsState>) => Promise<void>,
  options: WindowOptions = {},
): Promise<void> {
  const opened = await openInstance(browser, bundle, state, options);
  try {
    await use(opened);
    expect(opened.complaints).toEqual([]);
  } finally {
    await opened.page.close();
  }
}

it('shows state, type, volumes and the image of an instance', () =>
  withPage(shown(), async ({ page }) => {
    expect(await page.locator('.facts').innerText()).toMatch(/running[\s\S]*m7i\.large[\s\S]*3 days ago/);
    const rows = await page.locator('.volumes tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
      '/dev/xvda root vol-0123456789abcdef0 2,000 GiB gp3 Encrypted Deleted',
      '/dev/sdf vol-0123456789abcdef0 Not known Not known Not known Deleted',
    ]);
    expect(await page.getByRole('button', { name: 'golden-web' }).count()).toBe(1);
    expect(await page.locator('.notice').count()).toBe(0);
  }));

it('adds up the sizes of the volumes once all are known', () =>
  withPage(shown(), async ({ page, show }) => {
    expect(await page.locator('#section-volumes .beside').count()).toBe(0);
    await show(shown({ volumes: model.volumes.map((volume) => ({ ...volume, size: 8 })) }));
    expect(await page.locator('#section-volumes .beside').innerText()).toBe('16 GiB');
  }));

it('asks the host for what its buttons promise', () =>
  withPage(shown(), async ({ page, sent }) => {
    for (const name of ['Copy ID', 'Create Image…', 'golden-web', 'Open in AWS Console', 'Refresh', 'Keep Open']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    await page.getByRole('button', { name: 'Copy tag Name' }).click();
    expect((await sent()).map(({ method, params }) => [method, params])).toEqual([
      ['run', { command: 'copyInstanceId' }],
      ['run', { command: 'createImage' }],
      ['showImage', { region, id: 'ami-0123456789abcdef0' }],
      ['run', { command: 'openInConsole' }],
      ['refresh', {}],
      ['keepOpen', {}],
      ['copy', { text: 'web-1' }],
    ]);
  }));

it('says why no image can be made of it, and offers none', () =>
  withPage(shown({ unfit: 'The instance is terminated.' }), async ({ page }) => {
    expect(await page.locator('.notice').innerText()).toBe(
      'No image can be created from this instance. The instance is terminated.',
    );
    expect(await page.getByRole('button', { name: 'Create Image…' }).count()).toBe(0);
  }));

it('shows the id of an image that is gone, and says so', () =>
  withPage(shown({ imageName: '' }), async ({ page }) => {
    expect(await page.getByRole('button', { name: 'ami-0123456789abcdef0' }).count()).toBe(1);
    expect(await page.locator('#section-instance').innerText()).toContain(
      'no longer exists, or is not shared with this account',
    );
  }));

it('offers neither the console nor Keep Open where there is nothing of them', () =>
  withPage({ ...shown({ consoleAvailable: false }), preview: false }, async ({ page }) => {
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
    expect(await page.getByRole('button', { name: 'Open in AWS Console' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Keep Open' }).count()).toBe(0);
  }));

it('shows strangers’ text as text', () =>
  withPage(
    shown({
      instance: { ...model.instance, tags: [{ key: '<b>k</b>', value: '\u202egnp.exe <img src=x onerror=alert(1)>' }] },
    }),
    async ({ page }) => {
      expect(await page.locator('#section-tags').innerText()).toContain('<b>k</b>');
      expect(await page.locator('#section-tags').innerText()).toContain('‹U+202E›gnp.exe <img src=x onerror=alert(1)>');
      expect(await page.locator('img').count()).toBe(0);
    },
  ));

it('saves what the host restores it by', () =>
  withPage(shown(), async ({ saved }) => {
    expect(await saved()).toEqual({ ref: { region, id }, preview: true });
  }));

const failed = {
  kind: 'failed',
  message: 'DescribeInstances in us-east-1: access denied.',
  errorButtons: ['Select AWS Profile…'],
  connectionChanged: true,
} as const;

test.each(Object.keys(themes) as ThemeName[])('axe finds nothing to object to in %s', (theme) =>
  withPage(
    shown(),
    async (opened) => {
      const { page } = opened;
      await page.evaluate(axe);
      const states = [
        shown(),
        shown({ unfit: 'The instance is terminated.', volumes: [], imageName: '' }),
        { ...shown(), model: undefined, status: { kind: 'loading' } as const },
        { ...shown(), status: failed },
      ];
      for (const state of states) {
        await opened.show(state);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map((node) => node.html)])).toEqual([]);
      }
    },
    { theme },
  ),
);
