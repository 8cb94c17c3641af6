import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Editor, type EditorOptions, openEditor } from '../test/e2e/editor.ts';
import { setup } from '../test/e2e/globalSetup.ts';
import type { Workbench } from '../test/e2e/workbench.ts';
import { root } from '../test/vscode/install.ts';
import { packageExtension } from './package.ts';
import { writeInstances, writeWorkspace } from './screenshots/sampleCode.ts';

const docs = join(root, 'docs');
const viewport = { width: 1400, height: 900 };
/** For views that need the width. */
const wide = { width: 1700, height: 900 };

const themes = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

/** Makes the documentation's pictures from the packaged extension in a running editor: all, or only the named ones. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  await mkdir(docs, { recursive: true });
  await packageExtension();
  await setup();
  for (const [name, make] of Object.entries(steps)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      await make();
    }
  }
}

const steps: Readonly<Record<string, () => Promise<void>>> = {
  details: () => inEachTheme({}, details),
  catalog: () => inEachTheme({ sample: { images: 200_000 }, viewport: wide }, catalog),
  latest: () => inEditor({}, latest),
  browse: () => inEditor({}, browse),
  code: () =>
    inEachTheme({ userSettings: { 'amiExplorer.inlayHints.enabled': true, 'editor.hover.above': false } }, code),
  workspace: () => inEditor({}, workspace),
  createImage: () => inEditor({ sample: { pendingSeconds: 20 } }, createImage),
};

async function inEachTheme(
  options: EditorOptions,
  run: (workbench: Workbench, theme: string, editor: Editor) => Promise<void>,
): Promise<void> {
  for (const [name, theme] of themes) {
    const settings = { 'workbench.colorTheme': theme };
    await inEditor({ ...options, settings }, (workbench, editor) => run(workbench, name, editor));
  }
}

async function inEditor(options: EditorOptions, run: (workbench: Workbench, editor: Editor) => Promise<void>) {
  const settings = { 'amiExplorer.regions': ['us-east-1', 'eu-west-1', 'ap-southeast-2'], ...options.settings };
  const editor = await openEditor({ tooltips: true, viewport, ...options, settings });
  try {
    await editor.workbench.openAmiExplorer();
    await editor.workbench.row('Images', 'us-east-1').waitFor();
    if (!options.viewport) {
      await widenSidebar(editor.workbench);
    }
    await run(editor.workbench, editor);
  } finally {
    await editor.close();
  }
}

async function details(workbench: Workbench, name: string): Promise<void> {
  await workbench.expand('Images', 'Owned by me', /^data-node$/, 'web-server-golden');
  await workbench.imageRow('data-node-2026.3').click();
  await workbench.webview().getByRole('heading', { name: 'Root Volume' }).waitFor();
  await picture(workbench, `details-${name}`);
}

async function catalog(workbench: Workbench, name: string): Promise<void> {
  await workbench.inlineButton(workbench.row('Images', 'us-east-1'), 'Browse Public Catalog');
  const page = workbench.webview();
  await page.getByText('As of').waitFor({ timeout: 60_000 });
  await page.locator('#search').fill('ubuntu server -daily');
  await page
    .locator('.row:not(.waiting)')
    .nth(1)
    .click({ position: { x: 60, y: 10 } });
  await picture(workbench, `catalog-${name}`);
}

async function latest(workbench: Workbench): Promise<void> {
  await workbench.expand('Images', 'Owned by me', 'web-server-golden');
  await workbench.contextMenu(workbench.imageRow(/web-server-golden-2026/), 'Pin Family');
  await workbench.row('Images', 'Pinned').waitFor();
  await workbench.expand('Images', 'Owned by me');
  await workbench.row('Images', 'Owned by me').click();
  await workbench.expand('Images', 'Latest', 'Amazon Linux');
  await workbench.row('Images', 'Amazon Linux 2023 (kernel 6.12) · arm64').click();
  await workbench.webview().getByRole('heading', { name: 'Root Volume' }).waitFor();
  await picture(workbench, 'latest');
}

async function browse(workbench: Workbench): Promise<void> {
  await workbench.openFile('main.tf');
  await workbench.expand('Images', 'Public', 'Canonical', '24.04 LTS (Noble) arm64');
  await workbench.imageRow(/ubuntu\/images\/.*noble.*arm64/).waitFor();
  await picture(workbench, 'public');
  await workbench.findImage('golden 202611');
  await workbench.quickPickRow('web-server-golden-202611').waitFor();
  await workbench.page.locator('.quick-input-widget .monaco-progress-container.active').waitFor({ state: 'detached' });
  await picture(workbench, 'find');
  await workbench.dismissQuickInput();
  await workbench.contextMenu(workbench.imageRow(/ubuntu\/images\/.*noble.*arm64/), 'Insert As…');
  await workbench.quickPickRow('data "aws_ami"').waitFor();
  await picture(workbench, 'insert-as');
  await workbench.quickPickRow('data "aws_ami"').click();
  await workbench.page.locator('.view-line', { hasText: 'most_recent' }).waitFor();
  await picture(workbench, 'inserted');
}

/** A file with hints, with lines above what is wrong, and with a hover. */
async function code(workbench: Workbench, name: string, { folder, server }: Editor): Promise<void> {
  const { page } = workbench;
  const id = await writeInstances(folder, server.url);
  await workbench.openFile('compute.tf');
  await page.keyboard.press('Control+B');
  await page.locator('.codelens-decoration', { hasText: 'No owner' }).waitFor();
  await page.locator('.codelens-decoration', { hasText: 'Newer image' }).waitFor();
  await page.waitForTimeout(1_000);
  const hover = page.locator('.monaco-hover:visible').first();
  const shownId = page.locator('.editor-group-container.active .view-line span span', { hasText: id });
  await workbench.settled(async () => {
    await page.mouse.move(5, 5);
    await shownId.last().hover();
    return workbench.settled(() => hover.getByText('web-server-golden').first().isVisible(), 3_000);
  }, 30_000);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(docs, `code-${name}.png`) });
  console.log(`docs/code-${name}.png`);
}

/** The view In This Workspace by itself, with the file of one of its places. */
async function workspace(workbench: Workbench, { folder, server }: Editor): Promise<void> {
  await writeWorkspace(folder, server.url);
  for (const view of ['Images', 'Instances'] as const) {
    await workbench.view(view).locator('.pane-header').click();
  }
  await workbench.openView('In This Workspace');
  const row = workbench.row('In This Workspace', /^web-server-golden/);
  await row.waitFor();
  await workbench.row('In This Workspace', 'Lookups').waitFor();
  await workbench.expand('In This Workspace', /^web-server-golden/, 'Lookups');
  await workbench.row('In This Workspace', 'web.tf:2').click();
  await workbench.page.locator('.codelens-decoration').first().waitFor();
  await workbench.page.waitForTimeout(1_000);
  await picture(workbench, 'workspace');
}

async function createImage(workbench: Workbench): Promise<void> {
  await workbench.expand('Images', 'Owned by me');
  await workbench.contextMenu(workbench.row('Instances', 'data-node-1'), 'Create Image…');
  for (const step of ['name', 'description', 'reboot', 'volumes', 'tags', 'review']) {
    await workbench.quickInputTitle().waitFor();
    if (step !== 'description') {
      await picture(workbench, `create-${step}`);
    }
    const title = await workbench.quickInputTitle().innerText();
    await workbench.page.keyboard.press('Enter');
    if (step !== 'review') {
      await workbench.page.locator('.quick-input-title:visible', { hasNotText: title }).waitFor();
    }
  }
  const made = workbench.imageRow(/data-node-1-\d{8}/);
  await made.waitFor();
  await workbench.page.locator('.statusbar-item', { hasText: 'Creating image' }).waitFor();
  await picture(workbench, 'create-pending');
  await workbench.notification('is available').waitFor({ timeout: 60_000 });
  await picture(workbench, 'create-available', { keepNotifications: true });
}

/** Takes a picture with the pointer on an empty place, and without hovers and notifications. */
async function picture(
  workbench: Workbench,
  name: string,
  options: { readonly keepNotifications?: boolean } = {},
): Promise<void> {
  const { page } = workbench;
  await page.mouse.move((page.viewportSize() ?? viewport).width - 3, viewport.height / 2);
  await page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  if (!options.keepNotifications) {
    await page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(docs, `${name}.png`) });
  console.log(`docs/${name}.png`);
}

/** Wide enough for names and ids. */
async function widenSidebar({ page }: Workbench): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box) {
    const edge = box.x + box.width + 1;
    await page.mouse.move(edge, 500);
    await page.mouse.down();
    await page.mouse.move(edge + 190, 500, { steps: 5 });
    await page.mouse.up();
  }
}

await main();
