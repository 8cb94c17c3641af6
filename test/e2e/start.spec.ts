import { cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountScopeOf } from '../../src/core/accountScope.ts';
import { foreignEndpoint } from '../../src/ec2/endpoint.ts';
import { imageBeingMade, recordIdOf } from '../../src/images/watches/imageBeingMade.ts';
import { watchFoldersIn } from '../../src/images/watches/watchFolders.ts';
import { WatchRecords } from '../../src/images/watches/watchRecords.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { beginImage } from './beginImage.ts';
import { type Editor, openEditor } from './editor.ts';
import { installedExtensions } from './globalSetup.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

const region = 'us-east-1';

let editor: Editor;

beforeEach(() => pictureOnFailure(() => editor));
afterEach(() => editor?.close());

/** Saves what a window that has ended would have saved of an image being made. */
function saveRecord(imageId: string, name: string): void {
  const storage = join(editor.dataFolder, 'data', 'User', 'globalStorage', 'ami-explorer.ami-explorer');
  const place = {
    choice: { kind: 'aws' as const },
    profile: undefined,
    foreignEndpoint: foreignEndpoint(editor.server.url),
    defaultRegion: region,
  };
  const scope = accountScopeOf(place, undefined);
  new WatchRecords(watchFoldersIn(storage)).add({
    id: recordIdOf(scope, region, imageId),
    kind: imageBeingMade.name,
    region,
    scope,
    since: Date.now(),
    heldUntil: 0,
    subject: { imageId, name },
  });
}

/** The palette of a window that is new has what the extension contributes once the editor has read it. */
function contributed(): Promise<void> {
  return editor.workbench.page.getByRole('tab', { name: 'AMI Explorer' }).first().waitFor();
}

describe('a window in which no view is opened', () => {
  it('tells of what an earlier one has begun', async () => {
    editor = await openEditor();
    const { workbench } = editor;
    await editor.kill();
    saveRecord(await beginImage(editor.server, region, 'begun-before'), 'begun-before');
    await editor.restart();
    await workbench.notification(/begun-before .* is available/).waitFor();
    expect(await workbench.view('Images').count()).toBe(0);
  });

  it('watches what a closed window has begun, once it gets the focus', async () => {
    editor = await openEditor();
    const { page } = editor.workbench;
    await contributed();
    saveRecord(await beginImage(editor.server, region, 'begun-elsewhere'), 'begun-elsewhere');
    // A page that is driven has the focus all the time.
    const available = editor.workbench.notification(/begun-elsewhere .* is available/);
    // A window that is starting may be told of its focus too early.
    await editor.workbench.settled(async () => {
      await page.evaluate(() => {
        for (const [has, event] of [
          [false, 'blur'],
          [true, 'focus'],
        ] as const) {
          document.hasFocus = () => has;
          window.dispatchEvent(new Event(event));
        }
      });
      return editor.workbench.settled(() => available.isVisible(), 10_000);
    }, 60_000);
    await expectShown(available);
  });

  it('carries out a command, restores its panel after a reload, and shows the view later', async () => {
    editor = await openEditor();
    const { workbench, server } = editor;
    await contributed();
    await workbench.page.waitForTimeout(3_000);
    expect(server.requests).toEqual([]);
    await workbench.findImage('web-server-golden');
    await workbench.quickPickRow('web-server-golden').click();
    const heading = () =>
      workbench
        .webview()
        .getByRole('heading', { name: /web-server-golden/ })
        .first();
    await heading().waitFor();
    await workbench.reloadWindow();
    await heading().waitFor();
    await workbench.webview().getByText('20 GiB').first().waitFor();
    expect(await workbench.view('Images').count()).toBe(0);
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Owned by me').waitFor();
  });
});

describe('an extension whose files cannot be read', () => {
  let extensionsFolder: string;
  beforeEach(async () => {
    extensionsFolder = await mkdtemp(join(tmpdir(), 'ami-explorer-extensions-'));
    await cp(installedExtensions, extensionsFolder, { recursive: true });
    // It names the folder that was copied.
    await rm(join(extensionsFolder, 'extensions.json'), { force: true });
  });
  afterEach(() => rm(extensionsFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

  it('says so, and works once they can', async () => {
    const [folder = ''] = (await readdir(extensionsFolder)).filter((name) => name.startsWith('ami-explorer.'));
    const file = join(extensionsFolder, folder, 'dist', 'main.cjs');
    await rename(file, `${file}.away`);
    editor = await openEditor({ extensionsFolder });
    const { workbench } = editor;
    await workbench.openAmiExplorer();
    await workbench.notification('AMI Explorer could not be loaded').waitFor();
    await workbench.screenshot('could-not-be-loaded');
    await rename(`${file}.away`, file);
    await workbench.command('Refresh');
    await workbench.row('Images', 'Owned by me').waitFor();
    await expectShown(workbench.row('Instances', region));
  });
});
