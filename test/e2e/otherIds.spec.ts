import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OtherIdsEndpoint, startOtherIdsEndpoint } from '../ec2/otherIdsEndpoint.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let other: OtherIdsEndpoint;
let editor: Editor;

beforeAll(async () => {
  other = await startOtherIdsEndpoint();
  editor = await openEditor({ env: localEndpoint(other.url) });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(async () => {
  await editor?.close();
  other?.close();
});

describe('images of an endpoint with ids of its own', () => {
  const image = () => editor.workbench.imageRow(/named-ami-000001/);

  it('are listed and copied', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'named-ami');
    await image().waitFor();
    expect(await workbench.clipboardAfter(() => workbench.inlineButton(image(), 'Copy AMI ID'))).toBe('ami-000001');
    expect((await workbench.rows('Images')).filter((row) => /a[kr]i-|\$\(id\)/.test(row))).toEqual([]);
  });

  it('are opened', async () => {
    const { workbench } = editor;
    await workbench.clickRow(image());
    await workbench.webview().getByRole('heading', { name: 'named-ami-000001' }).first().waitFor();
    await expectShown(workbench.webview().getByText('ami-000001', { exact: true }).first());
  });

  it('are pinned, over a reload too', async () => {
    const { workbench } = editor;
    await workbench.contextMenu(image(), 'Pin Image');
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.reloadWindow();
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Pinned').waitFor();
    await expectShown(image());
  });

  it('are found by the id, as it is or from its beginning', async () => {
    const { workbench } = editor;
    for (const id of ['emi-3F2A1B0C', 'emi-3F2A']) {
      await workbench.findImage(id);
      await expectShown(workbench.quickPickRow('named-emi-3F2A1B0C'));
      await workbench.dismissQuickInput();
    }
  });
});
