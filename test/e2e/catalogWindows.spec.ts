import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
/** How many pages the whole region takes. */
let all = 0;

beforeAll(async () => {
  editor = await openEditor({ sample: { images: 30_000, latency: 6_000 } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const rows = (workbench: Workbench) => workbench.webview().locator('.row:not(.waiting)');
const footer = (workbench: Workbench) => workbench.webview().locator('.footer > span').first().innerText();
const whole = (workbench: Workbench) => workbench.webview().getByText('As of');

async function browse(workbench: Workbench): Promise<void> {
  const region = workbench.row('Images', 'us-east-1');
  await region.waitFor();
  await workbench.inlineButton(region, 'Browse Public Catalog');
}

/** The pages of public images that were asked for; the editor's own calls name owners. */
function pages(): readonly string[] {
  return editor.server.requests
    .filter(({ action, params }) => action === 'DescribeImages' && params['Filter.1.Name'] === 'image-id')
    .map(({ params }) => JSON.stringify(params));
}

describe('a catalog in two windows', () => {
  it('is downloaded by one, and shown by both while it grows', async () => {
    const { workbench } = editor;
    const other = await editor.newWindow();
    await other.openAmiExplorer();
    await other.row('Images', 'us-east-1').waitFor();
    await browse(workbench);
    await rows(workbench).first().waitFor();
    await browse(other);
    await other.webview().getByText('in another window').waitFor();
    await rows(other).first().waitFor();
    expect(await other.webview().getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    await Promise.all([whole(workbench).waitFor({ timeout: 60_000 }), whole(other).waitFor({ timeout: 60_000 })]);
    // The numbers follow the news that it is whole by a moment, in each window for itself.
    const { length } = await editor.server.account.publicImages('us-east-1').ids();
    const images = `${length.toLocaleString('en')} images`;
    await expect.poll(() => footer(workbench)).toBe(images);
    await expect.poll(() => footer(other)).toBe(images);
    const asked = pages();
    all = asked.length;
    expect(all).toBeGreaterThan(30);
    expect(new Set(asked).size).toBe(asked.length);
    await other.page.close();
  });

  it('is cleared by a command, and downloaded anew; the view says how far it is', async () => {
    const { workbench } = editor;
    await workbench.page.bringToFront();
    await workbench.paletteCommand('AMI Explorer', 'Clear Public Catalog');
    await workbench.dialog().getByRole('button', { name: 'Clear' }).click();
    await workbench.webview().getByRole('button', { name: 'Download' }).click();
    await expect
      .poll(() => workbench.viewMessage('Images'))
      .toMatch(/^Public catalog of us-east-1: [1-9]\d*%, [\d,]+ images$/);
  });

  it('goes on by itself when the network is there again, and says so meanwhile', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'unavailable', action: 'DescribeImages' });
    await workbench.webview().getByText('The download resumes automatically.').waitFor({ timeout: 60_000 });
    await expect.poll(() => workbench.viewMessage('Images')).toBe('');
    await rows(workbench).first().waitFor();
    server.requests.length = 0;
    server.faults.clear();
    await whole(workbench).waitFor({ timeout: 90_000 });
    // What had arrived was not asked for again.
    expect(pages().length).toBeLessThan(all - 2);
    await expect.poll(() => workbench.viewMessage('Images')).toBe('');
  });
});
