import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions/commands.ts';
import { settings } from '../../../src/contributions/settings.ts';
import { extension, until } from '../extension.ts';

interface Sought {
  readonly owner?: string;
  readonly state?: string;
  readonly region?: string;
}

/** Images of the sample account by a name with wildcards, the oldest first. */
async function images(name: string, { owner = 'self', state = 'available', region = 'us-east-1' }: Sought = {}) {
  const { Images = [] } = await new EC2Client({ region }).send(
    new DescribeImagesCommand({
      Owners: [owner],
      IncludeDeprecated: true,
      IncludeDisabled: true,
      Filters: [
        { Name: 'name', Values: [name] },
        { Name: 'state', Values: [state] },
      ],
    }),
  );
  const found = Images.map(({ ImageId: id = '', Name = '', CreationDate = '', DeprecationTime }) => ({
    id,
    name: Name,
    created: CreationDate,
    isDeprecated: DeprecationTime !== undefined && Date.parse(DeprecationTime) < Date.now(),
  }));
  assert.ok(found.length > 0, name);
  return found.sort((a, b) => a.created.localeCompare(b.created));
}

async function image(...args: Parameters<typeof images>) {
  const [found] = await images(...args);
  assert.ok(found);
  return found;
}

/** A command line in a region that uses an image. */
const runs = (id: string, region = 'us-east-1') => `aws ec2 run-instances --region ${region} --image-id ${id}\n`;

const ours = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'AMI Explorer');

const ruleOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? String(code.value) : String(code));

async function reported(document: vscode.TextDocument, ...rules: readonly string[]): Promise<vscode.Diagnostic[]> {
  const expected = rules.toSorted().join();
  await until(() => ours(document).map(ruleOf).sort().join() === expected).catch(() => undefined);
  assert.deepEqual(ours(document).map(ruleOf).sort(), rules.toSorted());
  return ours(document);
}

async function actionsAt(document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return all.filter(({ title }) => /^(?:Replace|Add owner|Show details|Copy)/.test(title));
}

async function fix(document: vscode.TextDocument, range: vscode.Range, title: RegExp): Promise<void> {
  const actions = await actionsAt(document, range);
  const action = actions.find((each) => title.test(each.title));
  assert.ok(action?.edit, `${title}: ${actions.map((each) => each.title).join(' | ')}`);
  await vscode.workspace.applyEdit(action.edit);
}

async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

async function hintsOf(document: vscode.TextDocument): Promise<readonly vscode.InlayHint[]> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
  );
}

async function eventually<T>(ask: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (isRight(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);

describe('what is wrong with images in code', () => {
  let folder: string;

  before(extension);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-findings-'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of [settings.diagnostics, settings.codeLens, settings.inlayHints]) await set(name, undefined);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, name), text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
    await vscode.window.showTextDocument(document);
    return document;
  }

  it('is told of each reference of a long list, with lenses around what is seen', async () => {
    const count = 1_200;
    const id = 'ami-0d7b3c91e5';
    const document = await open('list.txt', `${id}\n`.repeat(count));
    await until(() => ours(document).length === count);
    const linesOfLenses = async () => (await lensesOf(document)).map(({ range }) => range.start.line);
    const first = await linesOfLenses();
    assert.deepEqual([first.length, first[0]], [500, 0]);
    const end = new vscode.Range(count, 0, count, 0);
    vscode.window.activeTextEditor?.revealRange(end);
    const last = await eventually(linesOfLenses, (lines) => lines.includes(count - 1));
    assert.deepEqual([last.length, last.at(-1)], [500, count - 1]);
  });

  it('is an id for which there is a newer image: the fix takes it', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const [old, newest] = [all.at(-2), all.at(-1)];
    assert.ok(old && newest);
    const document = await open('newer.sh', runs(old.id));
    const [found] = await reported(document, 'newer-image');
    assert.ok(found);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(document.getText(found.range), old.id);
    assert.equal(
      found.message,
      `There is a newer image of web-server-golden: ${newest.name} (${newest.id}), of ${newest.created.slice(0, 10)}.`,
    );
    const actions = await actionsAt(document, found.range);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        [`Replace with ${newest.name} (${newest.id}), of ${newest.created.slice(0, 10)}`, true],
        [`Show details of ${old.name} (${old.id})`, false],
        [`Show details of ${newest.name} (${newest.id})`, false],
        [`Copy ${newest.id}`, false],
      ],
    );
    await fix(document, found.range, /^Replace/);
    assert.equal(document.getText(), runs(newest.id));
    await reported(document);
  });

  it('is a deprecated image, struck through', async () => {
    const old = (await images('web-server-golden-2026*')).find(({ isDeprecated }) => isDeprecated);
    assert.ok(old);
    const document = await open('deprecated.sh', runs(old.id));
    const [found] = await reported(document, 'deprecated');
    assert.match(found?.message ?? '', /has been deprecated since \d{4}-\d\d-\d\d\.$/);
    assert.deepEqual(found?.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('is a disabled image', async () => {
    const { id, name } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await open('disabled.sh', runs(id));
    const [found] = await reported(document, 'disabled');
    assert.equal(found?.message, `${name} (${id}) is disabled: no instance can be launched from it.`);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('is an id of another region: the fix takes the image of that name in the right one', async () => {
    const ubuntu = 'ubuntu/images/*noble-24.04-arm64-server-*';
    const there = (await images(ubuntu, { owner: '099720109477', region: 'eu-west-1' })).at(-1);
    assert.ok(there);
    const here = await image(there.name, { owner: '099720109477' });
    await writeFile(join(folder, 'providers.tf'), '\nprovider "aws" {\n  region = "us-east-1"\n}\n');
    const text = (id: string) => `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`;
    await set(settings.regions, ['us-east-1', 'eu-west-1']);
    const document = await open('web.tf', text(there.id));
    try {
      // Where else it is becomes known a moment later.
      await until(() => ours(document)[0]?.message === `${there.id} is not in us-east-1, but in eu-west-1.`);
      const [found] = ours(document);
      assert.ok(found);
      await until(() => ours(document)[0]?.relatedInformation?.length === 1);
      const [related] = ours(document)[0]?.relatedInformation ?? [];
      assert.equal(related?.message, 'The region is us-east-1.');
      assert.equal(related?.location.uri.path.split('/').at(-1), 'providers.tf');
      assert.equal(related?.location.range.start.line, 2);
      await fix(document, found.range, /^Replace with/);
      assert.equal(document.getText(), text(here.id));
      await reported(document);
    } finally {
      await set(settings.regions, undefined);
    }
  });

  it('is an image that the instance type beside it does not run', async () => {
    const { id, name } = await image('edge-cache-arm64*').catch(() => image('*arm64*'));
    const document = await open('type.yaml', `region: us-east-1\nimage_id: ${id}\ninstance_type: t3.micro\n`);
    await until(() => ours(document).some((each) => ruleOf(each) === 'wrong-architecture'));
    const found = ours(document).find((each) => ruleOf(each) === 'wrong-architecture');
    assert.equal(found?.message, `${name} (${id}) is for arm64, which t3.micro does not run.`);
  });

  it('is a lookup without an owner, also where nothing is asked: the fix adds the one whose images it wants', async () => {
    const text = [
      "import { MachineImage } from 'aws-cdk-lib/aws-ec2';",
      'const image = MachineImage.lookup({',
      "  name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*',",
      '});',
      '',
    ].join('\n');
    const document = await open('stack.ts', text);
    const [found] = await reported(document, 'unsafe-lookup');
    assert.ok(found);
    assert.match(found.message, /^Anyone can publish an image that this lookup takes/);
    await fix(document, found.range, /^Add owner Canonical \(Ubuntu\), 099720109477$/);
    assert.match(document.getText(), /lookup\(\{\n {2}owners: \['099720109477'\],\n {2}name:/);
    await reported(document);
  });

  it('is a lookup of own images, whose owner EC2 knows', async () => {
    const text =
      "import { MachineImage } from 'aws-cdk-lib/aws-ec2';\nMachineImage.lookup({ name: 'web-server-golden-2*' });\n";
    const document = await open('own.ts', text);
    const [found] = await reported(document, 'unsafe-lookup');
    assert.ok(found);
    await fix(document, found.range, /^Add owner self$/);
    assert.match(document.getText(), /lookup\(\{ owners: \['self'\], name/);
  });

  it('is a malformed id, but no example', async () => {
    const document = await open(
      'ids.yaml',
      'image_id: ami-0a9b8c7d6e5f4a3b\n---\nimage_id: ami-12345678\n---\nimage_id: ami-xxxxxxxx\n',
    );
    const [found] = await reported(document, 'malformed-id');
    assert.equal(document.getText(found?.range), 'ami-0a9b8c7d6e5f4a3b');
  });

  it('is found in a text without a file, too', async () => {
    const { id } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const content = `region: us-east-1\nimage_id: ${id}\n`;
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    await reported(document, 'disabled');
  });

  it('can be put right for all ids of a file at once', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const newest = all.at(-1);
    const [a, b] = all;
    assert.ok(a && b && newest && b !== newest);
    const document = await open('all.sh', runs(a.id) + runs(b.id));
    const [found] = await reported(document, 'newer-image', 'newer-image');
    assert.ok(found);
    await fix(document, found.range, /^Replace all 2 AMI IDs in this file/);
    assert.equal(document.getText(), runs(newest.id) + runs(newest.id));
  });

  it('moves with the text, and goes when its setting is off, and when it is edited away', async () => {
    const { id } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await open('moves.sh', runs(id));
    await reported(document, 'disabled');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# one\n# two\n');
    await vscode.workspace.applyEdit(edit);
    await until(() => ours(document)[0]?.range.start.line === 2);
    await set(settings.diagnostics, false);
    await reported(document);
    await set(settings.diagnostics, true);
    await reported(document, 'disabled');
    const remove = new vscode.WorkspaceEdit();
    remove.delete(document.uri, new vscode.Range(2, 0, 3, 0));
    await vscode.workspace.applyEdit(remove);
    await reported(document);
    await vscode.commands.executeCommand('undo');
    await reported(document, 'disabled');
  });

  it('stands above the code in a few words, with what can be done', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const [old, newest] = [all.at(-2), all.at(-1)];
    const disabled = await image('reporting-service-disabled-*', { state: 'disabled' });
    assert.ok(old && newest);
    const text = runs(newest.id) + runs(old.id) + runs(disabled.id);
    const document = await open('lens.sh', text);
    await reported(document, 'newer-image', 'disabled');
    const titles = async () =>
      (await lensesOf(document)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    const expected = [
      `1: Newer image of ${newest.created.slice(0, 10)}`,
      `1: Replace with ${newest.id}`,
      '2: Disabled',
    ];
    assert.deepEqual(await eventually(titles, (shown) => shown.length === 3), expected);
    const replace = (await lensesOf(document)).find(({ command }) => command?.command === commands.applyFix);
    // The place of the lens is no longer where the text is.
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# moved\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand(commands.applyFix, ...(replace?.command?.arguments ?? []));
    assert.equal(document.getText(), `# moved\n${runs(newest.id)}${runs(newest.id)}${runs(disabled.id)}`);
    await set(settings.codeLens, false);
    assert.deepEqual(await eventually(titles, (shown) => shown.length === 0), []);
  });

  it('stands above a lookup, and adds the owner', async () => {
    const text =
      "import { MachineImage } from 'aws-cdk-lib/aws-ec2';\nMachineImage.lookup({ name: 'web-server-golden-2*' });\n";
    const document = await open('lens.ts', text);
    await reported(document, 'unsafe-lookup');
    const lenses = await eventually(
      async () => (await lensesOf(document)).filter(({ command }) => /Strangers|owner/.test(command?.title ?? '')),
      (shown) => shown.length === 2,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['Strangers can publish the image that this picks', 'Add owner…'],
    );
    await vscode.commands.executeCommand(commands.applyFix, ...(lenses[1]?.command?.arguments ?? []));
    assert.match(document.getText(), /lookup\(\{ owners: \['self'\], name/);
  });

  it('is told behind ids, where the setting is on', async () => {
    const [ubuntu] = await images('ubuntu/images/*noble-24.04-arm64-server-*', { owner: '099720109477' });
    const old = (await images('web-server-golden-2026*')).find(({ isDeprecated }) => isDeprecated);
    assert.ok(ubuntu && old);
    const text = `${runs(`"${ubuntu.id}"`)}${runs(old.id)}${runs('ami-0a1b2c3d4e5f60718', 'eu-west-1')}${runs(ubuntu.id, 'eu-west-1')}${runs('ami-12345678')}`;
    const document = await open('hints.sh', text);
    assert.deepEqual(await hintsOf(document), []);
    await set(settings.inlayHints, true);
    const hints = await eventually(
      () => hintsOf(document),
      (shown) => shown.length === 4,
    );
    const shown = hints.map(({ position, label }) => {
      const text = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
      return `${position.line}: ${text.replace(/\d+ (?:days?|months?|years?)/, 'AGE')}`;
    });
    assert.match(shown[0] ?? '', /^0: Ubuntu 24\.04 arm64 · AGE/);
    assert.match(shown[1] ?? '', /^1: web-server-\S*… x86_64 · AGE · deprecated$/);
    assert.equal(shown[2], '2: not in eu-west-1');
    // In full: the editor cuts what is longer.
    assert.equal(shown[3], '3: Ubuntu 24.04 arm64 · not in eu-west-1');
    // Behind the quotation mark.
    assert.equal(hints[0]?.position.character, document.lineAt(0).text.indexOf(ubuntu.id) + ubuntu.id.length + 1);
    await set(settings.inlayHints, false);
    assert.deepEqual(
      await eventually(
        () => hintsOf(document),
        (left) => left.length === 0,
      ),
      [],
    );
  });

  it('is told of every one of a thousand references, soon', async () => {
    const { id } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await open('many.yaml', `- region: us-east-1\n  image_id: ${id}\n`.repeat(1_000));
    await until(() => ours(document).length === 1_000);
    const start = performance.now();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '#\n');
    await vscode.workspace.applyEdit(edit);
    await until(() => ours(document)[0]?.range.start.line === 2);
    const time = performance.now() - start;
    console.log(`1,000 references, from an edit to their reports: ${Math.round(time)} ms`);
    assert.ok(time < 10_000, `${time} ms`);
  });
});
