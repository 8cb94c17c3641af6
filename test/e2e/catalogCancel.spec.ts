import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ sample: { images: 30_000, latency: 2_000 } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('a download of a catalog', () => {
  it('is cancelled and resumed by buttons, without starting over', async () => {
    const { workbench, server } = editor;
    const page = workbench.webview();
    const region = workbench.row('Images', 'us-east-1');
    await region.waitFor();
    await workbench.inlineButton(region, 'Browse Public Catalog');
    await expect.poll(() => workbench.viewMessage('Images')).toMatch(/: [1-9]\d*%/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page
      .getByText(/^The download was interrupted after [\d,]+ images\.$/)
      .first()
      .waitFor();
    await expect.poll(() => workbench.viewMessage('Images')).toBe('');
    await page.locator('.row:not(.waiting)').first().waitFor();
    const pages = () =>
      server.requests.filter(
        ({ action, params }) => action === 'DescribeImages' && params['Filter.1.Name'] === 'image-id',
      );
    server.requests.length = 0;
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('As of').waitFor({ timeout: 60_000 });
    const resumed = pages().length;
    server.requests.length = 0;
    await workbench.paletteCommand('AMI Explorer', 'Clear Public Catalog');
    await workbench.dialog().getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByText('As of').waitFor({ timeout: 60_000 });
    expect(resumed).toBeLessThan(pages().length - 1);
  });
});
