import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extension } from '../extension.ts';

let folder: string;

/** The document of a file with a text, which `|` is taken out of, and the place where it was. */
async function opened(name: string, marked: string): Promise<{ document: vscode.TextDocument; at: vscode.Position }> {
  const file = vscode.Uri.file(join(folder, name));
  await writeFile(file.fsPath, marked.replace('|', ''));
  const document = await vscode.workspace.openTextDocument(file);
  return { document, at: document.positionAt(marked.indexOf('|')) };
}

/** Our items at the place of `|`; the first request may come before EC2's answer. */
async function itemsAt(name: string, marked: string): Promise<readonly vscode.CompletionItem[]> {
  const { document, at } = await opened(name, marked);
  for (let round = 0; ; round += 1) {
    const { items, isIncomplete } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
      undefined,
      30,
    );
    const ours = items.filter(({ detail }) => detail !== undefined && /ami-|resolve:ssm|\/aws\/service/.test(detail));
    if (!isIncomplete || round === 5) {
      return ours;
    }
  }
}

/** The text of the file once the item is accepted. */
async function accepted(name: string, marked: string, item: vscode.CompletionItem | undefined): Promise<string> {
  assert.ok(item, 'there is no such item');
  const { document } = await opened(name, marked);
  const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
  assert.ok(range);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, typeof item.insertText === 'string' ? item.insertText : '');
  await vscode.workspace.applyEdit(edit);
  const text = document.getText();
  await document.save();
  return text;
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

const instance = (rest: string) =>
  `provider "aws" {\n  region = "us-east-1"\n}\n\nresource "aws_instance" "web" {\n${rest}}\n`;

describe('the completion of ids', () => {
  before(async () => {
    await extension();
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-completion-'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  it('offers owned images before the latest public ones, and inserts the id alone', async () => {
    const marked = instance('  ami = "|"\n');
    const items = await itemsAt('owned.tf', marked);
    const owned = items.findIndex((item) => labelOf(item).startsWith('web-server-golden'));
    const latest = items.findIndex((item) => /^ubuntu\/images\//.test(labelOf(item)));
    assert.ok(owned >= 0 && latest > owned, items.map(labelOf).join('\n'));
    assert.ok(items.every(({ detail }) => detail?.includes('us-east-1')));
    assert.match(await accepted('owned.tf', marked, items[owned]), /\n {2}ami = "ami-[0-9a-f]{17}"\n}\n$/);
  });

  it('offers what the instance type beside it can run', async () => {
    const arm = await itemsAt('arm.tf', instance('  ami = "|"\n  instance_type = "t4g.micro"\n'));
    assert.ok(arm.length > 0);
    assert.deepEqual(arm.filter(({ detail }) => !detail?.includes('arm64')).map(labelOf), []);
    const intel = await itemsAt('intel.tf', instance('  ami = "|"\n  instance_type = "t3.micro"\n'));
    assert.ok(intel.length > 0);
    assert.deepEqual(intel.filter(({ detail }) => detail?.includes('arm64')).map(labelOf), []);
  });

  it('offers the images of the region in force, which another file may state', async () => {
    await mkdir(join(folder, 'west'));
    await writeFile(join(folder, 'west', 'providers.tf'), 'provider "aws" {\n  region = "eu-west-1"\n}\n');
    const items = await itemsAt('west/main.tf', 'resource "aws_instance" "web" {\n  ami = "|"\n}\n');
    assert.ok(items.length > 0);
    assert.deepEqual(items.filter(({ detail }) => !detail?.includes('eu-west-1')).map(labelOf), []);
  });

  it('takes the place of half an id, and adds the quotes that are missing', async () => {
    for (const [name, value] of [
      ['half.tf', '"ami-0|'],
      ['bare.tf', '|'],
      ['open.tf', '"|'],
    ] as const) {
      const marked = instance(`  ami = ${value}\n`);
      const items = await itemsAt(name, marked);
      assert.match(await accepted(name, marked, items[0]), /\n {2}ami = "ami-[0-9a-f]{17}"\n}\n$/, name);
    }
  });

  it('offers nothing for another place than that of the cursor where the text above changes meanwhile', async () => {
    const { document, at } = await opened('changing.tf', instance('  ami = "|"\n'));
    for (let round = 0; round < 5; round += 1) {
      const asked = vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '/* above */ ');
      await vscode.workspace.applyEdit(edit);
      const ours = (await asked).items.filter(({ detail }) => detail?.startsWith('ami-'));
      for (const { range } of ours) {
        const replaced = range instanceof vscode.Range ? range : range?.replacing;
        assert.ok(replaced?.isEqual(new vscode.Range(at, at)), JSON.stringify(replaced));
      }
    }
    await document.save();
  });

  it('offers a reference to a public parameter where CloudFormation takes one', async () => {
    const marked = 'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: |\n';
    const items = await itemsAt('template.yaml', marked);
    const reference = items.find(({ detail }) => detail?.startsWith('{{resolve:ssm:'));
    assert.match(
      await accepted('template.yaml', marked, reference),
      /\n {6}ImageId: "{{resolve:ssm:\/aws\/service\/[\w./-]+}}"\n$/,
    );
    const close = marked.replace(': |', ':|');
    const found = (await itemsAt('close.yaml', close)).find(({ detail }) => detail?.startsWith('{{resolve:ssm:'));
    assert.match(await accepted('close.yaml', close, found), /\n {6}ImageId: "{{resolve:ssm:[^"]+}}"\n$/);
  });

  it('offers an image of the CDK where that takes one', async () => {
    const marked =
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nconst props = {\n  instanceType: new ec2.InstanceType('t4g.micro'),\n  machineImage: |\n};\n";
    const items = await itemsAt('stack.ts', marked);
    const texts = items.map(({ insertText }) => String(insertText));
    assert.ok(texts.some((text) => /^ec2\.MachineImage\.genericLinux\(\{ 'us-east-1': 'ami-\w{17}' \}\)$/.test(text)));
    assert.ok(texts.some((text) => /^ec2\.MachineImage\.fromSsmParameter\('\/aws\/service\/[^']+'\)$/.test(text)));
    assert.deepEqual(items.filter(({ detail }) => !detail?.includes('arm64')).map(labelOf), []);
  });

  it('offers what reads a public parameter in Terraform, with its data source', async () => {
    await mkdir(join(folder, 'module'));
    await writeFile(
      join(folder, 'module', 'data.tf'),
      'data "aws_ssm_parameter" "debian_13_arm64" {\n  name = "/x"\n}\n',
    );
    const marked = instance('  ami = |\n  instance_type = "t4g.micro"\n');
    const items = await itemsAt('module/main.tf', marked);
    const item = items.find((each) => labelOf(each) === 'Debian 13 · arm64' && each.additionalTextEdits);
    const [block] = item?.additionalTextEdits ?? [];
    assert.ok(item && block, items.map(labelOf).join('\n'));
    assert.equal(item.insertText, 'data.aws_ssm_parameter.debian_13_arm64_2.insecure_value');
    assert.match(block.newText, /^data "aws_ssm_parameter" "debian_13_arm64_2" \{\n {2}name = "[\w/]+arm64"\n\}\n\n$/);
    // Before the block of the place, behind the provider.
    assert.equal(block.range.start.line, 4);
    // In quotes it would be a text.
    const quoted = await itemsAt('module/quoted.tf', instance('  ami = "|"\n'));
    assert.ok(quoted.length > 0 && quoted.every(({ additionalTextEdits }) => !additionalTextEdits?.length));
  });

  it('offers ids where one has begun, and nothing where none belongs', async () => {
    assert.ok((await itemsAt('notes.txt', 'maybe ami-|')).length > 0);
    assert.deepEqual(await itemsAt('none.tf', instance('  ami = "x"\n  instance_type = "|"\n')), []);
  });

  it('follows its setting', async () => {
    const settings = vscode.workspace.getConfiguration('amiExplorer');
    await settings.update('completion.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await itemsAt('off.tf', instance('  ami = "|"\n')), []);
    } finally {
      await settings.update('completion.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('shows the image of an item beside it', async () => {
    const items = await itemsAt('card.tf', instance('  ami = "|"\n'));
    const card = items[0]?.documentation;
    assert.ok(card instanceof vscode.MarkdownString);
    assert.match(card.value, /AMI ID/);
  });
});
