import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions/commands.ts';
import { settings } from '../../../src/contributions/settings.ts';
import { eventually, extension, until } from '../extension.ts';
import { filesOfTest } from '../filesOfTest.ts';
import { image, images, lensesOf, ours, reported, runs, set } from './shownFindings.ts';

async function hintsOf(document: vscode.TextDocument): Promise<readonly vscode.InlayHint[]> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
  );
}

describe('what is wrong with images, beside the code', () => {
  const { show } = filesOfTest();

  before(extension);
  afterEach(async () => {
    for (const name of [settings.diagnostics, settings.codeLens, settings.inlayHints]) await set(name, undefined);
  });

  it('is told of each reference of a long list, with lenses around what is seen', async () => {
    const count = 1_200;
    const id = 'ami-0d7b3c91e5';
    // Far enough from each other to have a lens each.
    const document = await show('list.txt', `${id}\n\n\n\n\n`.repeat(count));
    await until(() => ours(document).length === count);
    const linesOfLenses = async () => (await lensesOf(document)).map(({ range }) => range.start.line);
    const first = await eventually(linesOfLenses, (lines) => lines.length === 200);
    assert.deepEqual([first.length, first[0]], [200, 0]);
    const line = (count - 1) * 5;
    vscode.window.activeTextEditor?.revealRange(new vscode.Range(line, 0, line, 0));
    const last = await eventually(linesOfLenses, (lines) => lines.includes(line));
    assert.deepEqual([last.length, last.at(-1)], [200, line]);
  });

  it('has one lens above ids that stand close to each other, which replaces all that have newer images', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const [oldest, newest] = [all[0], all.at(-1)];
    assert.ok(oldest && newest);
    const gone = ['ami-0a1b2c3d4e5f60718', 'ami-0a1b2c3d4e5f60719'];
    const ids = [gone[0], oldest.id, oldest.id, oldest.id, gone[1]];
    const text = `# at the top\n${ids.map((id) => `us-east-1: ${id}\n`).join('')}`;
    const document = await show('amis.yaml', text);
    await reported(document, 'not-found', 'newer-image', 'newer-image', 'newer-image', 'not-found');
    const titles = async () =>
      (await lensesOf(document)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    assert.deepEqual(await eventually(titles, (shown) => shown.length === 2), [
      '1: AMI IDs: 2 not found, 3 with newer images',
      '1: Replace 3 AMI IDs with their newer images',
    ]);
    const commandsOfLenses = async () => (await lensesOf(document)).map(({ command }) => command?.command);
    assert.deepEqual(await commandsOfLenses(), ['workbench.actions.view.problems', commands.applyFix]);
    // Where no problems are reported, there are none to show.
    await set(settings.diagnostics, false);
    const shown = await eventually(commandsOfLenses, ([first]) => first === '');
    assert.deepEqual(shown, ['', commands.applyFix]);
    const replace = (await lensesOf(document)).find(({ command }) => command?.command === commands.applyFix);
    const run = () => vscode.commands.executeCommand(commands.applyFix, ...(replace?.command?.arguments ?? []));
    await run();
    const replaced = text.replaceAll(oldest.id, newest.id);
    assert.equal(document.getText(), replaced);
    // Nothing is left of what it was about.
    await run();
    assert.equal(document.getText(), replaced);
  });

  it('stands above the code in a few words, with what can be done', async () => {
    const all = (await images('web-server-golden-2026*')).filter(({ isDeprecated }) => !isDeprecated);
    const [old, newest] = [all.at(-2), all.at(-1)];
    const disabled = await image('reporting-service-disabled-*', { state: 'disabled' });
    assert.ok(old && newest);
    const text = runs(newest.id) + runs(old.id) + runs(disabled.id);
    const document = await show('lens.sh', text);
    await reported(document, 'newer-image', 'disabled');
    const titles = async () =>
      (await lensesOf(document)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    const expected = [
      `1: Newer image available (${newest.created.slice(0, 10)})`,
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
    const document = await show('lens.ts', text);
    await reported(document, 'unsafe-lookup');
    const lenses = await eventually(
      async () => (await lensesOf(document)).filter(({ command }) => /Strangers|owner/.test(command?.title ?? '')),
      (shown) => shown.length === 2,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['No owner: anyone can publish a matching image', 'Add owner…'],
    );
    await vscode.commands.executeCommand(commands.applyFix, ...(lenses[1]?.command?.arguments ?? []));
    assert.match(document.getText(), /lookup\(\{ owners: \['self'\], name/);
  });

  it('is told behind ids, where the setting is on', async () => {
    const [ubuntu] = await images('ubuntu/images/*noble-24.04-arm64-server-*', { owner: '099720109477' });
    const old = (await images('web-server-golden-2026*')).find(({ isDeprecated }) => isDeprecated);
    assert.ok(ubuntu && old);
    const text = `${runs(`"${ubuntu.id}"`)}${runs(old.id)}${runs('ami-0a1b2c3d4e5f60718', 'eu-west-1')}${runs(ubuntu.id, 'eu-west-1')}${runs('ami-12345678')}`;
    const document = await show('hints.sh', text);
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
    assert.match(shown[1] ?? '', /^1: web-server-golden x86_64 · deprecated$/);
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
});
