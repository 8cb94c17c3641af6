import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicImages } from '../../src/sample/data/publicImages.ts';
import { REFERENCE_TIME } from '../../src/sample/model.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

/** A region that one opts in to, where Amazon has other accounts. */
const region = 'eu-central-2';

let editor: Editor;
/** The name of an image that its publisher has deprecated. */
let deprecatedName: string;

beforeAll(async () => {
  const images = await publicImages(region);
  deprecatedName =
    images.find(
      ({ name, deprecationTime }) =>
        name?.startsWith('al2023-ami-2023.') && Date.parse(deprecationTime ?? '') < REFERENCE_TIME,
    )?.name ?? '';
  editor = await openEditor({ settings: { 'amiExplorer.regions': [region] } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('public images of a region that one opts in to', () => {
  it.each([
    ['Amazon Linux', '2023 (kernel 6.1) x86_64', /al2023-ami-2023\..*-kernel-6\.1-x86_64/],
    ['Microsoft Windows Server', '2022 English Full Base', /Windows_Server-2022-English-Full-Base-2/],
    ['Amazon ECS', 'Amazon Linux 2023 arm64', /al2023-ami-ecs-hvm-.*-arm64/],
  ])("are listed for %s, whatever its account there, and no look-alike's", async (publisher, family, name) => {
    const { workbench, server } = editor;
    await untilQuiet(server);
    server.requests.length = 0;
    await workbench.expand('Images', 'Public', publisher, family);
    await workbench.imageRow(name).waitFor();
    await untilQuiet(server);
    const asked = server.requests.filter(({ action }) => action === 'DescribeImages');
    expect(asked).toHaveLength(1);
    expect(Object.values(asked[0]?.params ?? {})).toContain('amazon');
    expect(Object.values(asked[0]?.params ?? {})).toContain('name');
    // Shut again, so that the next one is on screen.
    await workbench.row('Images', publisher).click();
  });
});

describe('a deprecated public image', () => {
  it('is found by its name, and marked', async () => {
    const { workbench } = editor;
    await workbench.findImage(deprecatedName);
    const row = workbench.quickPickRow(deprecatedName);
    await row.waitFor();
    await expect.poll(() => row.innerText()).toContain('deprecated');
    await workbench.dismissQuickInput();
  });

  it('is found by the filter of the tree, and marked', async () => {
    const { workbench } = editor;
    await workbench.typeFor('Filter Images…', deprecatedName);
    await workbench.accept();
    await workbench.expand('Images', 'Public', 'Amazon Linux');
    const image = workbench.imageRow(deprecatedName);
    await image.waitFor();
    await expect.poll(() => image.innerText()).toContain('deprecated');
    await workbench.paletteCommand('AMI Explorer', 'Clear Filter');
  });

  it('is in the catalog where the user wants that', async () => {
    const { workbench } = editor;
    // Until the filter's message is gone, the rows still move to where it was.
    await expect.poll(() => workbench.viewMessage('Images')).toBe('');
    const row = workbench.row('Images', region);
    await workbench.reveal('Images', row);
    await workbench.inlineButton(row, 'Browse Public Catalog');
    const page = workbench.webview();
    await page.getByText('As of').waitFor();
    await page.locator('#search').fill(deprecatedName);
    await page.getByText('No image matches.').waitFor();
    const box = page.getByRole('checkbox', { name: 'Include deprecated' });
    await box.click();
    await page.locator('.row:not(.waiting)', { hasText: deprecatedName }).waitFor();
    await page.getByText('As of').waitFor();
    await expect.poll(() => box.isChecked()).toBe(true);
    await box.click();
    await page.getByText('No image matches.').waitFor();
  });
});
