import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
let folder: string;
/** Only who may mount can make a disk so small, or one that cannot be written to. */
let mounted = false;

async function openWith(mountOptions: string): Promise<void> {
  editor = await openEditor({ sample: { images: 40_000, latency: 50 } });
  folder = join(editor.dataFolder, 'data', 'User', 'globalStorage', 'ami-explorer.ami-explorer', 'catalog');
  mkdirSync(folder, { recursive: true });
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', mountOptions, 'tmpfs', folder]).status === 0;
  await editor.workbench.openAmiExplorer();
}

beforeEach(() => pictureOnFailure(() => editor));

async function close(): Promise<void> {
  await editor?.kill();
  if (mounted) {
    spawnSync('umount', ['--lazy', folder]);
  }
  await editor?.close();
}

const page = () => editor.workbench.webview();
const rows = () => page().locator('.row:not(.waiting)');

describe('a catalog on a disk that cannot be written to', () => {
  beforeAll(() => openWith('size=100m,ro'));
  afterAll(close);

  it('says where and why, and is downloaded once it can', async ({ skip }) => {
    skip(!mounted, 'A disk cannot be mounted here.');
    const { workbench } = editor;
    const region = workbench.row('Images', 'us-east-1');
    await region.waitFor();
    await workbench.inlineButton(region, 'Browse Public Catalog');
    await page()
      .getByText(`The public catalog cannot be saved in ${folder}: it is on a read-only file system.`)
      .waitFor();
    expect(spawnSync('mount', ['-o', 'remount,rw', folder]).status).toBe(0);
    await page().getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => rows().first().innerText()).toMatch(/ami-/);
    await page().getByText('As of').waitFor();
  });
});

describe('a catalog on a full disk', () => {
  beforeAll(() => openWith('size=4m'));
  afterAll(close);

  it('says so, is searched as far as it is there, over a reload too, and makes room when it is cleared', async ({
    skip,
  }) => {
    skip(!mounted, 'A disk cannot be mounted here.');
    const { workbench } = editor;
    const full = page().getByText('The disk is full');
    const region = workbench.row('Images', 'us-east-1');
    await region.waitFor();
    await workbench.inlineButton(region, 'Browse Public Catalog');
    await full.waitFor();
    await page().locator('#search').fill('ubuntu');
    await expect.poll(() => rows().first().innerText()).toMatch(/ubuntu/i);
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.reloadWindow();
    await full.waitFor();
    await expect.poll(() => rows().first().innerText()).toMatch(/ubuntu/i);
    await page().getByRole('button', { name: 'Clear Public Catalog' }).click();
    await workbench.dialog().getByRole('button', { name: 'Clear' }).click();
    await full.waitFor({ state: 'detached' });
    await page().getByRole('button', { name: 'Download' }).waitFor();
    const used = async () => {
      const sizes = readdirSync(folder).map(async (name) => (await stat(join(folder, name))).size);
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    };
    await expect.poll(used).toBeLessThan(500_000);
  });
});
