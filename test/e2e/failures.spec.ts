import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor({ settings: { 'amiExplorer.regions': ['us-east-1', 'ap-east-1', 'eu-west-1'] } });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterEach(() => editor.server.faults.clear());
afterAll(() => editor?.close());

describe('a node that fails', () => {
  it.each([
    ['access-denied', 'access denied'],
    ['throttled', 'fewer requests'],
    ['html', "not EC2's"],
    ['cut', 'could not be reached'],
    ['expired-credentials', 'expired'],
  ] as const)('%s: says what failed in its place, and Retry brings it back', async (fault, words) => {
    const { workbench, server } = editor;
    server.faults.add({ kind: fault, action: 'DescribeImages' });
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    const failed = workbench.row('Images', /DescribeImages in us-east-1/);
    await failed.waitFor();
    expect(await failed.innerText()).toContain(words);
    await workbench.row('Instances', 'data-node-1').waitFor();
    server.faults.clear();
    await workbench.inlineButton(failed, 'Retry');
    await workbench.row('Images', 'web-server-golden').waitFor();
  });

  it('leaves other regions usable: one that is not opted in', async () => {
    const { workbench } = editor;
    await workbench.reveal('Instances', workbench.row('Instances', /account has not opted in/));
    await workbench.reveal('Instances', workbench.row('Instances', 'eu-west-1'));
  });
});

describe('Refresh of one node', () => {
  it('asks for that node only', async () => {
    const { workbench, server } = editor;
    const owned = workbench.row('Images', 'Owned by me');
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'web-server-golden').waitFor();
    server.requests.length = 0;
    await workbench.inlineButton(owned, 'Refresh');
    await expect.poll(() => server.requests.length).toBe(1);
    expect(server.requests[0]).toMatchObject({ action: 'DescribeImages', region: 'us-east-1' });
  });
});
