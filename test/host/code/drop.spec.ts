import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { draggedImagesType } from '../../../src/protocol/draggedImages.ts';
import { dragImages } from '../../../src/ui/editor/draggedImages.ts';
import { DroppedImages } from '../../../src/ui/editor/dropImages.ts';
import { imageCode } from '../../../src/ui/editor/imageCode.ts';
import { anImage } from '../../core/anImage.ts';
import { hostileNames } from '../../core/hostile.ts';
import { closeEditors, extension, showText } from '../extension.ts';

const parts = {
  session: { identity: undefined, state: { kind: 'closed' } },
  publishers: { publishers: [] },
  loadedImages: () => [],
} as unknown as Parameters<typeof imageCode>[0];

const { token } = new vscode.CancellationTokenSource();

/** Drops nodes of a tree into a document at `|`, by the edit of a title, and gives the text. */
async function dropped(
  nodes: readonly unknown[],
  marked: string,
  { language = 'plaintext', title = 'AMI ID', images = [anImage()] } = {},
): Promise<string> {
  const transfer = new vscode.DataTransfer();
  dragImages(nodes, transfer);
  const content = marked.replace('|', '');
  const { document } = await showText(content, language);
  const provider = new DroppedImages({ of: async () => imageCode(parts)(images) });
  const at = document.positionAt(marked.indexOf('|'));
  const edits = (await provider.provideDocumentDropEdits(document, at, transfer, token)) ?? [];
  const edit = edits.find((each) => each.title?.startsWith(title));
  assert.ok(edit?.additionalEdit, edits.map((each) => each.title).join(', '));
  await vscode.workspace.applyEdit(edit.additionalEdit);
  return document.getText();
}

const id = 'ami-0123456789abcdef0';
const node = (image: { id: string; region: string | undefined } = { id, region: 'us-east-1' }) => ({
  kind: 'image',
  image,
});

describe('images that are dropped into a document', () => {
  before(() => extension());
  afterEach(closeEditors);

  it('are ids in the place of what stands there', async () => {
    assert.equal(await dropped([node()], 'a = "|"\n'), `a = "${id}"\n`);
    assert.equal(await dropped([node()], 'see ami-0000|0000000000001, too\n'), `see ${id}, too\n`);
    const two = [node(), node({ id: 'ami-0fedcba987654321f', region: undefined })];
    assert.equal(await dropped(two, 'x: |\n', { title: '2 AMI IDs' }), `x: ${id}, ami-0fedcba987654321f\n`);
  });

  it('are nothing for a drag of something else', async () => {
    const transfer = new vscode.DataTransfer();
    dragImages([{ kind: 'region', region: 'us-east-1' }], transfer);
    assert.equal(transfer.get('text/plain'), undefined);
    const document = await vscode.workspace.openTextDocument({ content: '' });
    const provider = new DroppedImages({ of: async () => undefined });
    const at = new vscode.Position(0, 0);
    assert.equal(await provider.provideDocumentDropEdits(document, at, transfer, token), undefined);
    for (const text of ['', '{', '{"images":[{"id":"x y"}]}', '[]']) {
      transfer.set(draggedImagesType, new vscode.DataTransferItem(text));
      assert.equal(await provider.provideDocumentDropEdits(document, at, transfer, token), undefined, text);
    }
  });

  it('are code with the indentation of the editor', async () => {
    const options = { language: 'typescript', title: 'AWS CDK: MachineImage.lookup' };
    const text = await dropped([node()], 'class A {\n\tf() {\n\t\t|\n\t}\n}\n', options);
    assert.match(text, /^\t\tconst \w+ = ec2\.MachineImage\.lookup\(\{\n\t\t\tname: '/m);
    assert.match(text, /\n\t\t\}\);\n\t\}\n\}\n$/);
  });

  it('are code of a public parameter where that was dragged', async () => {
    const parameter = {
      id: '/aws/service/x/y',
      name: '/aws/service/x/y',
      region: 'us-east-1',
      label: 'X',
      imageId: id,
    };
    const nodes = [{ kind: 'parameter', parameter }];
    assert.equal(
      await dropped(nodes, 'image_id = "|"\n', { title: 'EC2: resolve:ssm:' }),
      'image_id = "resolve:ssm:/aws/service/x/y"\n',
    );
    assert.equal(await dropped(nodes, 'image_id = "|"\n'), `image_id = "${id}"\n`);
  });

  it('keep a hostile name in its string or comment', async () => {
    for (const name of hostileNames) {
      const images = [anImage({ name })];
      const text = await dropped([node()], '|', { title: 'Terraform: variable', images });
      assert.equal(text.split('\n').filter((line) => /^\s*[^\s#]/.test(line)).length, 6, text);
    }
  });
});
