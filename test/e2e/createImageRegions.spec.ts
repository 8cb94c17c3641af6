import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sample/faults.ts';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

const dead = 'eu-west-1';
const fine = 'us-east-1';
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({
    tooltips: true,
    settings: { 'amiExplorer.regions': [dead, fine] },
    sample: { failingName: 'half-web-2' },
  });
  await editor.workbench.openAmiExplorer();
});
beforeEach(async () => {
  pictureOnFailure(() => editor);
  editor.server.faults.clear();
  await editor.workbench.page.keyboard.press('Escape');
});
afterAll(() => editor?.close());

function rows(text: string | RegExp): Locator {
  return editor.workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text });
}

/** Of one instance in each region, chosen from the list. */
async function createImages({ fault, wasLeft }: { fault?: Fault; wasLeft?: boolean } = {}): Promise<void> {
  const { workbench } = editor;
  await workbench.command('Create Image…');
  if (wasLeft) {
    await workbench.quickPickRow('Start Over').click();
  }
  await workbench.quickInputTitle().getByText('Instances').waitFor();
  await workbench.quickPickRow('nvme-scratch').waitFor();
  // The web server of either region is there, and those of the one that does not answer come first.
  await workbench.quickInput().fill('web-2');
  await expect.poll(() => rows('web-2').count()).toBe(2);
  await rows('web-2').first().getByRole('checkbox').click();
  await workbench.quickInput().fill('nvme-scratch');
  await expect.poll(() => rows('nvme-scratch').count()).toBe(1);
  await rows('nvme-scratch').getByRole('checkbox').click();
  editor.server.requests.length = 0;
  if (fault) {
    editor.server.faults.add(fault);
  }
  await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** Both instances are stopped, so that nothing is asked about a reboot. */
async function toReview(name: string): Promise<void> {
  const { workbench } = editor;
  await workbench.quickInputTitle().getByText('Create 2 Images: Name').waitFor();
  await workbench.answer(name);
  for (const step of ['Description', 'Volumes', 'Tags']) {
    await workbench.quickInputTitle().getByText(step).waitFor();
    await workbench.accept();
  }
  await workbench.quickInputTitle().getByText('Review').waitFor();
}

/** `[region, is a dry run, name]` of the CreateImage requests. */
function sent(): readonly unknown[] {
  return editor.server.requests
    .filter(({ action }) => action === 'CreateImage')
    .map(({ region, params }) => [region, params['DryRun'] === 'true', params['Name']]);
}

describe('a list that grows', () => {
  it('keeps what is ticked and the line that is active', async () => {
    const { workbench } = editor;
    const focused = workbench.page.locator('.quick-input-widget:visible .monaco-list-row.focused');
    const seen = workbench.row('Instances', 'data-node-1');
    await workbench.reveal('Instances', seen);
    editor.server.faults.add({ kind: 'hold', action: 'DescribeInstances', region: dead });
    await workbench.command('Create Image…');
    await workbench.quickInputTitle().getByText('Instances').waitFor();
    await rows('nvme-scratch').getByRole('checkbox').click();
    await workbench.page.keyboard.press('ArrowUp');
    const active = await focused.innerText();
    const busy = workbench.page.locator('.quick-input-widget .monaco-progress-container.active');
    await busy.waitFor({ state: 'attached' });
    // The extension is told everything in its order: once it has made a card, it knows which line is active.
    await workbench.tooltipOf(seen, workbench.page.locator('.workbench-hover', { hasText: 'Instance ID' }));
    editor.server.faults.clear();
    await busy.waitFor({ state: 'detached' });
    await expect.poll(() => focused.innerText()).toBe(active);
    await workbench.page.locator('.quick-input-widget:visible').getByText('1 Selected').waitFor();
    await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await workbench.quickInputTitle().getByText('Create Image: Name').waitFor();
    await expect.poll(() => workbench.quickInput().inputValue()).toMatch(/^nvme-scratch-/);
  });
});

describe('while one region does not answer', () => {
  it('the instances of the others are gone on with', async () => {
    const { workbench } = editor;
    await createImages({ fault: { kind: 'hang', action: 'DescribeInstances', region: dead } });
    await workbench.notification(`The instances in ${dead} are skipped`).waitFor();
    await expectShown(workbench.quickInputTitle().getByText('Create Image: Name'));
  });

  it('the others are tried out', async () => {
    const { workbench } = editor;
    await createImages();
    await toReview('hanging-{name}');
    editor.server.faults.add({ kind: 'hang', action: 'CreateImage', region: dead });
    await workbench.accept();
    await expect.poll(sent).toEqual([
      [dead, true, 'hanging-web-2'],
      [fine, true, 'hanging-nvme-scratch'],
    ]);
    await workbench.page.keyboard.press('Escape');
  });

  it('the others are made, and nothing in that one', async () => {
    const { workbench } = editor;
    // The test before has left the review.
    await createImages({ wasLeft: true });
    await toReview('apart-{name}');
    editor.server.faults.add({ kind: 'access-denied', action: 'CreateImage', region: dead });
    await workbench.accept();
    await rows('Create 1 of 2 Images').waitFor();
    await workbench.screenshot('create-image-regions');
    await rows('Create 1 of 2 Images').click();
    await workbench.notification(/apart-nvme-scratch .* is available/).waitFor();
    expect(sent()).toEqual([
      [dead, true, 'apart-web-2'],
      [fine, true, 'apart-nvme-scratch'],
      [fine, false, 'apart-nvme-scratch'],
    ]);
  });

  it('a name that is taken in another is told at once, and one that may be is not waited for', async () => {
    const { workbench } = editor;
    await createImages();
    await workbench.quickInputTitle().getByText('Create 2 Images: Name').waitFor();
    editor.server.faults.add({ kind: 'hang', action: 'DescribeImages', region: dead });
    // The image of the test before.
    await workbench.answer('apart-{name}');
    await workbench
      .quickInputMessage()
      .getByText('The name “apart-nvme-scratch” is already used by')
      .waitFor({ timeout: 8_000 });
    await workbench.answer('free-{name}');
    await expectShown(workbench.quickInputTitle().getByText('Description'), { timeout: 20_000 });
  });
});

describe('several images of which one fails', () => {
  it('end in one notification, with the reason and the ID of the other one', async () => {
    const { workbench } = editor;
    // The test before has left the second step.
    await createImages({ wasLeft: true });
    await toReview('half-{name}');
    await workbench.accept();
    const told =
      /1 of 2 images are available\. half-web-2 \(ami-[0-9a-f]{17}\) failed: Client error on snapshot creation/;
    await workbench.notification(told).waitFor();
    const id = await workbench.clipboardAfter(() => workbench.pressNotificationButton(told, 'Copy ID'));
    expect(id).toMatch(/^ami-[0-9a-f]{17}$/);
    // It would stay longer by itself.
    await expectGone(workbench.notification('half-'), { timeout: 8_000 });
    await workbench.findImage(id);
    await expectShown(workbench.quickPickRow('half-nvme-scratch'));
    await workbench.dismissQuickInput();
  });
});
