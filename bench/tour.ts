import type { Locator } from 'playwright-core';
import type { SampleServer } from '../src/sample/httpServer.ts';
import type { Editor } from '../test/e2e/editor.ts';
import { setup } from '../test/e2e/globalSetup.ts';
import type { Workbench } from '../test/e2e/workbench.ts';
import type { Table } from './table.ts';
import type { HostCost } from './tour/probe.ts';
import { openProbedEditor } from './tour/probedEditor.ts';
import { callsByAction, callsByStep, hostCosts, type Step } from './tour/tables.ts';

/** In the order of the tour: later steps use the last region. */
const regions = ['eu-west-1', 'ap-southeast-2', 'us-east-1'] as const;

/** In ms: a step is over when no request has arrived for this long. */
const quietTime = 1_500;

/** In ms: enough for a window and for extensions that wait for its start. */
const startDelay = 8_000;

const imageRow = /^web-server-golden-2026/;

/**
 * Counts the calls of a fixed tour through the extension at its endpoint, and measures the extension host on the way.
 */
export async function tour(): Promise<readonly Table[]> {
  await setup();
  const settings = { 'amiExplorer.regions': ['us-east-1', 'eu-west-1', 'ap-southeast-2'] };
  const bare = await costOfBareHost();
  const { editor, hostCost, close } = await openProbedEditor({ settings });
  try {
    const { workbench, server } = editor;
    const steps: Step[] = [];
    const costs: (readonly [string, HostCost])[] = [['an editor without AMI Explorer', bare]];
    const measure = async (name: string) => costs.push([name, await hostCost()]);
    const step = async (name: string, run: () => Promise<void>) => {
      server.requests.length = 0;
      await run();
      steps.push({ name, calls: await callsOf(server) });
    };
    await step('the window starts, nothing is opened', () => startedUp(workbench));
    await measure('the view not opened yet');
    await step('open the view', async () => {
      await workbench.openAmiExplorer();
      await workbench.row('Images', 'Owned by me').waitFor();
    });
    for (const region of regions) {
      await step(`expand Owned in ${region}`, () => expandOwned(workbench, region));
      await step(`expand Latest in ${region}`, () => expandLatest(workbench));
    }
    await step('open ten images', () => openTen(workbench));
    await measure('three regions browsed, ten images opened');
    await step('open the first of them again', () => openImage(workbench, 0));
    await step('copy the ids of three', () => copyIds(workbench, 3));
    await step('copy two as Terraform and as CloudFormation', async () => {
      await copyAs(workbench, 0, 'Terraform');
      await copyAs(workbench, 1, 'CloudFormation');
    });
    await step('pin an image', () => pin(workbench, 'Pin Image', 3));
    await step('pin another image', () => pin(workbench, 'Pin Image', 4));
    await step('pin a family', () => pin(workbench, 'Pin Family', 0));
    // An open web view may take the focus late, which would close what opens next.
    await workbench.paletteCommand('View', 'Close All Editors');
    await step('find by words', () => find(editor, 'ubuntu noble arm64', /noble/));
    const id = await copiedId(workbench, 0);
    await step('find by the id of an image that is listed', () => find(editor, id, /web-server-golden/));
    await step('refresh Owned in us-east-1', () =>
      workbench.inlineButton(workbench.row('Images', 'Owned by me'), 'Refresh'),
    );
    await measure('the whole tour');
    return [callsByStep(steps), callsByAction(steps, regions), hostCosts(costs)];
  } finally {
    await close();
  }
}

async function costOfBareHost(): Promise<HostCost> {
  const { editor, hostCost, close } = await openProbedEditor({ alone: true });
  try {
    await startedUp(editor.workbench);
    return await hostCost();
  } finally {
    await close();
  }
}

/** Waits until extensions that activate after the editor's start are active. */
async function startedUp(workbench: Workbench): Promise<void> {
  await workbench.page.locator('.activitybar').waitFor();
  await delay(startDelay);
}

async function expandOwned(workbench: Workbench, region: string): Promise<void> {
  for (const other of regions.filter((name) => name !== region)) {
    await collapse(workbench, other);
  }
  await workbench.expand('Images', region, 'Owned by me');
  await workbench.row('Images', 'web-server-golden').waitFor();
}

async function expandLatest(workbench: Workbench): Promise<void> {
  await workbench.expand('Images', 'Latest', 'Amazon Linux');
  await workbench.row('Images', 'Amazon Linux 2023').waitFor();
}

async function collapse(workbench: Workbench, label: string): Promise<void> {
  const row = workbench.row('Images', label);
  await workbench.reveal('Images', row);
  while ((await row.getAttribute('aria-expanded')) === 'true') {
    await row.click();
    await workbench.settled(async () => (await row.getAttribute('aria-expanded')) !== 'true', 3_000);
  }
}

async function openTen(workbench: Workbench): Promise<void> {
  await collapse(workbench, 'Latest');
  await workbench.expand('Images', 'Owned by me', 'web-server-golden');
  for (let index = 0; index < 10; index += 1) {
    await openImage(workbench, index);
  }
}

function image(workbench: Workbench, index: number): Locator {
  return workbench
    .view('Images')
    .locator('.monaco-list-row', { has: workbench.page.locator('.label-name', { hasText: imageRow }) })
    .nth(index);
}

async function openImage(workbench: Workbench, index: number): Promise<void> {
  const row = image(workbench, index);
  const name = await row.locator('.label-name').innerText();
  await row.click();
  const view = workbench.webview();
  await view.getByRole('heading', { name }).first().waitFor();
  await view.getByRole('heading', { name: 'Permissions' }).first().waitFor();
  await view.getByText('Loading launch permissions').waitFor({ state: 'detached' });
}

async function copyIds(workbench: Workbench, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await copiedId(workbench, index);
  }
}

function copiedId(workbench: Workbench, index: number): Promise<string> {
  return workbench.clipboardAfter(() => workbench.contextMenu(image(workbench, index), 'Copy AMI ID'));
}

async function copyAs(workbench: Workbench, index: number, tool: string): Promise<void> {
  await workbench.clipboardAfter(async () => {
    await workbench.contextMenu(image(workbench, index), 'Copy As…');
    await workbench.quickPickRow(tool).click();
  });
}

async function pin(workbench: Workbench, item: 'Pin Image' | 'Pin Family', index: number): Promise<void> {
  await workbench.contextMenu(image(workbench, index), item);
  await workbench.row('Images', 'Pinned').waitFor();
}

/** Retries where the search closes early, as in a window that gets its focus late; only the last try counts. */
async function find({ workbench, server }: Editor, text: string, found: RegExp): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      server.requests.length = 0;
      await workbench.findImage(text);
      await workbench.quickPickRow(found).waitFor({ timeout: 15_000 });
      await delay(quietTime);
      await workbench.dismissQuickInput();
      return;
    } catch (error) {
      if (round === 3) {
        throw error;
      }
      await workbench.page.keyboard.press('Escape');
    }
  }
}

/** The calls since `requests` was emptied, once no more arrive. */
async function callsOf({ requests }: SampleServer): Promise<ReadonlyMap<string, number>> {
  for (let before = -1; before !== requests.length; ) {
    before = requests.length;
    await delay(quietTime);
  }
  const calls = new Map<string, number>();
  for (const { action, region } of requests) {
    const call = `${action} ${region}`;
    calls.set(call, (calls.get(call) ?? 0) + 1);
  }
  return calls;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
