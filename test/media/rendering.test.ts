import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { aVolume, instanceStoreBacked, ready } from './states.ts';
import { useDetails } from './useDetails.ts';

const details = useDetails();

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The visible values of a section by their terms. */
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
  it('shows the id as the title of an image without a name while it is asked for', async () => {
    const { page, show } = await details.open({ ...ready(), name: '', model: undefined, status: { kind: 'loading' } });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('ami-0123456789abcdef0');
    await show(ready({ name: '' }));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Unnamed image');
  });

  it('keeps the names of its buttons where only their icons have room', async () => {
    const { page } = await details.open(ready(), { width: 350 });
    const buttons = page.getByRole('group', { name: 'Image actions' }).getByRole('button');
    for (const name of [
      'Copy ID',
      'Copy As…',
      'Insert',
      'Insert As…',
      'Pin Image',
      'Copy Link to Image',
      'Refresh',
      'Keep Open',
    ]) {
      await buttons.and(page.getByRole('button', { name, exact: true })).waitFor();
    }
    const widths = await buttons.evaluateAll((elements) =>
      elements.map((element) => element.getBoundingClientRect().width),
    );
    expect(Math.max(...widths.slice(1))).toBeLessThan(widths[0] ?? 0);
  });

  it('draws its buttons with the border that the theme has for secondary ones', async () => {
    const { page } = await details.open(ready());
    const borders = () =>
      page
        .locator('vscode-button[secondary]')
        .evaluateAll((buttons) =>
          buttons.map(
            ({ shadowRoot }) => getComputedStyle(shadowRoot?.querySelector('.base') ?? document.body).borderTopColor,
          ),
        );
    expect(new Set(await borders())).toEqual(new Set(['rgba(255, 255, 255, 0.1)']));
    await page.evaluate(() => document.documentElement.style.setProperty('--vscode-button-secondaryBorder', '#333536'));
    expect(new Set(await borders())).toEqual(new Set(['rgb(51, 53, 54)']));
  });

  it.each([
    ['pending', 'Pending', 'still being created'],
    ['failed', 'Failed', 'could not create this image: the snapshot is gone'],
    ['disabled', 'Disabled', 'disabled'],
    ['frobnicated', 'frobnicated', '“frobnicated”'],
  ])('says in words what the state %s means', async (state, badge, notice) => {
    const page = await details.show(ready({ state, stateReason: 'the snapshot is gone' }));
    expect(await page.locator('.badges').innerText()).toContain(badge);
    expect(await page.locator('.notice').innerText()).toContain(notice);
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
      '/dev/sda1 root 20 GiB · gp3: EBS volume, not encrypted, and deleted on termination. Go to its row.',
      '/dev/sdb ephemeral0: instance store volume of a size that depends on the instance type. Go to its row.',
      '/dev/sdc Suppressed: not attached to instances. Go to its row.',
      '/dev/sdf 200 GiB · gp3: EBS volume, encrypted, and kept on termination. Go to its row.',
    ]);
  });

  it('explains the kinds that occur, and only those', async () => {
    const { page, show } = await details.open(ready());
    const legend = page.getByRole('list', { name: 'Legend' }).getByRole('listitem');
    expect(await legend.count()).toBe(4);
    await show(ready({ blockDevices: [aVolume()] }));
    expect(await legend.allInnerTexts()).toHaveLength(1);
  });

  it('shows the root of an image that maps none', async () => {
    const page = await details.show(ready(instanceStoreBacked));
    expect((await names(page))[0]).toContain('/dev/sda1 root Instance store');
  });

  it('says that there is nothing to draw', async () => {
    const page = await details.show(ready({ blockDevices: [] }));
    expect(await section(page, 'Structure').innerText()).toContain('has no block devices');
  });
});

describe('the type', () => {
  it('says so where it does not know the type', async () => {
    const page = await details.show(ready({ rootDeviceType: 'quantum' }));
    expect(await section(page, 'Type').innerText()).toContain('“quantum”');
  });
});

describe('the block devices', () => {
  it('call a key what tells it from others, and copy the whole of it', async () => {
    const alias = 'arn:aws-cn:kms:cn-north-1:123456789012:alias/images';
    const { page, sent } = await details.open(
      ready({
        blockDevices: [
          ...(ready().model?.image.blockDevices ?? []),
          aVolume({ deviceName: '/dev/sdg', encrypted: true, kmsKeyId: alias }),
        ],
      }),
    );
    expect(await page.locator('tbody td.key .value').allInnerTexts()).toEqual([
      '1f2e3d4c-5b6a-7980-91a2-b3c4d5e6f708',
      'alias/images',
    ]);
    await page.getByRole('button', { name: 'Copy KMS Key of /dev/sdg' }).press('Enter');
    expect((await sent()).map(({ params }) => params)).toEqual([{ text: alias }]);
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
    ['not known yet', { kind: 'loading' }, 'Loading launch permissions'],
    ['unknown', { kind: 'failed', message: 'Access denied.' }, 'Access denied.'],
  ] as const)('are told: %s', async (_name, launchPermissions, expected) => {
    const page = await details.show(ready({}, { launchPermissions }));
    expect(await section(page, 'Permissions').innerText()).toContain(expected);
  });

  it('are asked for again where that has failed', async () => {
    const failed = ready({}, { launchPermissions: { kind: 'failed', message: 'No answer in time.' } });
    const { page, sent } = await details.open(failed);
    await section(page, 'Permissions').getByRole('button', { name: 'Retry' }).click();
    expect(await sent()).toContainEqual(expect.objectContaining({ method: 'refresh' }));
  });
});

describe('tags', () => {
  it('show the name first, and an empty value as such', async () => {
    const page = await details.show(ready());
    expect(Object.entries(await fieldsOf(page, 'Tags'))).toEqual([
      ['Name', 'golden-web'],
      ['empty', 'Empty'],
      ['team', 'platform'],
    ]);
  });
});

describe('text from AWS', () => {
  const hostile = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>"'\`\${1}{0}&amp;`;

  it('is text in an error too', async () => {
    const page = await details.show({
      ...ready(),
      model: undefined,
      status: { kind: 'failed', message: hostile, errorButtons: [hostile], connectionChanged: false },
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
        blockDevices: [aVolume({ deviceName: long, kmsKeyId: long })],
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
