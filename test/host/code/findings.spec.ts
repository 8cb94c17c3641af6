import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../../src/contributions/settings.ts';
import { eventually, extension, until } from '../extension.ts';
import { filesOfTest } from '../filesOfTest.ts';
import { image, images, lensesOf, ours, reported, ruleOf, runs, type Sought, set } from './shownFindings.ts';

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
  // What takes a question to EC2 is offered once that is answered.
  const actions = await eventually(
    () => actionsAt(document, range),
    (offered) => offered.some((each) => title.test(each.title)),
  );
  const action = actions.find((each) => title.test(each.title));
  assert.ok(action?.edit, `${title}: ${actions.map((each) => each.title).join(' | ')}`);
  await vscode.workspace.applyEdit(action.edit);
}

describe('what is wrong with images in code', () => {
  const { write, show } = filesOfTest();

  before(extension);
  afterEach(async () => {
    for (const name of [settings.diagnostics, settings.codeLens, settings.inlayHints]) await set(name, undefined);
  });

  it('is an id for which there is a newer image: the fix takes it', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const [old, newest] = [all.at(-2), all.at(-1)];
    assert.ok(old && newest);
    const document = await show('newer.sh', runs(old.id));
    const [found] = await reported(document, 'newer-image');
    assert.ok(found);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(document.getText(found.range), old.id);
    assert.equal(
      found.message,
      `A newer image of web-server-golden is available: ${newest.name} (${newest.id}), created on ${newest.created.slice(0, 10)}.`,
    );
    const actions = await eventually(
      () => actionsAt(document, found.range),
      (offered) => offered.length === 2,
    );
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        [`Replace with ${newest.name} (${newest.id}), created on ${newest.created.slice(0, 10)}`, true],
        [`Show details of ${newest.name} (${newest.id})`, false],
      ],
    );
    await fix(document, found.range, /^Replace/);
    assert.equal(document.getText(), runs(newest.id));
    await reported(document);
  });

  it('is a deprecated image, struck through', async () => {
    const old = (await images('web-server-golden-2026*')).find(({ isDeprecated }) => isDeprecated);
    assert.ok(old);
    const document = await show('deprecated.sh', runs(old.id));
    const [found] = await reported(document, 'deprecated');
    assert.match(found?.message ?? '', /was deprecated on \d{4}-\d\d-\d\d\.$/);
    assert.deepEqual(found?.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('is a disabled image', async () => {
    const { id, name } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await show('disabled.sh', runs(id));
    const [found] = await reported(document, 'disabled');
    assert.equal(found?.message, `${name} (${id}) is disabled: instances cannot be launched from it.`);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('is an id of another region: the fix takes the image of that name in the right one', async () => {
    const ubuntu = 'ubuntu/images/*noble-24.04-arm64-server-*';
    const there = (await images(ubuntu, { owner: '099720109477', region: 'eu-west-1' })).at(-1);
    assert.ok(there);
    const here = await image(there.name, { owner: '099720109477' });
    await write('providers.tf', '\nprovider "aws" {\n  region = "us-east-1"\n}\n');
    const text = (id: string) => `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`;
    await set(settings.regions, ['us-east-1', 'eu-west-1']);
    const document = await show('web.tf', text(there.id));
    try {
      // Where else it is becomes known a moment later.
      await until(
        () => ours(document)[0]?.message === `${there.id} was not found in us-east-1, but exists in eu-west-1.`,
      );
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
    const document = await show('type.yaml', `region: us-east-1\nimage_id: ${id}\ninstance_type: t3.micro\n`);
    await until(() => ours(document).some((each) => ruleOf(each) === 'wrong-architecture'));
    const found = ours(document).find((each) => ruleOf(each) === 'wrong-architecture');
    assert.equal(found?.message, `${name} (${id}) is built for arm64, which t3.micro instances do not support.`);
  });

  it('is an image that the instance type does not run: the fix takes the one of its family that fits', async () => {
    const noble = (architecture: string) =>
      images(`ubuntu/images/*noble-24.04-${architecture}-server-*`, { owner: '099720109477' });
    const [x86, arm] = [(await noble('amd64')).at(-1), (await noble('arm64')).at(-1)];
    assert.ok(x86 && arm);
    const text = (id: string) => `region: us-east-1\nimage_id: ${id}\ninstance_type: t4g.micro\n`;
    const document = await show('fits.yaml', text(x86.id));
    const [found] = await reported(document, 'wrong-architecture');
    assert.ok(found);
    assert.equal(
      found.message,
      `${x86.name} (${x86.id}) is built for x86_64, which t4g.micro instances do not support.`,
    );
    const expected = ['Built for x86_64, which t4g.micro does not support', 'Replace with the image for t4g.micro…'];
    const titles = await eventually(
      async () => (await lensesOf(document)).map(({ command }) => command?.title),
      (shown) => shown.join() === expected.join(),
    );
    assert.deepEqual(titles, expected);
    await fix(document, found.range, /^Replace with/);
    assert.equal(document.getText(), text(arm.id));
    await reported(document);
  });

  const states: readonly (readonly [string, string, Sought, string, RegExp, vscode.DiagnosticSeverity])[] = [
    [
      ...(['that has failed', 'nightly-snapshot-*-failed', { state: 'failed' }, 'unusable'] as const),
      ...([
        /^Instances cannot be launched from .*: its state is “failed”\.$/,
        vscode.DiagnosticSeverity.Error,
      ] as const),
    ],
    [
      ...(['that is still being made', '*-pending', { state: 'pending' }, 'unusable'] as const),
      ...([/ is pending: it is still being created\.$/, vscode.DiagnosticSeverity.Information] as const),
    ],
    [
      ...(['of a stranger', '*', { owner: '341275689012' }, 'unverified-publisher'] as const),
      ...([/ is a public image from 341275689012, which is neither/, vscode.DiagnosticSeverity.Information] as const),
    ],
  ];
  for (const [what, name, sought, rule, message, severity] of states) {
    it(`is an image ${what}`, async () => {
      const { id } = await image(name, sought);
      const document = await show('state.sh', runs(id));
      await until(() => ours(document).some((each) => ruleOf(each) === rule));
      const found = ours(document).find((each) => ruleOf(each) === rule);
      assert.match(found?.message ?? '', message);
      assert.equal(found?.severity, severity);
    });
  }

  it('is an id that nobody knows, which need not mean that there is none', async () => {
    const document = await show('nobody.sh', runs('ami-0b1f2e3d4c5b6a798'));
    const [found] = await reported(document, 'not-found');
    assert.equal(
      found?.message,
      'ami-0b1f2e3d4c5b6a798 was not found in us-east-1, or is not shared with this account.',
    );
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('is a lookup without an owner, also where nothing is asked: the fix adds the one whose images it wants', async () => {
    const text = [
      "import { MachineImage } from 'aws-cdk-lib/aws-ec2';",
      'const image = MachineImage.lookup({',
      "  name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*',",
      '});',
      '',
    ].join('\n');
    const document = await show('stack.ts', text);
    const [found] = await reported(document, 'unsafe-lookup');
    assert.ok(found);
    assert.match(found.message, /^This lookup can pick an image that anyone has published/);
    await fix(document, found.range, /^Add owner Canonical \(Ubuntu\), 099720109477$/);
    assert.match(document.getText(), /lookup\(\{\n {2}owners: \['099720109477'\],\n {2}name:/);
    await reported(document);
  });

  it('is a lookup of own images, whose owner EC2 knows', async () => {
    const text =
      "import { MachineImage } from 'aws-cdk-lib/aws-ec2';\nMachineImage.lookup({ name: 'web-server-golden-2*' });\n";
    const document = await show('own.ts', text);
    const [found] = await reported(document, 'unsafe-lookup');
    assert.ok(found);
    await fix(document, found.range, /^Add owner self$/);
    assert.match(document.getText(), /lookup\(\{ owners: \['self'\], name/);
  });

  it('is nothing that a comment ignores', async () => {
    const text = 'a: ami-0a1b2c3d4e5f6071\n# ami-explorer: ignore malformed-id\nb: ami-0a1b2c3d4e5f6071\n';
    const document = await show('ignored.yaml', text);
    const [found] = await reported(document, 'malformed-id');
    assert.equal(found?.range.start.line, 0);
    const lenses = await eventually(
      () => lensesOf(document),
      (shown) => shown.length === 1,
    );
    assert.equal(lenses.length, 1);
  });

  it('is a malformed id, but no example', async () => {
    const document = await show(
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
    const document = await show('all.sh', runs(a.id) + runs(b.id));
    const [found] = await reported(document, 'newer-image', 'newer-image');
    assert.ok(found);
    await fix(document, found.range, /^Replace all 2 AMI IDs in this file/);
    assert.equal(document.getText(), runs(newest.id) + runs(newest.id));
  });

  it('moves with the text, and goes when its setting is off, and when it is edited away', async () => {
    const { id } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await show('moves.sh', runs(id));
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

  it('is told of every one of a thousand references, soon', async () => {
    const { id } = await image('reporting-service-disabled-*', { state: 'disabled' });
    const document = await show('many.yaml', `- region: us-east-1\n  image_id: ${id}\n`.repeat(1_000));
    await until(() => ours(document).length === 1_000);
    const start = performance.now();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '#\n');
    await vscode.workspace.applyEdit(edit);
    await until(() => ours(document)[0]?.range.start.line === 2);
    const time = performance.now() - start;
    console.log(`1,000 references, from an edit to their reports: ${Math.round(time)} ms`);
    assert.ok(time < 30_000, `${time} ms`);
  });
});
