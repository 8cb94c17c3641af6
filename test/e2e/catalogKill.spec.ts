import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isComplete, storedRows, undisturbedRows } from '../catalog/storedRows.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

/** Each takes as long as an editor needs to start; `CATALOG_KILLS=50` is for a patient evening. */
const kills = Number(process.env['CATALOG_KILLS'] ?? 3);
const images = 40_000;

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ sample: { images, latency: 2_000 } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

it(
  `goes on with a download after the editor was killed ${kills} times, and ends as an undisturbed one`,
  async () => {
    const { workbench } = editor;
    const rows = workbench.webview().locator('.row:not(.waiting)');
    const folder = join(editor.dataFolder, 'data', 'User', 'globalStorage', 'ami-explorer.ami-explorer', 'catalog');
    const file = () => join(folder, readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? 'none');
    // What was open is there again only where the editor had kept it before it was killed.
    const browse = async () => {
      await workbench.openAmiExplorer();
      const region = workbench.row('Images', 'us-east-1');
      await region.waitFor();
      if (!(await workbench.tab('Public Images: us-east-1').isVisible())) {
        await workbench.inlineButton(region, 'Browse Public Catalog');
      }
    };
    const undisturbed = await undisturbedRows(images);
    let interrupted = 0;
    await browse();
    for (let round = 0; round < kills; round += 1) {
      await rows.first().waitFor({ timeout: 60_000 });
      await workbench.page.waitForTimeout((round * 397) % 1_100);
      await editor.kill();
      if (isComplete(file())) {
        expect(storedRows(file())).toEqual(undisturbed);
        rmSync(folder, { recursive: true });
      } else {
        interrupted += 1;
      }
      await editor.restart();
      await browse();
    }
    expect(interrupted).toBeGreaterThan(kills / 2);
    await expect.poll(() => isComplete(file()), { timeout: 60_000 }).toBe(true);
    await workbench.webview().getByText('As of').waitFor();
    expect(storedRows(file())).toEqual(undisturbed);
  },
  300_000 + kills * 90_000,
);
