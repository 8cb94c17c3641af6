import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../vscode/chromium.ts';
import { openDetails } from './detailsWindow.ts';
import { type Bundle, bundlePage } from './pageWindow.ts';
import { instanceStoreBacked, ready } from './states.ts';
import { type ThemeName, themes } from './themes.ts';

let browser: Browser;
let bundle: Bundle;
let axe: string;

beforeAll(async () => {
  const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  [browser, bundle, axe] = await Promise.all([launchChromium(), bundlePage('details'), readFile(axeFile, 'utf8')]);
});

afterAll(() => browser?.close());

const failed = {
  kind: 'failed',
  message: 'DescribeImages in us-east-1: access denied.',
  errorButtons: ['Select AWS Profile…'],
  connectionChanged: false,
} as const;

const states = {
  'an EBS-backed image': ready(),
  'an instance store-backed image of somebody else': ready(instanceStoreBacked, {
    ownedByAccount: false,
    launchPermissions: { kind: 'not-owner' },
  }),
  'a failed image': ready({ state: 'failed', stateReason: 'Client.InternalError' }),
  'a pinned image that everybody sees, with its uses in files': {
    ...ready({ public: true, deprecationTime: '2026-11-25T00:00:00.000Z' }),
    pinned: true,
    preview: false,
    uses: {
      places: [{ place: 'main.tf:3', path: 'live/prod/main.tf', line: 3, text: 'ami = "ami-0123456789abcdef0"' }],
      count: 12,
    },
  },
  'an answer of before beside a question that failed': { ...ready(), status: { ...failed, connectionChanged: true } },
  'a question under way': { ...ready(), model: undefined, status: { kind: 'loading' } },
  'a question that failed': { ...ready(), model: undefined, status: failed },
} as const;

test.each(Object.keys(themes) as ThemeName[])('axe finds nothing to object to in %s', async (theme) => {
  const opened = await openDetails(browser, bundle, ready(), { theme });
  const { page } = opened;
  try {
    // The debugger runs the script: the page's policy would block it.
    await page.evaluate(axe);
    for (const [name, state] of Object.entries(states)) {
      await opened.show(state);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      // Names, roles and structure are the same in all themes, and checked once.
      const { violations } = await page.evaluate<AxeResults>(
        theme === 'dark' ? 'axe.run()' : `axe.run({ runOnly: ['color-contrast', 'link-in-text-block'] })`,
      );
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map((node) => `${node.html} ${node.failureSummary}`)]),
        name,
      ).toEqual([]);
    }
    expect(opened.complaints).toEqual([]);
  } finally {
    await page.close();
  }
});
