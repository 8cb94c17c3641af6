import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

const list = () => editor.workbench.page.locator('.quick-input-widget:visible .quick-input-list');
const highlighted = () => list().locator('.monaco-list-row.focused');
const separators = () => list().locator('.quick-input-list-separator:visible').allInnerTexts();

/** The search begins after a pause in the typing: no progress is shown before, either. */
async function searched(): Promise<void> {
  await untilQuiet(editor.server);
  await expectGone(editor.workbench.page.locator('.quick-input-widget:visible .monaco-progress-container.active'));
}

describe('Find Image…', () => {
  it('highlights the first image whatever arrives, and opens it as a preview that the next one takes over', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.contextMenu(workbench.imageRow(/web-server-golden-2026/), 'Pin Image');
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.findImage('web server golden');
    await expectShown(workbench.quickPickRow('web-server-golden-2026'));
    await searched();
    const first = list().locator('.monaco-list-row', { hasText: 'ami-' }).first();
    const name = (await first.locator('.label-name').first().innerText()).trim();
    await expect.poll(() => highlighted().innerText()).toContain(name);
    await workbench.accept();
    await workbench.tab(name).waitFor();
    await workbench.webview().getByRole('heading', { name }).first().waitFor();
    await expectShown(workbench.webview().getByRole('button', { name: 'Keep Open' }));
    await workbench.findImage('noble arm64 server');
    await workbench.quickPickRow(/ubuntu-noble-24\.04-arm64-server/).waitFor();
    await searched();
    await workbench.accept();
    await workbench.tab(/ubuntu-noble-24\.04-arm64/).waitFor();
    await expectGone(workbench.tab(name));
  });

  it('offers what is pinned and what was opened, over a reload too', async () => {
    const { workbench } = editor;
    await workbench.reloadWindow();
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Pinned').waitFor();
    await workbench.command('Find Image…');
    await expectShown(workbench.quickPickRow(/ubuntu-noble-24\.04-arm64-server/));
    await expect.poll(separators).toEqual(['Pinned', 'Recently opened']);
    await workbench.dismissQuickInput();
  });

  it('shows verified publishers before unverified owners, and each region once', async () => {
    const { workbench } = editor;
    await workbench.findImage('windows server 2022');
    await workbench.quickPickRow('Microsoft Windows Server').waitFor();
    await searched();
    const first = list().locator('.monaco-list-row', { hasText: 'ami-' }).first();
    await expect.poll(() => first.innerText()).toContain('Microsoft Windows Server');
    await expect.poll(async () => (await first.innerText()).match(/us-east-1/g)).toHaveLength(1);
    await workbench.dismissQuickInput();
  });

  it('says whose image it is when one of an unverified owner is inserted', async () => {
    const { workbench } = editor;
    await workbench.openFile('main.tf');
    await workbench.findImage('owner:341275689012 noble');
    const stranger = workbench.quickPickRow('unverified owner');
    await stranger.waitFor();
    await workbench.quickPickButton(stranger, 'Insert AMI ID at Cursor');
    await expectShown(workbench.notification(/unverified owner \d{12}/));
    await workbench.dismissQuickInput();
  });
});

describe('the filter', () => {
  it('is in force while it is typed, without asking EC2 for public images, and Escape takes it back', async () => {
    const { workbench, server } = editor;
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'Owned by me').waitFor();
    server.requests.length = 0;
    await workbench.typeFor('Filter Images…', 'golden');
    await expectShown(workbench.view('Images').getByText('Filter: golden'));
    // The branches of the first hit are open, and closed ones tell how many they have.
    await workbench.row('Images', /^web-server-golden/).waitFor();
    await expect.poll(async () => (await workbench.row('Images', 'Shared with me').innerText()).trim()).toMatch(/\d/);
    await workbench.page.keyboard.press('Escape');
    await expectGone(workbench.view('Images').getByText('Filter: golden'));
    const asked = server.requests.filter(({ params }) => params['ExecutableBy.1'] === 'all');
    expect(asked).toEqual([]);
  });

  it('is there to be refined, and counts public images once it is accepted', async () => {
    const { workbench } = editor;
    await workbench.typeFor('Filter Images…', 'noble arm64');
    await workbench.accept();
    await workbench.view('Images').getByText('Filter: noble arm64').waitFor();
    await workbench.reveal('Images', workbench.row('Images', 'Public'));
    await expect.poll(async () => workbench.row('Images', 'Public').innerText()).toMatch(/Public\s*\d/);
    await workbench.command('Filter Images…');
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('noble arm64');
    await workbench.dismissQuickInput();
    await workbench.view('Images').getByText('Filter: noble arm64').waitFor();
    await workbench.command('Clear Filter');
    await workbench.reveal('Images', workbench.row('Images', 'Latest'));
  });

  it('searches the Marketplace alone from its row', async () => {
    const { workbench, server } = editor;
    await workbench.expand('Images', 'Public', 'AWS Marketplace');
    server.requests.length = 0;
    await workbench.row('Images', 'Search its images…').click();
    await expect.poll(() => workbench.quickInput().inputValue()).toBe('owner:"aws marketplace" ');
    await workbench.quickInput().pressSequentially('a');
    await workbench.accept();
    await workbench.view('Images').getByText('Filter: owner:"aws marketplace" a').waitFor();
    const asked = () => server.requests.filter(({ params }) => params['ExecutableBy.1'] === 'all');
    await expect.poll(() => asked().length).toBeGreaterThan(0);
    expect(asked().map(({ params }) => params['Owner.1'])).toEqual(asked().map(() => 'aws-marketplace'));
    await workbench.command('Clear Filter');
  });
});

describe('Find Image… before there is a connection', () => {
  const keys = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 'example' });
  const config = `[profile slow]
region = us-east-1
endpoint_url = SERVER
credential_process = sh -c "sleep 8; echo $SLOW_KEYS"
`;

  it('takes what is typed, and searches for it once there is one', async () => {
    const slow = await openEditor({ env: { AWS_PROFILE: 'slow', SLOW_KEYS: keys }, awsFiles: { config } });
    try {
      const { workbench } = slow;
      await workbench.openFile('main.tf');
      const before = await workbench.editorText();
      await workbench.findImage('web-server-golden');
      await expectShown(workbench.quickPickRow('Loading…'));
      await expectShown(workbench.quickPickRow('web-server-golden-20261114'));
      expect(await workbench.quickInput().inputValue()).toBe('web-server-golden');
      await workbench.dismissQuickInput();
      expect(await workbench.editorText()).toBe(before);
    } finally {
      await slow.close();
    }
  });
});
