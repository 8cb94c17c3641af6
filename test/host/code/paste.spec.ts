import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pastedLinks } from '../../../src/ui/editor/pastedLinks.ts';
import { closeEditors, extension, showText } from '../extension.ts';

const id = 'ami-0123456789abcdef0';
const other = 'ami-0fedcba987654321f';
const arn = (image: string) => `arn:aws:ec2:us-east-1::image/${image}`;

/** Pastes into a document at each `|`, as the editor does with our edit, and gives the text. */
async function pasted(clipboard: string, marked: string, language = 'json'): Promise<string> {
  const parts = marked.split('|');
  const { document } = await showText(parts.join(''), language);
  const ranges = parts.slice(1).map((_, index) => {
    const at = document.positionAt(parts.slice(0, index + 1).join('').length);
    return new vscode.Range(at, at);
  });
  const transfer = new vscode.DataTransfer();
  transfer.set('text/plain', new vscode.DataTransferItem(clipboard));
  const context = { only: undefined, triggerKind: vscode.DocumentPasteTriggerKind.Automatic };
  const { token } = new vscode.CancellationTokenSource();
  const [edit] = (await pastedLinks.provideDocumentPasteEdits(document, ranges, transfer, context, token)) ?? [];
  assert.ok(edit);
  const whole = edit.additionalEdit ?? new vscode.WorkspaceEdit();
  const text = typeof edit.insertText === 'string' ? edit.insertText : edit.insertText.value;
  if (text !== '') for (const range of ranges) whole.insert(document.uri, range.start, text);
  await vscode.workspace.applyEdit(whole);
  return document.getText();
}

describe('links to images that are pasted', () => {
  before(extension);
  afterEach(closeEditors);

  it('are their ids at each cursor, in the quotes that its place lacks', async () => {
    const marked = '{"ImageId": |, "image_id": "|"}';
    assert.equal(await pasted(arn(id), marked), `{"ImageId": "${id}", "image_id": "${id}"}`);
    assert.equal(
      await pasted(arn(id), '{"ImageId": "|", "image_id": "|"}'),
      `{"ImageId": "${id}", "image_id": "${id}"}`,
    );
    assert.equal(await pasted(arn(id), '{"ImageId": |, "image_id": |}'), `{"ImageId": "${id}", "image_id": "${id}"}`);
  });

  it('are one text for cursors in the same place, not one for each', async () => {
    // One cursor within an id and one at its end: both ask for the whole of it.
    assert.equal(
      await pasted(arn(other), `{"ImageId": "${id.slice(0, 9)}|${id.slice(9)}|"}`),
      `{"ImageId": "${other}"}`,
    );
  });

  it('go one to each cursor, where there are as many', async () => {
    const text = await pasted(`${arn(id)}\n${arn(other)}`, '{"ImageId": |, "image_id": "|"}');
    assert.equal(text, `{"ImageId": "${id}", "image_id": "${other}"}`);
  });

  it('are items of a list, where there are several', async () => {
    const text = await pasted(`${arn(id)}\n${arn(other)}`, '{"images": ["|"]}');
    assert.equal(text, `{"images": ["${id}", "${other}"]}`);
  });
});
