import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { anEbsDevice, instanceStoreBacked, large, ready } from './states.ts';
import { useDetails } from './useDetails.ts';

const details = useDetails();

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The values of a section by their terms, as they read. */
async function fieldsOf(page: Page, name: string): Promise<Record<string, string>> {
  return section(page, name).evaluate((element) =>
    Object.fromEntries(
      [...element.querySelectorAll<HTMLElement>('.field')].map((field) => [
        field.querySelector('dt')?.textContent.trim() ?? '',
        (field.querySelector('dd')?.innerText ?? '').replace(/\s+/g, ' ').trim(),
      ]),
    ),
  );
}

describe('the header', () => {
  it('says which image it is', async () => {
    const page = await details.show(ready());
    const header = page.locator('header');
    expect(await header.getByRole('heading', { level: 1 }).innerText()).toBe('golden-web-2026.11.02-1030');
    const text = await header.innerText();
    expect(text).toContain('ami-0123456789abcdef0');
    expect(text).toMatch(/us-east-1\s+N\. Virginia/);
    expect(text).toContain('Available');
    expect(text).toMatch(/This account\s+123456789012/);
  });

  it('shows the id as the title of an image without a name while it is asked for', async () => {
    const { page, show } = await details.open({ ...ready(), name: '', model: undefined, status: { kind: 'loading' } });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('ami-0123456789abcdef0');
    await show(ready({ name: '' }));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Unnamed image');
  });

  it.each([
    ['pending', 'Pending', 'still making'],
    ['failed', 'Failed', 'could not make this image: the snapshot is gone'],
    ['disabled', 'Disabled', 'disabled'],
    ['frobnicated', 'frobnicated', '“frobnicated”'],
  ])('says in words what the state %s means', async (state, badge, notice) => {
    const page = await details.show(ready({ state, stateReason: 'the snapshot is gone' }));
    expect(await page.locator('.badges').innerText()).toContain(badge);
    expect(await page.locator('.notice').innerText()).toContain(notice);
  });

  it('marks a deprecated image', async () => {
    const page = await details.show(ready(instanceStoreBacked));
    expect(await page.locator('.badges').innerText()).toContain('Deprecated');
    expect(await page.locator('.notice').first().innerText()).toContain('1 year ago');
  });

  it.each([
    ['a verified publisher', { name: 'Canonical', verified: true }, /Canonical\s+verified/],
    ['a publisher of the settings', { name: 'Our partner', verified: false }, /Our partner\s+.*not verified/],
    ['nobody known', undefined, /Unverified/],
  ])('names %s as the owner', async (_of, publisher, expected) => {
    const page = await details.show(ready({}, { ownedByAccount: false, publisher }));
    expect(await page.locator('header').innerText()).toMatch(expected);
  });
});

describe('the drawing', () => {
  const names = (page: Page) =>
    section(page, 'Structure')
      .getByRole('list', { name: 'Devices of the image, root first' })
      .getByRole('button')
      .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('aria-label')));

  it('has a block for each device, root first, that says what it is', async () => {
    const page = await details.show(ready());
    expect(await names(page)).toEqual([
      '/dev/sda1: root volume, EBS volume, 20 GiB, gp3, not encrypted, and deleted on termination. Go to its row.',
      '/dev/sdb: instance store volume, ephemeral0, and size given by the instance type. Go to its row.',
      '/dev/sdc: suppressed and instances do not get this device. Go to its row.',
      '/dev/sdf: EBS volume, 200 GiB, gp3, encrypted, and kept after termination. Go to its row.',
    ]);
  });

  it('draws what has more capacity wider, and nothing too small for its name', async () => {
    const page = await details.show(
      ready({
        blockDevices: [
          anEbsDevice({ volumeSize: 8 }),
          anEbsDevice({ deviceName: '/dev/sdf', volumeSize: 500 }),
          anEbsDevice({ deviceName: '/dev/sdg', volumeSize: 1000 }),
        ],
      }),
    );
    const widths = await page
      .locator('.blocks > li')
      .evaluateAll((blocks) => blocks.map((block) => block.getBoundingClientRect().width));
    const [root = 0, half = 0, whole = 0] = widths;
    expect(whole / half).toBeGreaterThan(1.5);
    expect(half).toBeGreaterThan(root);
    const cut = await page
      .locator('.block .name .text')
      .evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).length);
    expect(cut).toBe(0);
  });

  it('explains the kinds that occur, and only those', async () => {
    const { page, show } = await details.open(ready());
    const legend = page.getByRole('list', { name: 'Legend' }).getByRole('listitem');
    expect(await legend.count()).toBe(4);
    await show(ready({ blockDevices: [anEbsDevice()] }));
    expect(await legend.allInnerTexts()).toHaveLength(1);
  });

  it('shows the root of an image that maps none', async () => {
    const page = await details.show(ready(instanceStoreBacked));
    expect((await names(page))[0]).toContain('Root volume /dev/sda1');
  });

  it('says that there is nothing to draw', async () => {
    const page = await details.show(ready({ blockDevices: [] }));
    expect(await section(page, 'Structure').innerText()).toContain('maps no block devices');
  });
});

describe('the root volume', () => {
  it('has every fact of the volume, and says what is not set', async () => {
    const page = await details.show(ready());
    expect(await fieldsOf(page, 'Root Volume')).toEqual({
      Device: '/dev/sda1',
      Kind: 'EBS volume',
      Snapshot: 'snap-0a1b2c3d4e5f60718',
      Size: '20 GiB',
      'Volume type': 'gp3',
      IOPS: '3,000',
      Throughput: '125 MiB/s',
      Encryption: 'Not encrypted',
      'KMS key': 'Not set',
      'Delete on termination': 'Yes: deleted with the instance',
    });
  });

  it('is on instance store where the image is', async () => {
    const page = await details.show(ready(instanceStoreBacked));
    expect(await fieldsOf(page, 'Root Volume')).toMatchObject({
      Kind: 'Instance store',
      Template: 'my-bucket/legacy-batch/image.manifest.xml',
    });
  });
});

describe('the type', () => {
  it('words what follows from an EBS root and the flags of this image', async () => {
    const page = await details.show(ready());
    const fields = await fieldsOf(page, 'Type');
    expect(fields['Stopping']).toContain('can be stopped');
    expect(fields['Termination']).toMatch(/Deleted with the instance: .*\/dev\/sda1.*Kept.*\/dev\/sdf/);
    expect(fields['Instance store']).toContain('stops or terminates');
  });

  it('words what follows from an instance store root', async () => {
    const page = await details.show(ready(instanceStoreBacked));
    const fields = await fieldsOf(page, 'Type');
    expect(fields['Stopping']).toContain('cannot be stopped');
    expect(fields['Booting']).toContain('S3');
    expect(fields['New images']).toContain('does not work');
  });

  it('says so where it does not know the type', async () => {
    const page = await details.show(ready({ rootDeviceType: 'quantum' }));
    expect(await section(page, 'Type').innerText()).toContain('“quantum”');
  });
});

describe('the block devices', () => {
  it('have a row each and their sum', async () => {
    const page = await details.show(ready(large));
    expect(await page.locator('tbody tr').count()).toBe(26);
    expect(await section(page, 'Block Devices').innerText()).toContain('in 24 volumes');
  });

  it('scroll sideways by themselves where they do not fit, and keep the device in view', async () => {
    const { page } = await details.open(ready(), { width: 350 });
    const scroller = page.locator('.scroller');
    await scroller.evaluate((element) => element.scrollBy(200, 0));
    expect(await scroller.evaluate((element) => element.scrollLeft)).toBe(200);
    const left = await scroller.evaluate((element) => element.getBoundingClientRect().left);
    const device = await page.locator('tbody tr > :first-child').first().boundingBox();
    expect(Math.abs((device?.x ?? 0) - left)).toBeLessThanOrEqual(1);
  });
});

describe('permissions', () => {
  it.each([
    [
      'public',
      { kind: 'known', public: true, accounts: [], organizations: [], organizationalUnits: [] },
      'every AWS account',
    ],
    ['private', { kind: 'known', public: false, accounts: [], organizations: [], organizationalUnits: [] }, 'Private'],
    [
      'shared',
      { kind: 'known', public: false, accounts: ['210987654321'], organizations: [], organizationalUnits: [] },
      '210987654321',
    ],
    ['of others', { kind: 'not-owner' }, 'Only the owner can see'],
    ['unknown', { kind: 'failed', message: 'Access denied.' }, 'Access denied.'],
  ] as const)('are told: %s', async (_name, launchPermissions, expected) => {
    const page = await details.show(ready({}, { launchPermissions }));
    expect(await section(page, 'Permissions').innerText()).toContain(expected);
  });
});

describe('dates, tags and raw', () => {
  it('give dates in the time zone of the user and in words', async () => {
    const page = await details.show(ready());
    expect(await fieldsOf(page, 'Dates')).toMatchObject({
      Created: expect.stringMatching(/^Nov 2, 2026, 11:31 AM GMT\+1 20 days ago$/),
      Deprecation: 'Not set',
    });
  });

  it('show the name first, and an empty value as such', async () => {
    const page = await details.show(ready());
    expect(Object.entries(await fieldsOf(page, 'Tags'))).toEqual([
      ['Name', 'golden-web'],
      ['empty', 'Empty'],
      ['team', 'platform'],
    ]);
  });

  it('keep the JSON closed until it is asked for', async () => {
    const state = ready();
    const page = await details.show(state);
    const json = page.getByRole('region', { name: 'The image as JSON' });
    expect(await json.isVisible()).toBe(false);
    await page.getByRole('heading', { name: 'Raw' }).click();
    expect(JSON.parse(await json.innerText())).toEqual(JSON.parse(JSON.stringify(state.model?.image)));
  });
});

describe('while there is no answer', () => {
  it('says what it waits for', async () => {
    const page = await details.show({ ...ready(), model: undefined, status: { kind: 'loading' } });
    await page.getByRole('progressbar').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('Asking EC2 in us-east-1 for ami-0123456789abcdef0');
  });

  it('says what went wrong, and keeps the last answer in sight', async () => {
    const page = await details.show({
      ...ready(),
      status: {
        kind: 'failed',
        message: 'AWS asks for fewer requests.',
        actions: ['Show Log'],
        connectionChanged: false,
      },
    });
    expect(await page.getByRole('alert').innerText()).toContain('AWS asks for fewer requests.');
    expect(await page.getByRole('alert').innerText()).toContain('as of');
    expect(await section(page, 'Root Volume').isVisible()).toBe(true);
  });
});

describe('text from AWS', () => {
  const hostile = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>"'\`\${1}{0}&amp;`;

  it('is text, wherever it stands', async () => {
    const image: Partial<Image> = {
      name: hostile,
      description: hostile,
      ownerId: hostile,
      ownerAlias: hostile,
      location: hostile,
      state: hostile,
      stateReason: hostile,
      creationDate: hostile,
      deprecationTime: hostile,
      architecture: hostile,
      platformDetails: hostile,
      bootMode: hostile,
      imdsSupport: hostile,
      productCodes: [hostile],
      rootDeviceName: hostile,
      blockDevices: [
        anEbsDevice({
          deviceName: hostile,
          snapshotId: hostile,
          volumeType: hostile,
          kmsKeyId: hostile,
          encrypted: true,
        }),
        { kind: 'instance-store', deviceName: `${hostile}2`, virtualName: hostile },
        { kind: 'suppressed', deviceName: `${hostile}3` },
      ],
      tags: [{ key: hostile, value: hostile }],
      sourceInstanceId: hostile,
      sourceImageId: hostile,
      sourceImageRegion: hostile,
    };
    const page = await details.show(
      ready(image, {
        ownedByAccount: false,
        publisher: { name: hostile, verified: true },
        launchPermissions: {
          kind: 'known',
          public: false,
          accounts: [hostile],
          organizations: [hostile],
          organizationalUnits: [hostile],
        },
      }),
    );
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(hostile);
    expect(await page.title()).toBe('Image Details');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect((await page.getByRole('main').textContent())?.split('<img').length).toBeGreaterThan(20);
  });

  it('is text in an error too', async () => {
    const page = await details.show({
      ...ready(),
      model: undefined,
      status: { kind: 'failed', message: hostile, actions: [hostile], connectionChanged: false },
    });
    expect(await page.getByRole('alert').textContent()).toContain(hostile);
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('cannot widen the page, however long it is', async () => {
    const long = 'x'.repeat(600);
    const { page } = await details.open(
      ready({
        name: long,
        description: long,
        location: long,
        tags: [{ key: long, value: long }],
        rootDeviceName: long,
        blockDevices: [anEbsDevice({ deviceName: long, kmsKeyId: long })],
      }),
      { width: 350 },
    );
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

describe('the policy of the page', () => {
  it('is in force: what it forbids is reported', async () => {
    const { page, complaints } = await details.open(ready());
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => complaints.splice(0).join()).toContain('Content Security Policy');
  });
});

describe('another language', () => {
  it('is what the host has put into the page', async () => {
    const { page } = await details.open(ready(), { translations: { 'Block Devices': 'Blockgeräte' } });
    await page.getByRole('heading', { name: 'Blockgeräte' }).waitFor();
  });
});
