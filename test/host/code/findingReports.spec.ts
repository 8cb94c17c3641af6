import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, extension, pause, until } from '../extension.ts';
import { filesOfTest } from '../filesOfTest.ts';
import { addFault, clearFaults, requests } from '../sampleDoor.ts';
import { hoverText } from './hoverText.ts';
import { image, ours, reported, runs } from './shownFindings.ts';

describe('what is wrong with images in code', () => {
  const { show } = filesOfTest();
  /** Of an image that no instance can be launched from. */
  let disabled: string;

  before(async () => {
    await extension();
    disabled = (await image('reporting-service-disabled-*', { state: 'disabled' })).id;
  });
  afterEach(clearFaults);

  const failures = [
    ['is denied', { kind: 'access-denied', region: 'eu-west-3' }],
    ['is closed to the account', { kind: 'not-opted-in', region: 'eu-north-1' }],
    ['refuses too many requests', { kind: 'throttled', region: 'ca-central-1' }],
    ['answers with a page of a proxy', { kind: 'html', region: 'sa-east-1' }],
  ] as const;
  for (const [what, fault] of failures) {
    it(`is nothing in a region that ${what}`, async () => {
      await addFault({ ...fault, action: 'DescribeImages' });
      const missing = 'ami-0b1f2e3d4c5b6a798';
      const document = await show('fails.sh', runs(disabled) + runs(missing, fault.region));
      await until(() => ours(document).length > 0);
      const place = document.positionAt(document.getText().indexOf(missing) + 2);
      const { plain } = await eventually(
        () => hoverText(document, place),
        (shown) => /DescribeImages|opted/.test(shown.plain),
      );
      assert.match(plain, new RegExp(`(?:DescribeImages in ${fault.region}|opted)`));
      assert.doesNotMatch(plain, /Not found in|not shared/);
      await reported(document, 'disabled');
    });
  }

  it('is reported again only where it is another, or may no longer be drawn', async () => {
    const document = await show('again.sh', `# \n${runs(disabled)}# end\n`);
    await reported(document, 'disabled');
    const told = () => JSON.stringify(ours(document).map(({ range, message }) => [range, message]));
    /** What has been reported, from what was before on. */
    let reports = [told()];
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((uri) => uri.toString() === document.uri.toString())) reports.push(told());
    });
    // What becomes known of an image late is another report.
    const repeated = () => reports.filter((report, index) => report === reports[index - 1]);
    const edited = async (change: (edit: vscode.WorkspaceEdit) => void) => {
      reports = [told()];
      const edit = new vscode.WorkspaceEdit();
      change(edit);
      await vscode.workspace.applyEdit(edit);
    };
    try {
      // Settles what is asked after the opening.
      await until(async () => {
        const before = (await requests()).length;
        await pause(1_500);
        return (await requests()).length === before;
      });
      await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 2), 'a word'));
      await pause(1_500);
      assert.deepEqual(repeated(), []);
      await edited((edit) => edit.insert(document.uri, new vscode.Position(2, 0), '# more\n'));
      await pause(1_500);
      assert.deepEqual(repeated(), []);
      await edited((edit) => edit.insert(document.uri, new vscode.Position(0, 0), '# one\n'));
      await until(() => ours(document)[0]?.range.start.line === 2);
      // The editor tells of reports a moment after they are made.
      await pause(500);
      assert.deepEqual(repeated(), []);
      // The editor no longer draws what was deleted, also where it comes back before anybody looks.
      await edited((edit) => edit.delete(document.uri, new vscode.Range(2, 0, 2, runs(disabled).length - 1)));
      await vscode.commands.executeCommand('undo');
      await until(() => reports.length > 1 && ours(document).length === 1);
    } finally {
      listening.dispose();
    }
  });
});
