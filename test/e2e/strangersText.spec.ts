import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostileTexts, unseenIn } from '../core/hostile.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

/** What strangers write; XML 1.0 has no place for the controls among it. */
const texts = hostileTexts.map((text) => text.replace(/[^\P{Cc}\n\u0085]/gu, ''));

/** Begins every such text, so that it is found on the screen; an isolate may stand before it. */
const mark = 'Stranger';
const marked = /^\W?Stranger/;

/** The text of an endpoint's errors and of an instance's name. */
const mixed = `${mark} \u202egpj.exe <https:evil.example/login> &amp; &#x202e;evil [x](command:workbench.action.quit) $(trash)`;
const mixedAsSeen = `${mark} ‹U+202E›gpj.exe <https:evil.example/login> &amp; &#x202e;evil [x](command:workbench.action.quit) $(trash)`;

let editor: Editor;
let proxy: Server;

/** Stands between the editor and the sample account, and lets names, tags, descriptions and errors be strangers'. */
function hostileProxy(target: () => string): Server {
  const names: string[] = [];
  const strangersName = (name: string) => {
    if (!names.includes(name)) {
      names.push(name);
    }
    return escaped(`${mark} ${texts[names.indexOf(name) % texts.length]}`);
  };
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
    const { host: _, 'content-length': __, ...headers } = request.headers;
    const answer = await fetch(target(), {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    const body = (await answer.text())
      .replace(/<name>(payments-api|web-server-golden)-[^<]*<\/name>/g, (name) => {
        const text = strangersName(name);
        return `<name>${text}</name><description>${text}</description>`;
      })
      .replaceAll('<value>web-1</value>', `<value>${escaped(mixed)}</value>`)
      .replace(/>HOSTILE</g, `>${escaped(mixed)}<`);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
    response.end(body);
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

beforeAll(async () => {
  proxy = hostileProxy(() => editor.server.url);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  editor = await openEditor({
    tooltips: true,
    env: localEndpoint(url),
    settings: {
      'amiExplorer.publishers': [{ name: mixed, ownerIds: ['111122223333'] }],
    },
  });
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(async () => {
  await editor?.close();
  await new Promise((resolve) => proxy.close(resolve));
});

/** That nothing in there is a link, an icon or a character that nobody sees, and that the words are there. */
async function expectHarmless(place: Locator, ...expected: readonly string[]): Promise<void> {
  await place.getByText(mark).first().waitFor();
  const read = () =>
    place.evaluateAll((elements) => {
      const all: string[] = [];
      for (const element of elements) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
          if (node instanceof Element) {
            all.push(...[...node.attributes].map(({ value }) => value));
          } else {
            // Highlights cut an isolate in two; the whole text follows.
            all.push((node.nodeValue ?? '').replace(/[\u2068\u2069]/g, ''));
          }
        }
        all.push(element.textContent ?? '');
      }
      return all;
    });
  const words = async () =>
    (await read())
      .join('\n')
      .replace(/[\u200a\u2068\u2069]/g, '')
      .replaceAll('\u00a0', ' ');
  for (const word of expected) {
    await expect.poll(words).toContain(word);
  }
  const found = await read();
  // The editor has characters of its own that nobody sees: it is about the strangers'.
  const strangers = found.filter((text) => /Stranger|evil|U\+/.test(text));
  expect(strangers.flatMap((text) => unseenIn(text).map((character) => `${character} in ${text}`))).toEqual([]);
  const links = await place
    .locator('a')
    .evaluateAll((elements) =>
      elements.flatMap((element) => [element.getAttribute('href'), element.getAttribute('data-href')]),
    );
  expect(links.filter((href) => /evil|quit/.test(href ?? ''))).toEqual([]);
  expect(await place.locator('.codicon-trash, img, script').count()).toBe(0);
}

/** A picture for whoever looks at the surfaces. */
async function picture(name: string): Promise<void> {
  await editor.workbench.screenshot(`strangers-text-${name}`);
}

/** The row of an image by the beginning of its text, in its family where it has one, which is opened. */
async function rowOf(text: string): Promise<Locator> {
  const { workbench } = editor;
  const words = text.slice(0, 8).replace(/[^\w ]/g, '.');
  const label = new RegExp(`${mark}\\W*${words.replace(/^\W+/, '')}`);
  const first = workbench.row('Images', label);
  await workbench.reveal('Images', first);
  if ((await first.getAttribute('aria-expanded')) === null) {
    return first;
  }
  await workbench.expand('Images', label);
  const row = workbench.view('Images').locator('.monaco-list-row[aria-level="4"]', { hasText: label }).first();
  await workbench.reveal('Images', row);
  return row;
}

describe('a text of strangers is harmless, and seen', () => {
  it('in the trees, with what is read out', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', marked).waitFor();
    for (const text of ['photo', 'Get support', '&amp;', 'https', 'click here', '# heading']) {
      await rowOf(text);
      await expectHarmless(workbench.view('Images'));
    }
    await workbench.reveal('Instances', workbench.row('Instances', marked));
    await expectHarmless(workbench.view('Instances'), mixedAsSeen);
    await picture('trees');
  });

  it.each(['Get support at', '&amp;', 'https://evil.example', 'click here', '# heading', 'photo'])(
    'in the tooltip of an image: %s',
    async (words) => {
      const { workbench } = editor;
      const row = await rowOf(words);
      const card = workbench.page.locator('.workbench-hover', { hasText: 'AMI ID' });
      await workbench.tooltipOf(row, card.filter({ hasText: words }));
      await expectHarmless(card, words);
      // The card's own titles, and no other markup.
      expect((await card.locator('strong').allInnerTexts()).slice(1)).toEqual(['Tags']);
      expect(await card.locator('h1, ul, ol, li, code, pre, table, em, del, blockquote, hr').count()).toBe(0);
      await picture(`tooltip-${words}`);
      await workbench.leaveRows();
      await card.waitFor({ state: 'hidden' });
    },
  );

  it('in the tooltip of an instance', async () => {
    const { workbench } = editor;
    await workbench.reveal('Instances', workbench.row('Instances', marked));
    const tooltip = workbench.page.locator('.workbench-hover', { hasText: mark }).filter({ hasText: 'Instance ID' });
    await expectHarmless(await workbench.tooltipOf(workbench.row('Instances', marked), tooltip), mixedAsSeen);
    await workbench.leaveRows();
  });

  it('in tab titles and details, and is copied as it is', async () => {
    const { workbench } = editor;
    await workbench.clickRow(await rowOf('photo'));
    await workbench.tab(mark).waitFor();
    await expectHarmless(workbench.page.locator('.tabs-container'), '‹U+202E›gpj.exe');
    const page = workbench.webview();
    await page.getByRole('heading', { name: mark }).first().waitFor();
    await expectHarmless(page.locator('main'), '‹U+202E›gpj.exe');
    const copy = page.getByRole('button', { name: 'Copy Name' }).first();
    expect(await workbench.clipboardAfter(() => copy.press('Enter'))).toBe(`${mark} ${texts[0]}`);
    await picture('details');
  });

  it('in Find Image…', async () => {
    const { workbench } = editor;
    await workbench.findImage(mark);
    await workbench.quickPickRow(mark).waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'), '‹U+202E›gpj.exe');
    await picture('find');
    await workbench.dismissQuickInput();
  });

  it('in the steps of Create Image…, and in what EC2 refuses', async () => {
    const { workbench } = editor;
    const input = workbench.page.locator('.quick-input-widget:visible');
    await workbench.contextMenu(workbench.row('Instances', marked), 'Create Image…');
    await workbench.quickInputTitle().getByText('Name').waitFor();
    await expectHarmless(input, mixedAsSeen);
    await workbench.answer('harmless');
    for (const step of ['Description', 'Reboot', 'Volumes', 'Tags']) {
      await workbench.quickInputTitle().getByText(step).waitFor();
      await workbench.accept();
    }
    await workbench.quickInputTitle().getByText('Review').waitFor();
    await expectHarmless(input, '‹U+202E›gpj.exe');
    editor.server.faults.add({ kind: 'error', action: 'CreateImage', code: 'Hostile$(trash)', message: 'HOSTILE' });
    await workbench.accept();
    await workbench.quickPickRow('CreateImage in').waitFor();
    await expectHarmless(input, '‹U+202E›gpj.exe');
    await picture('review');
    editor.server.faults.clear();
    await workbench.dismissQuickInput();
  });

  it('in the errors of an endpoint, wherever they are shown', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'error', action: 'DescribeImages', code: 'Hostile$(trash)', message: 'HOSTILE' });
    await workbench.webview().getByRole('button', { name: 'Refresh' }).click();
    await workbench.webview().getByRole('alert').waitFor();
    await expectHarmless(workbench.webview().getByRole('alert'), mixedAsSeen);
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    const row = workbench.row('Images', marked);
    await row.waitFor();
    await expectHarmless(workbench.view('Images'), mixedAsSeen);
    const tooltip = workbench.page.locator('.workbench-hover', { hasText: 'DescribeImages in' });
    await expectHarmless(await workbench.tooltipOf(row, tooltip), mixedAsSeen);
    await picture('error');
    await workbench.leaveRows();
    await workbench.findImage('anything');
    await workbench.quickPickRow('DescribeImages').waitFor();
    await expectHarmless(workbench.page.locator('.quick-input-widget:visible'), mixedAsSeen);
    await workbench.dismissQuickInput();
    server.faults.clear();
  });
});
