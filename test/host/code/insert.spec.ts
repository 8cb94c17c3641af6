import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type PlaceTexts, TextInserter } from '../../../src/ui/editor/insertText.ts';
import { idsForEach, loadPlaceCode } from '../../../src/ui/editor/placedInDocument.ts';
import { closeEditors, extension, showText } from '../extension.ts';

const a = 'ami-0123456789abcdef0';
const b = 'ami-0fedcba987654321f';

/** Inserts into a document with a cursor at each `|`, the last one first, and gives the editor. */
async function inserted(textsFor: PlaceTexts, marked: string, language = 'json'): Promise<vscode.TextEditor> {
  const parts = marked.split('|');
  const editor = await showText(parts.join(''), language);
  const { document } = editor;
  const places = parts.slice(1).map((_, index) => {
    const at = document.positionAt(parts.slice(0, index + 1).join('').length);
    return new vscode.Selection(at, at);
  });
  editor.selections = places.reverse();
  const inserter = new TextInserter();
  assert.ok(await inserter.insert(textsFor));
  inserter.dispose();
  return editor;
}

/** Two lookups for two cursors. */
const lookups = {
  tool: 'Terraform',
  text: ['one', 'two'].map((name) => `data "aws_ami" "${name}" {\n  owners = ["self"]\n}\n`).join('\n'),
  json: undefined,
};

const declaration = { tool: 'AWS CDK', text: 'const image = look();\n', json: undefined };

const parameters = {
  tool: 'CloudFormation',
  text: '',
  json: ['OneId', 'TwoId'].map((id) => ({
    path: ['Parameters', id],
    value: { Type: 'String' },
    reference: (name: string) => ({ Ref: name }),
  })),
};

const text = (editor: vscode.TextEditor) => editor.document.getText().replaceAll('\r\n', '\n');

describe('ids at cursors', () => {
  before(extension);
  afterEach(async () => {
    await vscode.workspace.getConfiguration('editor').update('multiCursorPaste', undefined, true);
    await closeEditors();
  });

  it('go one each, in the order of the document, where there are as many of both', async () => {
    const editor = await inserted(idsForEach([a, b]), '{"x": |,\n"y": "|"}');
    assert.equal(text(editor), `{"x": "${a}",\n"y": "${b}"}`);
    assert.deepEqual(
      editor.selections.map(({ active }) => [active.line, active.character]),
      [
        [0, 29],
        [1, 27],
      ],
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(text(editor), '{"x": ,\n"y": ""}');
  });

  it('go to each cursor together where there are not, or where the user has turned that off', async () => {
    const both = `["${a}", "${b}"]`;
    assert.equal(
      text(await inserted(idsForEach([a, b]), '{"x": |, "y": |, "z": |}')),
      `{"x": ${both}, "y": ${both}, "z": ${both}}`,
    );
    assert.equal(text(await inserted(idsForEach([a]), '{"x": |, "y": "|"}')), `{"x": "${a}", "y": "${a}"}`);
    await vscode.workspace.getConfiguration('editor').update('multiCursorPaste', 'full', true);
    assert.equal(text(await inserted(idsForEach([a, b]), '{"x": |, "y": |}')), `{"x": ${both}, "y": ${both}}`);
  });
});

describe('code at cursors', () => {
  before(extension);
  afterEach(closeEditors);

  it('is there once, is referred to by each cursor, and goes with one undo', async () => {
    const before = 'resource "a" "b" {\n  ami = ""\n}\n\nresource "a" "c" {\n  ami = ""\n}\n';
    const placeCode = await loadPlaceCode();
    const editor = await inserted(placeCode(lookups), before.replaceAll('""', '"|"'), 'terraform');
    assert.equal(
      text(editor),
      `${lookups.text}\n${before.replace('""', 'data.aws_ami.one.id').replace('""', 'data.aws_ami.two.id')}`,
    );
    const lines = editor.selections.map(({ active }) => editor.document.lineAt(active).text);
    assert.deepEqual(lines, ['  ami = data.aws_ami.one.id', '  ami = data.aws_ami.two.id']);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(editor), before);
  });

  it('is in each function in which it holds', async () => {
    const placeCode = await loadPlaceCode();
    const functions = 'function one() {\n  use("|");\n}\nfunction two() {\n  use("|");\n}\n';
    const cdk = await inserted(placeCode(declaration), functions, 'typescript');
    assert.equal(
      text(cdk),
      'function one() {\n  const image = look();\n  use(image);\n}\nfunction two() {\n  const image = look();\n  use(image);\n}\n',
    );
  });

  it('is there once for all values of a file of JSON, of which each refers to it', async () => {
    const placeCode = await loadPlaceCode();
    const resources = ['A', 'B'].map((name) => `    "${name}": {\n      "ImageId": "|"\n    }`).join(',\n');
    const json = await inserted(placeCode(parameters), `{\n  "Resources": {\n${resources}\n  }\n}\n`, 'json');
    const { Parameters, Resources } = JSON.parse(text(json));
    assert.deepEqual(Object.keys(Parameters), ['OneId', 'TwoId']);
    assert.deepEqual(Resources.A.ImageId, { Ref: 'OneId' });
    assert.deepEqual(Resources.B.ImageId, { Ref: 'TwoId' });
  });
});
