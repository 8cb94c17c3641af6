import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strangersTexts, unseenIn } from '../core/hostile.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

/** What all strangers write here: XML 1.0 has no place for the controls among it. */
const hostile = strangersTexts.join(' ').replace(/[^\P{Cc}\n\u0085]/gu, '');

/** Begins every such text, so that it is found on the screen. */
const mark = 'Stranger';

/** What is harmless looks so: a link as it was written, an icon, an entity. */
const asWritten = [
  '<https:evil.example/login>',
  '&amp; &#x202e;evil',
  'command:workbench.action.quit',
  '‹U+202E›gpj.exe',
];

let editor: Editor;
let proxy: Server;

/** Stands between the editor and the sample account, and lets names, tags and an image's description be a stranger's. */
function hostileProxy(target: () => string): Server {
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const { host: _, 'content-length': __, ...headers } = request.headers;
    const answer = await fetch(target(), {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    const text = `${mark} ${hostile}`.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
    const body = (await answer.text())
      .replace(/<name>payments-api-[^<]*<\/name>/g, `<name>${text}</name><description>${text}</description>`)
      .replaceAll('<value>web-1</value>', `<value>${text}</value>`)
      .replaceAll('<message>HOSTILE</message>', `<message>${text}</message>`)
      .replaceAll('<Message>HOSTILE</Message>', `<Message>${text}</Message>`);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
    response.end(body);
  });
}

beforeAll(async () => {
  proxy = hostileProxy(() => editor.server.url);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  editor = await openEditor({
    env: localEndpoint(url),
    settings: {
      'amiExplorer.publishers': [{ name: `${mark} publisher ${hostile}`, ownerIds: ['111122223333'] }],
    },
  });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(async () => {
  await editor?.close();
  await new Promise((resolve) => proxy.close(resolve));
});

/** That nothing in there is a link, an icon or a character that nobody sees, and that the text is there. */
async function expectHarmless(place: Locator, words: readonly string[] = asWritten): Promise<void> {
  await place.getByText(mark).first().waitFor();
  const texts = await place.evaluateAll((elements) => {
    const found: string[] = [];
    for (const element of elements) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
        if (node instanceof Element) {
          found.push(...[...node.attributes].map(({ value }) => value));
        } else {
          found.push(node.nodeValue ?? '');
        }
      }
    }
    return found.filter((text) => text.includes('evil') || text.includes('Stranger'));
  });
  expect(texts.flatMap((text) => unseenIn(text).map((character) => `${character} in ${text}`))).toEqual([]);
  const links = await place
    .locator('a')
    .evaluateAll((elements) =>
      elements.flatMap((element) =>
        [element.getAttribute('href'), element.getAttribute('data-href')].filter((href) => href && href !== '#'),
      ),
    );
  expect(links.filter((href) => /evil|quit/.test(href ?? ''))).toEqual([]);
  expect(await place.locator('.codicon-trash, img, script').count()).toBe(0);
  const all = texts.join('\n').replaceAll('\u200a', '');
  for (const word of words) {
    expect(all).toContain(word);
  }
}

/** A picture for whoever looks at the surfaces. */
async function picture(name: string): Promise<void> {
  await editor.workbench.screenshot(`strangers-text-${name}`);
}

describe('a text of strangers is harmless, and seen', () => {
  it('in the trees, with what is read out', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', mark).waitFor();
    await workbench.expand('Images', mark);
    await expectHarmless(workbench.view('Images'));
    await expectHarmless(workbench.view('Instances'));
    await picture('trees');
  });

  it('in tooltips', async () => {
    const { workbench } = editor;
    const image = workbench.view('Images').locator('.monaco-list-row[aria-level="4"]', { hasText: mark }).first();
    await image.hover();
    const card = workbench.page.locator('.workbench-hover', { hasText: 'AMI ID' });
    await expectHarmless(card);
    await picture('tooltip');
    await workbench.page.mouse.move(700, 500);
    await card.waitFor({ state: 'hidden' });
    await workbench.row('Instances', mark).hover();
    await expectHarmless(workbench.page.locator('.workbench-hover', { hasText: 'Instance ID' }));
    await workbench.page.mouse.move(700, 500);
  });

  it('in tab titles and details, and is copied as it is', async () => {
    const { workbench } = editor;
    await workbench.view('Images').locator('.monaco-list-row[aria-level="4"]', { hasText: mark }).first().click();
    await workbench.tab(mark).waitFor();
    await expectHarmless(workbench.page.locator('.tabs-container'));
    const page = workbench.webview();
    await page.getByRole('heading', { name: mark }).first().waitFor();
    await expectHarmless(page.locator('body'));
    const copied = await workbench.clipboardAfter(() =>
      page.getByRole('button', { name: 'Copy Name' }).first().press('Enter'),
    );
    expect(copied).toBe(`${mark} ${hostile}`);
    await picture('details');
  });

  it('in Find Image…', async () => {
    const { workbench } = editor;
    await workbench.findImage(mark);
    await workbench.quickPickRow(mark).waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'));
    await picture('find');
    await workbench.dismissQuickInput();
  });

  it('in the steps of Create Image…', async () => {
    const { workbench } = editor;
    await workbench.contextMenu(workbench.row('Instances', mark), 'Create Image…');
    await workbench.quickInputTitle().getByText('Name').waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'));
    await workbench.answer('harmless');
    for (const step of ['Description', 'Reboot', 'Volumes', 'Tags of the Image', 'Tags of the Snapshots']) {
      await workbench.quickInputTitle().getByText(step).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await workbench.quickInputTitle().getByText('Review').waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'), []);
    await picture('review');
    editor.server.faults.add({ kind: 'error', action: 'CreateImage', code: 'Hostile$(trash)', message: 'HOSTILE' });
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPickRow(mark).waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'), []);
    editor.server.faults.clear();
    await workbench.dismissQuickInput();
  });

  it('in the errors of an endpoint, wherever they are shown', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'error', action: 'DescribeImages', code: 'Hostile$(trash)', message: 'HOSTILE' });
    await workbench.webview().getByRole('button', { name: 'Refresh' }).click();
    await workbench.webview().getByRole('alert').waitFor();
    await expectHarmless(workbench.webview().getByRole('alert'), ['<https:evil.example/login>']);
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    const row = workbench.row('Images', /DescribeImages in us-east-1/);
    await row.waitFor();
    await expectHarmless(workbench.view('Images'), ['‹U+202E›gpj.exe']);
    await row.hover();
    await expectHarmless(workbench.page.locator('.workbench-hover', { hasText: 'DescribeImages in' }), ['‹U+202E›']);
    await picture('error');
    await workbench.page.mouse.move(700, 500);
    await workbench.findImage('anything');
    await workbench.quickPickRow('DescribeImages').waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'), ['‹U+202E›gpj.exe']);
    await workbench.dismissQuickInput();
    await workbench.command('Pin Image');
    server.faults.clear();
    await workbench.dismissQuickInput();
  });
});
