import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DetailsState } from '../../src/protocol/details.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { type DetailsWindow, openDetails } from './detailsWindow.ts';
import { type Bundle, bundlePage, type WindowOptions } from './pageWindow.ts';
import { aGoldenImage, aModel, aVolume, instanceStoreBacked, large, ready } from './states.ts';

let browser: Browser;
let bundle: Bundle;

beforeAll(async () => {
  [browser, bundle] = await Promise.all([launchChromium(), bundlePage('details')]);
});

afterAll(() => browser?.close());

/** Opens a page for one test, which fails if the page violates its policy or has an error. */
async function withPage(
  state: DetailsState,
  use: (opened: DetailsWindow) => Promise<void>,
  options: WindowOptions = {},
): Promise<void> {
  const opened = await openDetails(browser, bundle, state, options);
  try {
    await use(opened);
    expect(opened.complaints).toEqual([]);
  } finally {
    await opened.page.close();
  }
}

/** The text of an element with its white space collapsed. */
async function textOf({ page }: DetailsWindow, selector: string): Promise<string> {
  return (await page.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
}

test('says where files of the workspace name the image, and opens what is clicked', () =>
  withPage(
    {
      ...ready(),
      uses: {
        count: 201,
        places: [
          {
            place: '12:9 file:///w/live/main.tf',
            path: 'live/<b>main</b>.tf',
            line: 12,
            text: 'ami = "ami-0123456789abcdef0" # \u202Egolden',
          },
        ],
      },
    },
    async (opened) => {
      const section = opened.page.locator('#section-uses');
      expect((await section.innerText()).replace(/\s+/g, ' ')).toContain('live/<b>main</b>.tf:12');
      expect(await section.innerText()).toContain('‹U+202E›golden');
      await section.getByRole('button', { name: 'live/<b>main</b>.tf:12' }).click();
      await expect
        .poll(() => opened.sent('openUse'))
        .toEqual([{ method: 'openUse', params: { place: '12:9 file:///w/live/main.tf' } }]);
    },
  ));

test('says that no file of the workspace names the image', () =>
  withPage({ ...ready(), uses: { count: 0, places: [] } }, async (opened) => {
    expect(await opened.page.locator('#section-uses').innerText()).toContain(
      'No file in this workspace uses this image.',
    );
  }));

async function deviceOrder({ page }: DetailsWindow): Promise<readonly (string | null)[]> {
  return page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-device')));
}

test('shows every part of an image', () =>
  withPage(ready(), async (opened) => {
    const { page } = opened;
    expect(await textOf(opened, 'h1')).toBe('golden-web-2026.11.02-1030');
    const header = await textOf(opened, 'header');
    expect(header).toContain('ami-0123456789abcdef0');
    expect(header).toContain('us-east-1 N. Virginia');
    expect(header).toContain('Available');
    expect(header).toContain('This account 123456789012');
    expect(await page.locator('h2').allInnerTexts()).toEqual([
      'Structure',
      'Root Volume',
      'Type',
      'Block Devices',
      'Identity and Platform',
      'Permissions',
      'Dates',
      'Tags',
      'Raw',
    ]);
    const root = await textOf(opened, '#section-root');
    for (const value of [
      '/dev/sda1',
      'snap-0a1b2c3d4e5f60718',
      '20 GiB',
      'gp3',
      '3,000',
      '125 MiB/s',
      'KMS key Not set',
    ]) {
      expect(root).toContain(value);
    }
    expect(await textOf(opened, '#section-devices')).toContain('Total EBS size: 220 GiB in 2 volumes.');
    const type = await textOf(opened, '#section-type');
    expect(type).toContain('EBS-backed');
    expect(type).toContain('Deleted with the instance: root volume /dev/sda1 (20 GiB).');
    expect(type).toContain('Kept, and billed until you delete them: /dev/sdf (200 GiB).');
    expect(await textOf(opened, '#section-permissions')).toContain('210987654321');
    expect(await textOf(opened, '#section-dates')).toContain('Nov 2, 2026, 11:31 AM GMT+1 20 days ago');
    expect(await textOf(opened, '#section-dates')).toContain('Deprecation Not set');
    expect(await textOf(opened, '#section-tags')).toContain('team platform');
    expect(await textOf(opened, '#section-identity')).toContain('TPM Not set');
    await page.locator('#section-raw summary').click();
    expect(JSON.parse(await page.locator('pre').innerText())).toEqual(JSON.parse(JSON.stringify(aGoldenImage())));
  }));

test('draws the root first, each device as wide as its capacity but never too small to see', () =>
  withPage(ready(), async ({ page }) => {
    const blocks = await page.locator('.blocks li').evaluateAll((items) =>
      items.map((item) => ({
        name: item.querySelector('.text')?.textContent,
        width: item.getBoundingClientRect().width,
      })),
    );
    expect(blocks.map(({ name }) => name)).toEqual(['/dev/sda1', '/dev/sdb', '/dev/sdc', '/dev/sdf']);
    const [root, , , data] = blocks.map(({ width }) => width);
    expect(data).toBeGreaterThan((root ?? 0) * 2);
    expect(root).toBeGreaterThan(100);
    const label = await page.locator('.block.encrypted').getAttribute('aria-label');
    expect(label).toBe('/dev/sdf 200 GiB · gp3: EBS volume, encrypted, and kept on termination. Go to its row.');
    const legend = await page.locator('.legend li').allInnerTexts();
    expect(legend.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'EBS volume 1',
      'Encrypted EBS volume 1',
      'Instance store 1',
      'Suppressed 1',
    ]);
    await page.locator('.block.encrypted').click();
    const focused = await page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-device'));
    expect(focused).toBe('/dev/sdf');
  }));

test('draws 8 GiB beside 16 TiB, and 26 devices, without anything beyond the edges', async () => {
  for (const width of [350, 1200]) {
    await withPage(
      ready(large),
      async ({ page }) => {
        const bars = await page
          .locator('.block .fill')
          .evaluateAll((fills) => fills.map((fill) => fill.getBoundingClientRect().width));
        expect(bars).toHaveLength(26);
        expect(Math.min(...bars)).toBeGreaterThan(8);
        expect(Math.max(...bars)).toBe(bars[25]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      },
      { width },
    );
  }
});

test('finds the root where its mapping has another name of the same device', () =>
  withPage(
    ready({
      rootDeviceName: '/dev/sda1',
      blockDevices: [aVolume({ deviceName: '/dev/sdf' }), aVolume({ deviceName: '/dev/sda' })],
    }),
    async (opened) => {
      expect(await textOf(opened, '#section-root')).toMatch(/Device \/dev\/sda Root device name \/dev\/sda1/);
      expect(await textOf(opened, '#section-structure')).toMatch(/^Structure.*? \/dev\/sda root /);
      expect(await textOf(opened, '#section-devices')).toContain('/dev/sda root');
      expect(await textOf(opened, '#section-type')).toContain('root volume /dev/sda (');
      expect(await deviceOrder(opened)).toEqual(['/dev/sda', '/dev/sdf']);
    },
  ));

test('says that the root is not known where it cannot be told', () =>
  withPage(
    ready({
      rootDeviceName: undefined,
      blockDevices: [aVolume({ deviceName: '/dev/sdf' }), aVolume({ deviceName: '/dev/sdg' })],
    }),
    async (opened) => {
      expect(await textOf(opened, '#section-root')).toContain('It is not known which device is the root device.');
      expect(await textOf(opened, '#section-structure')).not.toContain('root');
    },
  ));

test('says of an instance store-backed image where its root and its template are', () =>
  withPage(ready(instanceStoreBacked), async (opened) => {
    expect(await textOf(opened, '#section-root')).toContain('Kind Instance store');
    expect(await textOf(opened, '#section-root')).toContain('my-bucket/legacy-batch/image.manifest.xml');
    const type = await textOf(opened, '#section-type');
    expect(type).toContain('Instance store-backed');
    expect(type).toContain('Instances cannot be stopped');
    expect(type).toContain('The root volume /dev/sda1 and its data are lost.');
    expect(await textOf(opened, '#section-structure')).toContain('/dev/sda1 root');
    expect(await textOf(opened, '.badges')).toContain('Deprecated');
    expect(await textOf(opened, '#section-tags')).toContain('No tags');
    expect(await textOf(opened, '#section-devices')).toContain('No EBS volumes.');
  }));

test('tells a verified publisher from one that only says so', async () => {
  const foreign = { ownedByAccount: false, launchPermissions: { kind: 'not-owner' } } as const;
  await withPage(
    ready({ public: true }, { ...foreign, publisher: { name: 'Canonical', verified: true } }),
    async (opened) => {
      expect(await textOf(opened, 'header')).toContain('Canonical verified');
      expect(await textOf(opened, '#section-permissions')).toContain('every AWS account can launch');
      expect(await textOf(opened, '#section-permissions')).toContain('Only the owner can see');
    },
  );
  await withPage(
    ready({ public: true }, { ...foreign, publisher: { name: 'Canonical', verified: false } }),
    async (opened) => {
      expect(await textOf(opened, 'header')).toContain('Canonical from your settings, not verified');
    },
  );
  await withPage(ready({ name: 'ubuntu/images/fake', public: true }, foreign), async (opened) => {
    expect(await textOf(opened, 'header')).toContain('Unverified owner');
  });
  await withPage(ready({ public: false }, foreign), async (opened) => {
    expect(await textOf(opened, 'header')).toContain('Shared by another account');
    expect(await textOf(opened, 'header')).not.toMatch(/unverified/i);
  });
  await withPage(ready({}, { ownedByAccount: undefined }), async (opened) => {
    expect(await textOf(opened, 'header')).toMatch(/Owner 123456789012$/);
  });
});

const hostile = [
  `<img src=x onerror="document.title='hacked'">`,
  `"><script>document.title='hacked'</script>`,
  '[click](command:workbench.action.quit) **bold** <a href="javascript:alert(1)">',
  '\u202egnp.exe\u2066 right-to-left',
  'x'.repeat(2000),
  '{0} {1} $(trash)',
];

function hostileState(text: string): DetailsState {
  return ready(
    {
      name: text,
      description: text,
      ownerId: text,
      location: text,
      state: text,
      stateReason: text,
      architecture: text,
      rootDeviceName: text,
      rootDeviceType: text,
      creationDate: text,
      deprecationTime: text,
      sourceImageId: text,
      sourceImageRegion: text,
      productCodes: [text],
      blockDevices: [
        aVolume({ deviceName: text, snapshotId: text, volumeType: text, kmsKeyId: text }),
        { kind: 'instance-store', deviceName: '/dev/sdb', virtualName: text },
      ],
      tags: [{ key: text, value: text }],
    },
    {
      ownedByAccount: false,
      publisher: { name: text, verified: false },
      launchPermissions: { kind: 'failed', message: text },
    },
  );
}

test('shows whatever AWS says as text', () =>
  withPage(ready(), async ({ page, show }) => {
    for (const text of hostile) {
      await show(hostileState(text));
      const seen = text.replace('\u202e', '‹U+202E›').replace('\u2066', '‹U+2066›');
      expect(await page.locator('h1').textContent()).toBe(seen);
      expect(await page.locator('#section-tags dt').textContent()).toBe(seen);
      expect(await page.locator('#section-tags .value').textContent()).toBe(seen);
      expect(await page.locator('#page').locator('img, script, a, iframe').count()).toBe(0);
      expect(await page.title()).toBe('Image Details');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  }));

test('sorts by each column, up, down and back, with what is not set last', () =>
  withPage(ready(large), async (opened) => {
    const { page } = opened;
    const original = await deviceOrder(opened);
    expect(original[0]).toBe('/dev/sda1');
    const size = page.getByRole('columnheader', { name: 'Size' });
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBe('ascending');
    const ascending = await deviceOrder(opened);
    expect(ascending.at(0)).toBe('/dev/sda1');
    expect(ascending.slice(-2).toSorted()).toEqual(['/dev/sdi', '/dev/sdr']);
    expect(ascending.at(-3)).toBe('/dev/sdz');
    await size.getByRole('button').press('Enter');
    expect(await size.getAttribute('aria-sort')).toBe('descending');
    const descending = await deviceOrder(opened);
    expect(descending.at(0)).toBe('/dev/sdz');
    expect(descending.slice(-2).toSorted()).toEqual(['/dev/sdi', '/dev/sdr']);
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBe('none');
    expect(await deviceOrder(opened)).toEqual(original);
    expect(await page.getByRole('columnheader').count()).toBe(10);
    for (const heading of await page.getByRole('columnheader').all()) {
      await heading.getByRole('button').click();
      expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    }
  }));

test('copies bare values, and says so', () =>
  withPage(ready(), async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Copy Snapshot of /dev/sdf' }).press('Enter');
    await page.getByRole('button', { name: 'Copy Size of /dev/sdf' }).press('Enter');
    await page.getByRole('button', { name: 'Copy tag team' }).click();
    expect((await sent()).map(({ method, params }) => [method, params])).toEqual([
      ['copy', { text: 'snap-0fedcba9876543210' }],
      ['copy', { text: '200' }],
      ['copy', { text: 'platform' }],
    ]);
    await page.getByRole('status').filter({ hasText: 'Copied tag team' }).waitFor({ state: 'attached' });
  }));

test('asks the host for what its buttons promise', () =>
  withPage(ready(), async ({ page, sent }) => {
    for (const name of [
      'Copy ID',
      'Copy As…',
      'Insert',
      'Insert As…',
      'Pin Image',
      'Copy Link to Image',
      'Open in AWS Console',
      'Refresh',
      'Keep Open',
    ]) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    await page.getByRole('button', { name: 'ami-0fedcba9876543210 in us-east-1' }).click();
    await page.getByRole('button', { name: 'i-0aaaabbbbccccdddd', exact: true }).click();
    expect((await sent()).map(({ method, params }) => [method, params])).toEqual([
      ['run', { command: 'copyImageId' }],
      ['run', { command: 'copyImageAs' }],
      ['run', { command: 'insertImageId' }],
      ['run', { command: 'insertImageAs' }],
      ['setPinned', { pinned: true }],
      ['run', { command: 'copyImageLink' }],
      ['run', { command: 'openInConsole' }],
      ['refresh', {}],
      ['keepOpen', {}],
      ['showImage', { region: 'us-east-1', id: 'ami-0fedcba9876543210' }],
      ['showInstance', { region: 'us-east-1', id: 'i-0aaaabbbbccccdddd' }],
    ]);
  }));

test.each([
  [true, 'Copied AMI ID'],
  [false, ''],
])('says that the id was copied only where it was: %j', (result, said) =>
  withPage(ready(), async ({ page }) => {
    await page.evaluate((value) => {
      globalThis.answerAsHost = () => ({ result: value });
    }, result);
    await page.getByRole('button', { name: 'Copy ID', exact: true }).click();
    // Read in the page: it says so for a moment only.
    const status = await page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return document.querySelector('[role=status]')?.textContent;
    });
    expect(status).toBe(said);
  }),
);

test('offers no console where there is none, and no Keep Open where it is kept', () =>
  withPage({ ...ready({}, { consoleAvailable: false }), preview: false }, async ({ page }) => {
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
    expect(await page.getByRole('button', { name: 'Open in AWS Console' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Keep Open' }).count()).toBe(0);
  }));

test('unpins what is pinned', () =>
  withPage({ ...ready(), pinned: true }, async ({ page, sent }) => {
    expect(await page.getByRole('button', { name: 'Pin Image', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Unpin Image' }).click();
    expect((await sent()).map(({ method, params }) => [method, params])).toEqual([['setPinned', { pinned: false }]]);
  }));

test('tells the editor’s context menu which image it is', () =>
  withPage(ready(), async ({ page }) => {
    const context = await page
      .getByRole('heading', { level: 1 })
      .evaluate((element) => element.closest('[data-vscode-context]')?.getAttribute('data-vscode-context'));
    expect(JSON.parse(context ?? '')).toEqual({
      webviewSection: 'image',
      region: 'us-east-1',
      id: 'ami-0123456789abcdef0',
    });
  }));

test.each([
  [true, true, 1],
  [true, false, 0],
  [true, undefined, 0],
  [false, true, 0],
] as const)('warns of an image that is public (%j) where it is one’s own (%j)', (isPublic, ownedByAccount, warnings) =>
  withPage(ready({ public: isPublic }, { ownedByAccount }), async ({ page }) => {
    expect(await page.locator('.notice', { hasText: 'This image is public' }).count()).toBe(warnings);
  }),
);

test('says what the host could not do', () =>
  withPage(ready(), async ({ page }) => {
    await page.evaluate(() => sessionStorage.setItem('refuse', 'copy'));
    await page.getByRole('button', { name: 'Copy tag team' }).click();
    await expectShown(page.getByRole('status').filter({ hasText: 'The clipboard is locked.' }));
  }));

test('says what failed after something was copied, when its mark has gone too', () =>
  withPage(ready(), async ({ page }) => {
    const button = page.getByRole('button', { name: 'Copy tag team' });
    await button.click();
    await page.locator('.copy.done').waitFor();
    await page.evaluate(() => sessionStorage.setItem('refuse', 'copy'));
    await button.click();
    await page.locator('.copy.done').waitFor({ state: 'detached' });
    await expectShown(page.getByRole('status').filter({ hasText: 'The clipboard is locked.' }));
  }));

test('is reached by keyboard from the first button to the last', () =>
  withPage(ready(), async ({ page }) => {
    const seen = new Set<string>();
    for (let presses = 0; presses < 90; presses += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return undefined;
        return focused.getAttribute('aria-label') ?? focused.textContent?.replace(/\s+/g, ' ').trim();
      });
      if (name === undefined || (seen.size > 0 && seen.has(name) && name === 'Copy ID')) break;
      seen.add(name);
    }
    const reached = [...seen].join('\n');
    for (const expected of ['Copy ID', 'Keep Open', 'Copy AMI ID', 'Structure', 'Go to its row', 'Copy Snapshot']) {
      expect(reached).toContain(expected);
    }
    for (const expected of ['Throughput', 'Copy Device of /dev/sda1', 'ami-0fedcba9876543210 in us-east-1', 'Raw']) {
      expect(reached).toContain(expected);
    }
    // All cells are one Tab stop; the arrow keys move between them.
    expect(reached).not.toContain('Copy Snapshot of /dev/sda1');
    await page.getByRole('button', { name: 'Copy Device of /dev/sda1' }).focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Copy Snapshot of /dev/sda1');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Copy Snapshot of /dev/sdf');
    await page.keyboard.press('End');
    expect(await focused()).toBe('Copy KMS Key of /dev/sdf');
    await page.keyboard.press('Control+Home');
    expect(await focused()).toBe('Copy Device of /dev/sda1');
  }));

test('keeps its arrangement while it is hidden, and reads another image from its beginning', () =>
  withPage(ready(large), async (opened) => {
    const { page } = opened;
    await page.locator('#section-type summary').click();
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await page.evaluate(() => scrollTo(0, 400));
    await expect.poll(async () => JSON.stringify(await opened.saved())).toContain('"scroll":400');
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    expect(await deviceOrder(opened)).toContain('/dev/sdz');
    expect((await deviceOrder(opened))[0]).toBe('/dev/sdz');
    expect(await page.locator('#section-type details').evaluate((details) => details.hasAttribute('open'))).toBe(false);
    // The browser adjusts the scroll position as fonts are loaded.
    await expect.poll(() => page.evaluate(() => Math.abs(scrollY - 400))).toBeLessThan(60);
    await opened.show(ready({ ...large, id: 'ami-0999999999999999f', name: 'another' }));
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    expect(await textOf(opened, 'h1')).toBe('another');
    expect(await opened.saved()).toMatchObject({
      ref: { region: 'us-east-1', id: 'ami-0999999999999999f' },
      preview: true,
    });
  }));

test('says what it waits for, what went wrong and what to do, under the same header', () =>
  withPage({ ...ready(), model: undefined, status: { kind: 'loading' } }, async (opened) => {
    const { page, sent } = opened;
    expect(await page.getByRole('progressbar').getAttribute('aria-label')).toBe(
      'Loading ami-0123456789abcdef0 from us-east-1…',
    );
    const failed = {
      kind: 'failed',
      message: 'DescribeImages in us-east-1: access denied. <b>No</b>',
      errorButtons: ['Select AWS Profile…', 'Show Log'],
      connectionChanged: true,
    } as const;
    await opened.show({ ...ready(), model: undefined, status: failed });
    const alert = await textOf(opened, '[role=alert]');
    expect(alert).toContain('DescribeImages in us-east-1: access denied. <b>No</b>');
    expect(alert).toContain('The connection has changed');
    expect(await page.getByRole('progressbar').count()).toBe(0);
    expect(await textOf(opened, 'h1')).toBe('golden-web-2026.11.02-1030');
    await page.getByRole('button', { name: 'Show Log' }).click();
    await page.getByRole('button', { name: 'Retry' }).click();
    expect((await sent()).map(({ method, params }) => [method, params])).toEqual([
      ['pressErrorButton', { index: 1 }],
      ['refresh', {}],
    ]);
    // The page still shows the earlier answer after a failed refresh.
    await opened.show({ ...ready(), model: aModel(), status: { ...failed, connectionChanged: false } });
    expect(await textOf(opened, '[role=alert]')).toContain('The details below were last updated at 10:30:00');
    expect(await page.locator('#section-root').count()).toBe(1);
  }));

test('speaks the language of the editor', () =>
  withPage(
    ready(),
    async (opened) => {
      expect(await textOf(opened, '#title-root')).toBe('Stammvolume "<b>"');
    },
    { translations: { 'Root Volume': 'Stammvolume "<b>"' } },
  ));
