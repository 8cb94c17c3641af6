import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

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
    ['access-denied', /^Access denied\./],
    ['throttled', /^Too many requests\./],
    ['html', /^AWS is unavailable\. HTTP 502/],
    ['cut', /^The endpoint could not be reached/],
    ['expired-credentials', /^The credentials have expired\./],
  ] as const)('%s: says what failed in its place, and Retry brings it back', async (fault, words) => {
    const { workbench, server } = editor;
    server.faults.add({ kind: fault, action: 'DescribeImages' });
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    const failed = workbench.row('Images', words);
    await failed.waitFor();
    await expect.poll(() => failed.getAttribute('aria-label')).toContain('DescribeImages in us-east-1: ');
    await workbench.row('Instances', 'data-node-1').waitFor();
    server.faults.clear();
    await workbench.inlineButton(failed, 'Retry');
    await workbench.row('Images', 'web-server-golden').waitFor();
  });

  it('leaves other regions usable: one that is not opted in', async () => {
    const { workbench } = editor;
    await workbench.reveal('Instances', workbench.row('Instances', /^This region is not enabled for the account/));
    await workbench.reveal('Instances', workbench.row('Instances', 'eu-west-1'));
    await expectShown(workbench.row('Instances', 'eu-west-1'));
  });
});

describe('a region that never answers', () => {
  const asked = (action: string) => editor.server.requests.filter((request) => request.action === action);
  const regionsAsked = (action: string) => new Set(asked(action).map(({ region }) => region));

  it('holds no other up, at Refresh and at the next one', async () => {
    const { workbench, server } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'web-server-golden').waitFor();
    server.faults.add({ kind: 'hang', region: 'eu-west-1' });
    for (let round = 0; round < 3; round += 1) {
      server.requests.length = 0;
      await workbench.command('Refresh');
      await expect.poll(() => regionsAsked('DescribeInstances')).toContain('us-east-1');
      await expect.poll(() => regionsAsked('DescribeInstances')).toContain('eu-west-1');
      await expect.poll(() => regionsAsked('DescribeImages')).toContain('us-east-1');
      await workbench.row('Images', 'web-server-golden').waitFor();
      await workbench.reveal('Instances', workbench.row('Instances', 'Loading…'));
      await workbench.row('Instances', 'windows-bastion').waitFor();
    }
    server.faults.clear();
    await workbench.command('Refresh');
    await expect.poll(() => workbench.row('Instances', 'Loading…').isVisible()).toBe(false);
  });
});

describe('a listing that does not lead to its end', () => {
  it('shows what came, does not call it all, and says why', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'same-token', action: 'DescribeImages', region: 'us-east-1' });
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'web-server-golden').waitFor();
    await expect.poll(() => workbench.row('Images', 'Owned by me').innerText()).toMatch(/\d\+/);
    await workbench.reveal('Images', workbench.row('Images', /^The list could not be loaded completely/));
    server.faults.clear();
    await workbench.inlineButton(workbench.row('Images', /^The list could not be loaded completely/), 'Retry');
    await expect.poll(() => workbench.row('Images', 'Owned by me').innerText()).toMatch(/\d$/);
  });

  it('is no empty list where the answer is empty', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'empty-body', region: 'us-east-1' });
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', /^The response is not valid/).waitFor();
    await workbench.row('Instances', /^The response is not valid/).waitFor();
    server.faults.clear();
    await workbench.command('Refresh');
    await expectShown(workbench.row('Images', 'web-server-golden'));
  });
});

describe('Refresh of one node', () => {
  it('asks for that node only', async () => {
    const { workbench, server } = editor;
    const owned = workbench.row('Images', 'Owned by me');
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'web-server-golden').waitFor();
    await untilQuiet(server);
    server.requests.length = 0;
    await workbench.inlineButton(owned, 'Refresh');
    await expect.poll(() => server.requests.length).toBeGreaterThan(0);
    await untilQuiet(server);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ action: 'DescribeImages', region: 'us-east-1' });
  });
});
