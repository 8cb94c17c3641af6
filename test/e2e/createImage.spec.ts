import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(async () => {
  pictureOnFailure(() => editor);
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
  await row.click({ button: 'right' });
  const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Create Image…', exact: true });
  await item.hover();
  // A menu takes no click in its first tenth of a second, but keys it does.
  await workbench.page.keyboard.press('Enter');
  await item.waitFor({ state: 'hidden' });
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
    await workbench.page.keyboard.press('Enter');
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
  await answer('Tags of the Image');
  await answer('Tags of the Snapshots');
  await step('Review');
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
    expect(await workbench.quickInput().inputValue()).toMatch(/^payments-api-\d{8}-\d{4}$/);
    await answer('Name', 'release-candidate');
    await answer('Description', 'Before the upgrade');
    await step('Reboot');
    expect(await workbench.quickPickRow('Do not reboot').getAttribute('class')).toContain('focused');
    await answer('Reboot');
    await step('Volumes');
    await workbench.quickPickRow('/dev/sdg').getByRole('checkbox').click();
    const toggled = workbench.quickPickRow('/dev/sdf');
    await toggled.hover();
    await toggled.getByRole('button', { name: 'Keep on Termination' }).click();
    await toggled.getByText('it outlives the instance').waitFor();
    await pressOk();
    await answer('Tags of the Image', 'Stage=blue');
    await answer('Tags of the Snapshots');
    await step('Review');
    const review = await reviewText();
    expect(review).toMatch(/payments-api i-[0-9a-f]+ · running · us-east-1/);
    expect(review).toContain('New image release-candidate');
    expect(review).toContain('The instance is not rebooted');
    expect(review).toContain('/dev/sda1 included, deleted on termination');
    expect(review).toContain('/dev/sdf included, kept on termination · 100 GiB gp3');
    expect(review).toContain('/dev/sdg LEFT OUT');
    expect(review).toContain('Description Before the upgrade');
    expect(review).toContain('Tags of the snapshots Stage=blue');
    expect(sent()).toEqual([]);
    await workbench.page.keyboard.press('Enter');
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
    const id = await workbench.clipboardAfter(() =>
      workbench.pressNotificationButton('release-candidate', 'Copy AMI ID'),
    );
    expect(await workbench.notification('release-candidate').count()).toBe(0);
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
    await answer('Tags of the Image');
    await answer('Tags of the Snapshots');
    await step('Review');
    expect(await reviewText()).toContain('The instance is REBOOTED');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => editor.server.account.reboots.length).toBe(1);
    expect(lastRequest()).toMatchObject({ NoReboot: 'false', Name: 'edge-rebooted' });
    await workbench.notification(/edge-rebooted .* is available/).waitFor();
  });

  it('says what is wrong with a name while it is typed, and does nothing when left', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await step('Name');
    await workbench.quickInput().fill('no?');
    await workbench.quickInputMessage().getByText('but not: ?').waitFor();
    await workbench.quickInput().fill('payments-api-4.12.0');
    await workbench.quickInputMessage().getByText('is the name of ami-').waitFor();
    await workbench.page.keyboard.press('Enter');
    await step('Name');
    await workbench.quickInput().fill('free-name');
    await answer('Name');
    await answer('Description', 'kept');
    await step('Reboot');
    const back = workbench.page.locator('.quick-input-titlebar').getByRole('button', { name: 'Back' });
    await back.click();
    await step('Description');
    expect(await workbench.quickInput().inputValue()).toBe('kept');
    await back.click();
    await step('Name');
    expect(await workbench.quickInput().inputValue()).toBe('free-name');
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput().waitFor({ state: 'hidden' });
    expect(sent()).toEqual([]);
  });

  it('says which permission the dry run lacks, and goes on from there', async () => {
    const { workbench } = editor;
    editor.server.faults.add({ kind: 'access-denied', action: 'CreateImage', count: 1 });
    await createImageOf('golden-image-builder');
    await answer('Name', 'after-permission');
    await answer('Description');
    await step('Reboot');
    await workbench.quickPickRow('nothing is rebooted').waitFor();
    await answer('Reboot');
    await answer('Volumes');
    await answer('Tags of the Image', 'Kept="a; b"');
    await answer('Tags of the Snapshots');
    await step('Review');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPickRow('The permission ec2:CreateImage').waitFor();
    expect(await reviewText()).toContain('Kept="a; b"');
    expect(sent()).toEqual([[true, 'after-permission']]);
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/after-permission .* is available/).waitFor();
  });

  it('returns to the name when somebody else was quicker', async () => {
    const { workbench } = editor;
    refuseCreation(1, 'InvalidAMIName.Duplicate', 'AMI name too-late is already in use by AMI ami-0123456789abcdef0');
    await createImageOf('web-1');
    await toReview('too-late');
    await workbench.page.keyboard.press('Enter');
    await step('Name');
    await workbench.quickInputMessage().getByText('is the name of another image').waitFor();
    expect(await workbench.quickInput().inputValue()).toBe('too-late');
    await answer('Name', 'too-late-2');
    await step('Review');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/too-late-2 .* is available/).waitFor();
  });

  it('makes images of several instances by a pattern, and tells which one failed', async () => {
    const { workbench } = editor;
    const first = workbench.row('Instances', 'web-1');
    const second = workbench.row('Instances', 'web-2');
    await workbench.reveal('Instances', second);
    const selected = async () =>
      (await first.getAttribute('aria-selected')) === 'true' && (await second.getAttribute('aria-selected')) === 'true';
    // A row that is drawn anew at this very moment loses the click: both are then clicked again.
    for (let round = 0; round < 3 && !(await selected()); round += 1) {
      await first.click();
      await second.click({ modifiers: ['Control'] });
      await workbench.settled(selected, 2_000);
    }
    expect(await selected()).toBe(true);
    await createImageOf('web-1');
    await step('Create 2 Images: Name');
    await workbench.quickInput().fill('{name}');
    await workbench.quickInputMessage().getByText('2 different names: web-1, web-2').waitFor();
    await workbench.quickInput().fill('same');
    await workbench.quickInputMessage().getByText('Several images would be named').waitFor();
    // Two dry runs and the first request are answered, the second request is not.
    refuseCreation(3, 'ResourceLimitExceeded', 'You have reached your quota of images.');
    await toReview('pair-{name}');
    await workbench.page.keyboard.press('Enter');
    const failure = workbench.notification('1 of 2 images are being made');
    await failure.getByText('You have reached your quota of images.').waitFor();
    await workbench.notification(/pair-web-1 .* is available/).waitFor();
    await workbench.pressNotificationButton('1 of 2 images are being made', 'Try Again…');
    await step('Create Image: Review');
    expect(await reviewText()).toContain('New image pair-web-2');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/pair-web-2 .* is available/).waitFor();
  });

  it('says what keeps another attempt from beginning', async () => {
    const { workbench } = editor;
    refuseCreation(1, 'ResourceLimitExceeded', 'There is no room for one more image.');
    // Alone: the test before has left it selected with another one.
    await workbench.reveal('Instances', workbench.row('Instances', 'web-1'));
    await workbench.row('Instances', 'web-1').click();
    await createImageOf('web-1');
    await toReview('no-second-attempt');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('no room for one more image').waitFor();
    editor.server.faults.add({ kind: 'access-denied', action: 'DescribeInstances' });
    await workbench.pressNotificationButton('no room for one more image', 'Try Again…');
    await expectShown(workbench.notification('DescribeInstances in us-east-1: access denied'));
  });

  it.each([
    ['legacy-batch', 'instance store-backed'],
    ['load-test-42', 'it is terminated'],
    ['just-launched', 'it is pending'],
  ])('explains at once why there can be no image of %s', async (instance, reason) => {
    const { workbench } = editor;
    await createImageOf(instance);
    await workbench.notification(instance).getByText(reason).waitFor();
    expect(await workbench.quickInput().isVisible()).toBe(false);
  });

  it('from the palette asks for the instances', async () => {
    const { workbench } = editor;
    // With nothing selected: a region is no instance.
    await workbench.reveal('Instances', workbench.row('Instances', 'us-east-1'));
    await workbench.row('Instances', 'us-east-1').click();
    await workbench.command('Create Image…');
    await step('Instances');
    await workbench.quickPickRow('nvme-scratch').getByRole('checkbox').click();
    await pressOk();
    await step('Create Image: Name');
    expect(await workbench.quickInput().inputValue()).toMatch(/^nvme-scratch-/);
  });
});

describe('an image whose answer is lost', () => {
  it('is made once, and watched like any other', async () => {
    const { workbench } = editor;
    editor.server.faults.add({ kind: 'access-denied', action: 'DescribeVolumes' });
    editor.server.faults.add({ kind: 'drop-answer', action: 'CreateImage', skip: 1, count: 1 });
    await createImageOf('web-1');
    await toReview('lost-answer');
    await workbench.page.keyboard.press('Enter');
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
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/this-image-fails .* is failed: Client error on snapshot creation/).waitFor();
    await workbench.pressNotificationButton('this-image-fails', 'Show Details');
    await expectShown(workbench.webview().getByRole('heading', { name: 'this-image-fails' }).first());
  });

  it('is watched again after the editor was closed', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('over-a-restart');
    await workbench.page.keyboard.press('Enter');
    await workbench.row('Images', 'over-a-restart').waitFor();
    await editor.workbench.reloadWindow();
    await expectShown(workbench.notification(/over-a-restart .* is available/));
  });

  it('is watched on while EC2 asks for fewer requests', async () => {
    const { workbench } = editor;
    await createImageOf('web-1');
    await toReview('through-throttling');
    await workbench.page.keyboard.press('Enter');
    await workbench.row('Images', 'through-throttling').waitFor();
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
      await workbench.page.keyboard.press('Enter');
      await workbench.view('Images').getByText('pending 0 %').waitFor();
      const status = workbench.page.locator('.statusbar-item', { hasText: 'Image being made: 0 %' });
      await status.click();
      const line = workbench.quickPickRow('takes-long');
      await line.hover();
      await line.getByRole('button', { name: 'Stop Watching' }).click();
      await status.waitFor({ state: 'hidden' });
      // No request of ours ends what EC2 is doing.
      const actions = new Set(slow.server.requests.map(({ action }) => action));
      expect([...actions].filter((action) => !/^(Describe|GetCallerIdentity|CreateImage$)/.test(action))).toEqual([]);
    } finally {
      editor = quick;
      await slow.close();
    }
  });
});
