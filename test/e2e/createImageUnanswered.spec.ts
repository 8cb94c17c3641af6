import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CarelessEndpoint, type CarelessOptions, startCarelessEndpoint } from '../ec2/carelessEndpoint.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let endpoint: CarelessEndpoint;

beforeEach(() => pictureOnFailure(() => editor));
afterEach(async () => {
  await editor?.close();
  await endpoint?.close();
});

async function open(options: Omit<CarelessOptions, 'url'>): Promise<void> {
  endpoint = await startCarelessEndpoint({ url: () => editor.server.url, ...options });
  editor = await openEditor({ env: localEndpoint(endpoint.url) });
  await editor.workbench.openAmiExplorer();
  await editor.workbench.expand('Instances', 'us-east-1');
}

async function createImageOf(...instances: readonly string[]): Promise<void> {
  const { workbench } = editor;
  const rows = instances.map((instance) => workbench.row('Instances', instance));
  const last = rows.at(-1);
  if (last) {
    await workbench.reveal('Instances', last);
  }
  await workbench.selectRows(rows);
  if (last) {
    await workbench.contextMenu(last, 'Create Image…');
  }
}

/** Goes through all steps with a name and what else they offer, up to the review, which is accepted. */
async function createAs(name: string, workbench = editor.workbench): Promise<void> {
  await workbench.quickInputTitle().getByText('Name').waitFor();
  await workbench.answer(name);
  for (const step of ['Description', 'Reboot', 'Volumes', 'Tags', 'Review']) {
    await workbench.quickInputTitle().getByText(step).waitFor();
    await workbench.accept();
  }
}

/** That nothing more comes. */
async function madeInTheEnd(): Promise<readonly string[]> {
  await editor.workbench.page.waitForTimeout(2_000);
  return endpoint.made;
}

describe('at an endpoint that knows no dry run', () => {
  it('what the dry run has made is told, watched, and made once', async () => {
    await open({ ignoresDryRun: true });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('by-the-dry-run');
    await workbench.notification('does not support dry runs').getByText('“by-the-dry-run” (ami-').waitFor();
    await workbench.notification(/by-the-dry-run .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['by-the-dry-run']);
  });

  it('the others are made without one, each once, though an answer is lost', async () => {
    await open({ ignoresDryRun: true, answers: ['dropped'], showsAfter: 3_000 });
    const { workbench } = editor;
    await createImageOf('web-1', 'web-2');
    await createAs('careless-{name}');
    await workbench.notification('does not support dry runs').getByText('careless-web-1').waitFor();
    await workbench.notification(/careless-web-1 .* is available/).waitFor();
    await workbench.notification(/careless-web-2 .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['careless-web-1', 'careless-web-2']);
  });

  it('what it makes after Escape is told and watched all the same', async () => {
    await open({ ignoresDryRun: true, answers: ['dropped'], showsAfter: 5_000 });
    const { workbench } = editor;
    await createImageOf('web-1', 'web-2');
    await createAs('left-{name}');
    await expect.poll(() => endpoint.asked()).toBe(1);
    await workbench.page.keyboard.press('Escape');
    await workbench.notification('does not support dry runs').getByText('left-web-1').waitFor();
    await workbench.notification(/left-web-1 .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['left-web-1']);
  });
});

describe('a dry run that is not answered, at an endpoint that knows none', () => {
  it('has made an image that shows later, and the next one makes no other', async () => {
    await open({ ignoresDryRun: true, answers: ['dropped'], showsAfter: 45_000 });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('shows-late');
    await workbench.quickPickRow('The dry run was not answered').waitFor({ timeout: 90_000 });
    await workbench
      .notification('does not support dry runs')
      .getByText('“shows-late” (ami-')
      .waitFor({ timeout: 90_000 });
    await workbench.accept();
    await workbench.quickInput().waitFor({ state: 'hidden' });
    expect(await madeInTheEnd()).toEqual(['shows-late']);
  });
});

describe('a dry run that is not answered', () => {
  it('is told of, and nobody is shown an image being looked for that was never made', async () => {
    await open({ answers: ['dropped'] });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('only-asked');
    await workbench.quickPickRow('The dry run was not answered').waitFor({ timeout: 90_000 });
    await workbench.page.waitForTimeout(1_000);
    expect(await workbench.page.locator('.statusbar-item', { hasText: 'Looking for an image' }).count()).toBe(0);
    await workbench.dismissQuickInput();
    expect(await madeInTheEnd()).toEqual([]);
  });
});

describe('an image whose answer is lost, where names are not unique', () => {
  it('and that shows late is made once and watched', async () => {
    await open({ answers: [undefined, 'server-error'], showsAfter: 8_000 });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('late');
    await workbench.notification(/late .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['late']);
  });

  it('and that does not show for long is unknown, is looked for, and told when it shows', async () => {
    await open({ answers: [undefined, 'dropped'], showsAfter: 45_000 });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('very-late');
    const unknown = workbench.notification('EC2 did not confirm whether it created “very-late”');
    await unknown.waitFor({ timeout: 60_000 });
    await workbench.page.locator('.statusbar-item', { hasText: 'Looking for an image' }).waitFor();
    await workbench.screenshot('unanswered-unknown');
    await unknown.getByRole('button', { name: 'Look Again' }).click();
    await workbench.notification(/has not appeared yet|is being created in us-east-1/).waitFor();
    await workbench.notification('“very-late” (ami-').waitFor({ timeout: 60_000 });
    await workbench.notification(/very-late .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['very-late']);
  });

  it('because the window was closed is found by the next one', async () => {
    await open({ answers: [undefined, 'silence'] });
    const { workbench } = editor;
    await createImageOf('web-1');
    await createAs('over-a-reload');
    await expect.poll(() => endpoint.asked()).toBe(2);
    await workbench.page.waitForTimeout(1_000);
    await workbench.reloadWindow();
    await workbench.notification('“over-a-reload” (ami-').waitFor({ timeout: 90_000 });
    await workbench.notification(/over-a-reload .* is available/).waitFor();
    expect(await madeInTheEnd()).toEqual(['over-a-reload']);
  });

  it('yet is not asked for again by another window meanwhile', async () => {
    await open({ answers: [undefined, 'silence'], showsAfter: 600_000 });
    await createImageOf('web-1');
    await createAs('in-two-windows');
    await expect.poll(() => endpoint.asked()).toBe(2);
    const other = await editor.newWindow();
    await other.openAmiExplorer();
    await other.expand('Instances', 'us-east-1');
    const row = other.row('Instances', 'web-1');
    await other.reveal('Instances', row);
    await other.contextMenu(row, 'Create Image…');
    await createAs('in-two-windows', other);
    await other.quickPickRow('The image “in-two-windows” was already requested').waitFor();
    await other.dismissQuickInput();
    expect(endpoint.asked()).toBe(2);
  });
});
