import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { beginImage } from './beginImage.ts';
import { countEffort } from './countEffort.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
/** While it is set, the account's clock stands: what is pending stays so. */
let stoppedAt: number | undefined;
/** ms; shorter than a notification stays by itself. */
const stays = 8_000;

beforeAll(async () => {
  editor = await openEditor({ sample: { now: () => new Date(stoppedAt ?? Date.now()) } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(async () => {
  pictureOnFailure(() => editor);
  stoppedAt = undefined;
  editor.server.faults.clear();
  editor.server.requests.length = 0;
  // What a test has left open, be it the card of a row under the pointer, is not in the way of the next one.
  await editor.workbench.page.mouse.move(700, 500);
  await editor.workbench.page.keyboard.press('Escape');
  await editor.workbench.expand('Instances', 'us-east-1');
});
afterAll(() => editor?.close());

async function createImageOf(instance: string): Promise<void> {
  const { workbench } = editor;
  const row = workbench.row('Instances', instance);
  await workbench.reveal('Instances', row);
  await workbench.contextMenu(row, 'Create Image…');
}

/** Waits for a step by its title. */
async function step(title: string): Promise<void> {
  await editor.workbench.quickInputTitle().getByText(title).waitFor();
}

/** Accepts what a step offers, or a text in its place. */
async function answer(title: string, text?: string): Promise<void> {
  await step(title);
  const { workbench } = editor;
  if (text === undefined) {
    await workbench.accept();
  } else {
    await workbench.answer(text);
  }
}

/** Accepts what is ticked. */
async function pressOk(): Promise<void> {
  await editor.workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** Goes through all steps with a name and what else they offer, up to the review. */
async function toReview(name: string): Promise<void> {
  await answer('Name', name);
  await answer('Description');
  await answer('Reboot');
  await answer('Volumes');
  await answer('Tags');
  await step('Review');
}

/** Presses a button of the quick input's title, by its whole name, which may have its keys, or by a part of it. */
async function pressTitleButton(name: string | RegExp): Promise<void> {
  const whole = typeof name === 'string' ? new RegExp(`^${name}(?: \\(.*\\))?$`) : name;
  await editor.workbench.page.locator('.quick-input-titlebar').getByRole('button', { name: whole }).click();
}

async function selectWebServers(): Promise<void> {
  const { workbench } = editor;
  const first = workbench.row('Instances', 'web-1');
  const second = workbench.row('Instances', 'web-2');
  await workbench.reveal('Instances', second);
  await workbench.selectRows([first, second]);
}

/** Leaves a wizard with nothing to go on with. */
async function leaveForGood(instance: string): Promise<void> {
  const { workbench } = editor;
  await workbench.dismissQuickInput();
  await createImageOf(instance);
  await workbench.quickPickRow('Start Over').click();
  await step('Name');
  await workbench.dismissQuickInput();
}

/** The CreateImage requests that have reached EC2: `[DryRun, Name]`. */
function sent(): readonly (readonly [boolean, string | undefined])[] {
  return editor.server.requests
    .filter(({ action }) => action === 'CreateImage')
    .map(({ params }) => [params['DryRun'] === 'true', params['Name']]);
}

function lastRequest(): Readonly<Record<string, string>> {
  return editor.server.requests.findLast(({ action }) => action === 'CreateImage')?.params ?? {};
}

/** The review's lines as they are read: the fact, a space, what it is. */
async function reviewText(): Promise<string> {
  const rows = await editor.workbench.page.locator('.quick-input-widget:visible .monaco-list-row').all();
  const lines = await Promise.all(
    rows.map(async (row) => (await row.locator('.label-name, .label-description').allInnerTexts()).join(' ')),
  );
  return lines.join('\n').replace(/[ \u00a0\u2003]+/g, ' ');
}

/** EC2 answers so many CreateImage requests, dry runs among them, and refuses the next one. */
function refuseCreation(answered: number, code: string, message: string): void {
  editor.server.faults.add({ kind: 'error', action: 'CreateImage', code, message, skip: answered, count: 1 });
}

describe('Create Image…', () => {
  it('goes from the instance to an id in the clipboard', async () => {
    const { workbench } = editor;
    await createImageOf('payments-api');
    await step('Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toMatch(/^payments-api-\d{8}-\d{4}$/);
    await answer('Name', 'release-candidate');
    await answer('Description', 'Before the upgrade');
    await step('Reboot');
    await expect.poll(() => workbench.quickPickRow('Do not reboot').getAttribute('class')).toContain('focused');
    await answer('Reboot');
    await step('Volumes');
    await workbench.quickPickRow('/dev/sdg').getByRole('checkbox').click();
    const toggled = workbench.quickPickRow('/dev/sdf');
    await workbench.quickPickButton(toggled, 'Keep on Termination');
    await toggled.getByText('Included, kept on termination').waitFor();
    await pressOk();
    await answer('Tags', 'Stage=blue');
    await step('Review');
    await expect.poll(reviewText).toMatch(/payments-api i-[0-9a-f]+ · running · us-east-1/);
    const review = await reviewText();
    expect(review).toContain('New image release-candidate');
    expect(review).toContain('The instance is not rebooted');
    expect(review).toContain('/dev/sda1 Included, deleted on termination');
    expect(review).toContain('/dev/sdf Included, kept on termination · 100 GiB gp3');
    expect(review).toContain('/dev/sdg Not included');
    expect(review).toContain('Description Before the upgrade');
    expect(review).toContain('Tags of the image and its snapshots Stage=blue');
    expect(sent()).toEqual([]);
    await workbench.accept();
    await workbench.row('Images', 'release-candidate').waitFor();
    expect(sent()).toEqual([
      [true, 'release-candidate'],
      [false, 'release-candidate'],
    ]);
    expect(lastRequest()).toMatchObject({
      NoReboot: 'true',
      Description: 'Before the upgrade',
      'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'false',
      'BlockDeviceMapping.2.NoDevice': '',
      'TagSpecification.1.Tag.1.Value': 'blue',
      'TagSpecification.2.ResourceType': 'snapshot',
    });
    expect(editor.server.account.reboots).toEqual([]);
    await workbench.notification(/release-candidate .* is available in us-east-1/).waitFor();
    const id = await workbench.clipboardAfter(() => workbench.pressNotificationButton('release-candidate', 'Copy ID'));
    await expectGone(workbench.notification('release-candidate'), { timeout: stays });
    expect(id).toMatch(/^ami-[0-9a-f]{17}$/);
    await workbench.findImage(id);
    await workbench.quickPickRow('release-candidate').waitFor();
  });

  it('reboots only the instance of whom that was chosen', async () => {
    const { workbench } = editor;
    await createImageOf('edge-cache');
    await answer('Name', 'edge-rebooted');
    await answer('Description');
    await step('Reboot');
    await workbench.quickPickRow(/^\s*Reboot/).click();
    await answer('Volumes');
    await answer('Tags');
    await step('Review');
    await expect.poll(reviewText).toContain('The instance is rebooted');
    await workbench.accept();
    await expect.poll(() => editor.server.account.reboots.length).toBe(1);
    expect(lastRequest()).toMatchObject({ NoReboot: 'false', Name: 'edge-rebooted' });
    await workbench.notification(/edge-rebooted .* is available/).waitFor();
  });

  it('says what is wrong with a name while it is typed, and does nothing when left', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await step('Name');
    await workbench.quickInput().fill('no?');
    await workbench.quickInputMessage().getByText('Not allowed: ?').waitFor();
    await workbench.quickInput().fill('payments-api-4.12.0');
    await workbench.quickInputMessage().getByText('is already used by ami-').waitFor();
    await workbench.accept();
    await step('Name');
    await workbench.quickInput().fill('free-name');
    await answer('Name');
    await answer('Description', 'kept');
    await step('Reboot');
    await pressTitleButton('Back');
    await step('Description');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('kept');
    await pressTitleButton('Back');
    await step('Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('free-name');
    await leaveForGood('web-1');
    expect(sent()).toEqual([]);
  });

  it('goes on where it was left, with what was typed, or starts over', async () => {
    const { workbench } = editor;
    await createImageOf('web-2');
    await answer('Name', 'left-in-between');
    await step('Description');
    await workbench.quickInput().fill('half a sent');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.statusbar-item', { hasText: 'Run it again to continue' }).waitFor();
    editor.server.requests.length = 0;
    await createImageOf('web-2');
    await expectShown(workbench.quickPickRow('Continue Where You Left Off').getByText('left-in-between'));
    await workbench.accept();
    await step('Create Image: Description');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('half a sent');
    // As it is now, not as it was.
    expect(editor.server.requests.map(({ action }) => action)).toContain('DescribeInstances');
    await pressTitleButton('Back');
    await step('Create Image: Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('left-in-between');
    // What is invalid when the user leaves stays as well.
    await workbench.quickInput().fill('no?');
    await workbench.dismissQuickInput();
    // From the palette, too, where nothing is selected.
    await workbench.reveal('Instances', workbench.row('Instances', 'us-east-1'));
    await workbench.clickRow(workbench.row('Instances', 'us-east-1'));
    await workbench.expand('Instances', 'us-east-1');
    await workbench.command('Create Image…');
    await workbench.quickPickRow('Continue Where You Left Off').click();
    await step('Create Image: Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('no?');
    await workbench.dismissQuickInput();
    await createImageOf('web-2');
    await workbench.quickPickRow('Start Over').click();
    await step('Create Image: Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toMatch(/^web-2-\d{8}-\d{4}$/);
    await workbench.dismissQuickInput();
    // Nothing was entered, and so there is nothing to go on with.
    await createImageOf('web-2');
    await step('Create Image: Name');
    expect(sent()).toEqual([]);
  });

  it('leads to the review from the first step on, unless a name is invalid', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await step('Name');
    await workbench.quickInput().fill('no?');
    await pressTitleButton(/^Review Now is not available: The name can only contain letters/);
    await step('Name');
    await workbench.quickInput().fill('payments-api-4.12.0');
    await pressTitleButton('Review Now');
    await workbench.quickInputMessage().getByText('is already used by ami-').waitFor();
    await workbench.quickInput().fill('at-once');
    await pressTitleButton('Review Now');
    await step('Review');
    await expect.poll(reviewText).toContain('New image at-once');
    const review = await reviewText();
    expect(review).toContain('The instance is not rebooted');
    expect(review).toContain('Description none');
    // What a line of the review leads to goes back to the review, and cannot smuggle an invalid answer past its step.
    await workbench.quickPickRow('Tags of the image and its snapshots').click();
    await step('Tags');
    await workbench.quickInput().fill('no value');
    await pressTitleButton('Back');
    await answer('Volumes');
    await step('Tags');
    await workbench.quickInputMessage().getByText('“no value” has no value').waitFor();
    await answer('Tags', 'Stage=green');
    await step('Review');
    await workbench.accept();
    await workbench.notification(/at-once .* is available/).waitFor();
    expect(lastRequest()).toMatchObject({ NoReboot: 'true', 'TagSpecification.1.Tag.1.Value': 'green' });
  });

  it('tags image and snapshots separately where that is wanted', async () => {
    const { workbench } = editor;
    const separately = () =>
      workbench.page.locator('.quick-input-widget:visible').getByLabel('Tag Image and Snapshots Separately');
    await createImageOf('web-1');
    await answer('Name', 'tagged-apart');
    await answer('Description');
    await answer('Reboot');
    await answer('Volumes');
    await step('Tags (5/6)');
    await workbench.quickInput().fill('Stage=red');
    await separately().click();
    await workbench.quickInputMessage().getByText('Tags of the image: Stage=red').waitFor();
    await answer('Tags');
    await step('Tags of the Snapshots (6/7)');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('Stage=red');
    await answer('Tags of the Snapshots', 'Backup=daily');
    await step('Review');
    await expect.poll(reviewText).toContain('Tags of the image Stage=red');
    await expect.poll(reviewText).toContain('Tags of the snapshots Backup=daily');
    // And together again.
    await workbench.quickPickRow('Tags of the image').click();
    await step('Tags');
    await separately().click();
    await answer('Tags');
    await step('Review');
    await expect.poll(reviewText).toContain('Tags of the image and its snapshots Stage=red');
    await leaveForGood('web-1');
  });

  it('never leaves the root volume out, and says why', async () => {
    const { workbench } = editor;
    await createImageOf('edge-cache');
    await answer('Name', 'with-its-root');
    await answer('Description');
    await answer('Reboot');
    await step('Volumes');
    const root = workbench.quickPickRow('root');
    await expectShown(root.getByText('The root volume is always included.'));
    await root.getByRole('checkbox').click();
    await workbench.page
      .locator('.quick-input-widget:visible .quick-input-message', { hasText: 'The root volume is always included.' })
      .waitFor();
    await expect.poll(() => root.getByRole('checkbox').isChecked()).toBe(true);
    await leaveForGood('edge-cache');
  });

  it('says which permission the dry run lacks, and goes on from there', async () => {
    const { workbench } = editor;
    editor.server.faults.add({ kind: 'access-denied', action: 'CreateImage', count: 1 });
    await createImageOf('golden-image-builder');
    await answer('Name', 'after-permission');
    await answer('Description');
    // The instance is stopped: there is nothing to choose about a reboot.
    await answer('Volumes');
    await answer('Tags', 'Kept="a; b"');
    await step('Review');
    await expect.poll(reviewText).toContain('No reboot');
    await workbench.accept();
    await workbench.quickPickRow('The permission ec2:CreateImage').waitFor();
    await expect.poll(reviewText).toContain('Kept="a; b"');
    expect(sent()).toEqual([[true, 'after-permission']]);
    await workbench.accept();
    await workbench.notification(/after-permission .* is available/).waitFor();
  });

  it('returns to the name when somebody else was quicker', async () => {
    const { workbench } = editor;
    refuseCreation(1, 'InvalidAMIName.Duplicate', 'AMI name too-late is already in use by AMI ami-0123456789abcdef0');
    await createImageOf('web-1');
    await toReview('too-late');
    await workbench.accept();
    await step('Name');
    await workbench.quickInputMessage().getByText('is already used by another image').waitFor();
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('too-late');
    await answer('Name', 'too-late-2');
    await step('Review');
    await workbench.accept();
    await workbench.notification(/too-late-2 .* is available/).waitFor();
  });

  it('makes images of several instances by a pattern, and tells which one failed', async () => {
    const { workbench } = editor;
    await selectWebServers();
    await createImageOf('web-1');
    await step('Create 2 Images: Name');
    await workbench.quickInput().fill('{name}');
    await workbench.quickInputMessage().getByText('2 different names: web-1, web-2').waitFor();
    await workbench.quickInput().fill('same');
    await workbench.quickInputMessage().getByText('Several images would be named').waitFor();
    // Two dry runs and the first request are answered, the second request is not.
    refuseCreation(3, 'ResourceLimitExceeded', 'You have reached your quota of images.');
    await toReview('pair-{name}');
    await workbench.accept();
    const failure = workbench.notification('1 of 2 images are being created');
    await failure.getByText('You have reached your quota of images.').waitFor();
    await workbench.notification(/pair-web-1 .* is available/).waitFor();
    await workbench.pressNotificationButton('1 of 2 images are being created', 'Try Again…');
    await step('Create Image: Review');
    await expect.poll(reviewText).toContain('New image pair-web-2');
    await workbench.accept();
    await workbench.notification(/pair-web-2 .* is available/).waitFor();
  });

  it('tells of several images in one notification, once all are made, with their IDs', async () => {
    const { workbench } = editor;
    await selectWebServers();
    await createImageOf('web-1');
    await toReview('twins-{name}');
    stoppedAt = Date.now();
    await workbench.accept();
    await workbench.page.locator('.statusbar-item', { hasText: 'Creating 2 images' }).waitFor();
    await workbench.page.locator('.activitybar .badge', { hasText: '2' }).waitFor();
    stoppedAt = undefined;
    const both = workbench.notification(/2 images are available in us-east-1: twins-web-1, twins-web-2/);
    await both.waitFor();
    const ids = await workbench.clipboardAfter(() => workbench.pressNotificationButton('twins-web-1', 'Copy IDs'));
    expect(ids).toMatch(/^ami-[0-9a-f]{17}\nami-[0-9a-f]{17}$/);
    await expectGone(workbench.notification('twins-'), { timeout: stays });
    await expect.poll(() => workbench.page.locator('.activitybar .badge:visible').count()).toBe(0);
  });

  it('inserts the IDs of several images into the file that is open', async () => {
    const { workbench } = editor;
    await workbench.openFile('notes.txt');
    await workbench.page.keyboard.press('Control+Home');
    await selectWebServers();
    await createImageOf('web-1');
    await toReview('inserted-{name}');
    await workbench.accept();
    await workbench.notification('inserted-web-1, inserted-web-2').waitFor();
    await workbench.pressNotificationButton('inserted-web-1', 'Insert IDs');
    const ids = async () => (await workbench.editorText()).match(/ami-[0-9a-f]{17}/g) ?? [];
    await expect.poll(async () => new Set((await ids()).slice(0, 2)).size).toBe(2);
  });

  it('says why none of several images was made in one notification', async () => {
    const { workbench } = editor;
    await selectWebServers();
    await createImageOf('web-1');
    await toReview('{name}-this-image-fails');
    await workbench.accept();
    await expectShown(
      workbench.notification(/None of the 2 images is available\. .*Client error on snapshot creation/),
    );
  });

  it('says what keeps another attempt from beginning', async () => {
    const { workbench } = editor;
    refuseCreation(1, 'ResourceLimitExceeded', 'There is no room for one more image.');
    // Alone: the test before has left it selected with another one.
    await workbench.reveal('Instances', workbench.row('Instances', 'web-1'));
    await workbench.clickRow(workbench.row('Instances', 'web-1'));
    await createImageOf('web-1');
    await toReview('no-second-attempt');
    await workbench.accept();
    await workbench.notification('no room for one more image').waitFor();
    editor.server.faults.add({ kind: 'access-denied', action: 'DescribeInstances' });
    await workbench.pressNotificationButton('no room for one more image', 'Try Again…');
    await workbench.notification('DescribeInstances in us-east-1: access denied').waitFor();
    // What has failed is not lost, though its notification is closed.
    editor.server.faults.clear();
    await createImageOf('web-1');
    await workbench.quickPickRow('Continue Where You Left Off').click();
    await step('Review');
    await expect.poll(reviewText).toContain('New image no-second-attempt');
    await leaveForGood('web-1');
  });

  it.each([
    ['legacy-batch', 'instance store-backed'],
    ['load-test-42', 'The instance is terminated'],
    ['just-launched', 'The instance is pending'],
  ])('explains at once why there can be no image of %s', async (instance, reason) => {
    const { workbench } = editor;
    const row = workbench.row('Instances', instance);
    await workbench.reveal('Instances', row);
    expect(await workbench.contextMenuEntries(row)).not.toContain('Create Image…');
    // A click shows its details, which say why; the palette takes the selected instance.
    await workbench.clickRow(row);
    await workbench.webview().locator('.notice', { hasText: reason }).waitFor();
    await workbench.command('Create Image…');
    await workbench.notification(instance).getByText(reason).waitFor();
    await expectGone(workbench.quickInput());
  });

  it('from the palette asks for the instances', async () => {
    const { workbench } = editor;
    // With nothing selected: a region is no instance.
    await workbench.reveal('Instances', workbench.row('Instances', 'us-east-1'));
    await workbench.clickRow(workbench.row('Instances', 'us-east-1'));
    await workbench.command('Create Image…');
    await step('Instances');
    await workbench.quickPickRow('nvme-scratch').getByRole('checkbox').click();
    await pressOk();
    await step('Create Image: Name');
    await expect.poll(() => workbench.quickInput().inputValue()).toMatch(/^nvme-scratch-/);
  });
});

describe('an image whose answer is lost', () => {
  it('is made once, and watched like any other', async () => {
    const { workbench } = editor;
    editor.server.faults.add({ kind: 'access-denied', action: 'DescribeVolumes' });
    editor.server.faults.add({ kind: 'drop-answer', action: 'CreateImage', skip: 1, count: 1 });
    await createImageOf('web-1');
    await toReview('lost-answer');
    await workbench.accept();
    await workbench.notification(/lost-answer .* is available/).waitFor();
    expect(sent()).toEqual([
      [true, 'lost-answer'],
      [false, 'lost-answer'],
    ]);
  });
});

describe('an image being made', () => {
  it('that fails is told with EC2\u2019s reason', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('this-image-fails');
    await workbench.accept();
    await workbench
      .notification(/this-image-fails .* in us-east-1 failed: Client error on snapshot creation/)
      .waitFor();
    await workbench.pressNotificationButton('this-image-fails', 'Show Details');
    await expectShown(workbench.webview().getByRole('heading', { name: 'this-image-fails' }).first());
  });

  it('is watched again after the editor was closed', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('over-a-restart');
    // The window that is closed does not see it become available.
    stoppedAt = Date.now();
    await workbench.accept();
    await workbench.row('Images', 'over-a-restart').waitFor();
    await editor.workbench.reloadWindow();
    stoppedAt = undefined;
    await expectShown(workbench.notification(/over-a-restart .* is available/));
  });

  it('is watched on while EC2 asks for fewer requests', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('through-throttling');
    stoppedAt = Date.now();
    await workbench.accept();
    await workbench.row('Images', 'through-throttling').waitFor();
    stoppedAt = undefined;
    editor.server.faults.add({ kind: 'throttled', action: 'DescribeImages', count: 3 });
    editor.server.faults.add({ kind: 'throttled', action: 'DescribeSnapshots' });
    await expectShown(workbench.notification(/through-throttling .* is available/));
  });

  it('shows its progress, and goes on when nobody watches any more', async () => {
    const slow = await openEditor({ sample: { pendingSeconds: 3_600 } });
    const quick = editor;
    editor = slow;
    try {
      const { workbench } = slow;
      await workbench.openAmiExplorer();
      await workbench.expand('Instances', 'us-east-1');
      await createImageOf('web-1');
      await toReview('takes-long');
      await workbench.accept();
      await workbench.view('Images').getByText('pending 0%').waitFor();
      const status = workbench.page.locator('.statusbar-item', { hasText: 'Creating image: 0%' });
      // Another one that somebody else has begun.
      await beginImage(slow.server, 'us-east-1', 'by-somebody-else');
      await status.click();
      const other = workbench.quickPickRow('by-somebody-else');
      await other.waitFor();
      await workbench.quickPickButton(other, 'Notify When Available');
      await workbench.page.locator('.statusbar-item', { hasText: 'Creating 2 images: 0%' }).waitFor();
      await workbench.quickPickButton(other, 'Stop Watching');
      const line = workbench.quickPickRow('takes-long');
      await workbench.quickPickButton(line, 'Stop Watching');
      await status.waitFor({ state: 'hidden' });
      await workbench.dismissQuickInput();
      // No request of ours ends what EC2 is doing.
      const actions = new Set(slow.server.requests.map(({ action }) => action));
      expect([...actions].filter((action) => !/^(Describe|GetCallerIdentity|CreateImage$)/.test(action))).toEqual([]);
    } finally {
      editor = quick;
      await slow.close();
    }
  });
});

describe('the list of images being made', () => {
  it('has none that has become available while it is open', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('while-listed');
    stoppedAt = Date.now();
    await workbench.accept();
    await workbench.row('Images', 'while-listed').waitFor();
    await workbench.command('Show Pending Images');
    const line = workbench.quickPickRow('while-listed');
    await line.waitFor();
    stoppedAt = undefined;
    await workbench.notification(/while-listed .* is available/).waitFor();
    await line.waitFor({ state: 'detached' });
    await expectShown(workbench.quickPickRow('ml-training-20261120-pending'));
    await workbench.dismissQuickInput();
  });

  it('says that there are none, and which region does not answer', async () => {
    const elsewhere = await openEditor({ settings: { 'amiExplorer.regions': ['eu-west-1'] } });
    try {
      const { workbench, server } = elsewhere;
      await workbench.openAmiExplorer();
      await workbench.command('Show Pending Images');
      await expectShown(workbench.quickPickRow('No image is being created in eu-west-1'));
      await workbench.dismissQuickInput();
      server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
      await workbench.command('Show Pending Images');
      await expectShown(workbench.quickPickRow('DescribeImages in eu-west-1: access denied'));
    } finally {
      await elsewhere.close();
    }
  });
});

describe('from the open window to the new image\u2019s id in a file', () => {
  it.each(['step by step', 'by Review Now'] as const)('%s takes at most five clicks and seven keys', async (way) => {
    const fresh = await openEditor();
    const other = editor;
    editor = fresh;
    try {
      const { workbench } = fresh;
      const { page } = workbench;
      await workbench.openFile('main.tf');
      const effort = await countEffort(page);
      await workbench.openAmiExplorer();
      const row = workbench.row('Instances', 'web-1');
      // The only region is open by itself.
      await workbench.reveal('Instances', row);
      await workbench.inlineButton(row, 'Create Image…');
      if (way === 'by Review Now') {
        await step('Name');
        await pressTitleButton('Review Now');
      } else {
        for (const title of ['Name', 'Description', 'Reboot', 'Volumes', 'Tags']) {
          await answer(title);
        }
      }
      await answer('Review');
      await workbench.notification(/web-1-.* is available/).waitFor();
      await workbench.pressNotificationButton('web-1', 'Insert ID');
      await expect.poll(() => workbench.editorText()).toMatch(/^"?ami-[0-9a-f]{17}/);
      const { clicks, keys } = await effort();
      expect(clicks).toBeLessThanOrEqual(5);
      expect(keys).toBeLessThanOrEqual(7);
      // What opens the view, the wizard and the end of it is counted.
      expect(clicks).toBeGreaterThanOrEqual(3);
      expect(keys).toBeGreaterThanOrEqual(1);
    } catch (error) {
      console.log(`A picture of the editor as the test failed: ${await fresh.workbench.screenshot(`fresh ${way}`)}`);
      throw error;
    } finally {
      editor = other;
      await fresh.close();
    }
  });
});
