import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const parameter = 'Amazon Linux 2023 (kernel 6.12) · arm64';
const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.12-arm64';

describe('Latest', () => {
  it('says in its place what failed, and tries again', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'access-denied', action: 'GetParametersByPath' });
    await workbench.expand('Images', 'Latest');
    await workbench.view('Images').getByText('ssm:GetParametersByPath').first().waitFor();
    await workbench.row('Images', 'Public').waitFor();
    server.faults.clear();
    await workbench.inlineButton(workbench.row('Images', 'Latest'), 'Refresh');
    await expectShown(workbench.row('Images', 'Amazon Linux'));
  });

  it('lists the public parameters by publisher and copies ids and names', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Latest', 'Amazon Linux');
    const row = workbench.row('Images', parameter);
    await row.waitFor();
    expect(await workbench.clipboardAfter(() => workbench.inlineButton(row, 'Copy AMI ID'))).toMatch(
      /^ami-[0-9a-f]{17}$/,
    );
    expect(await workbench.clipboardAfter(() => workbench.contextMenu(row, 'Copy Parameter Name'))).toBe(name);
    const code = await workbench.clipboardAfter(async () => {
      await workbench.contextMenu(row, 'Copy Parameter As…');
      await workbench.quickPickRow('Terraform').click();
    });
    expect(code).toContain(`name = "${name}"`);
  });
});
