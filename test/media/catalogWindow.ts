import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { CatalogRow, CatalogState } from '../../src/protocol/catalog.ts';
import { pageHtml } from '../../src/ui/panels/pageHtml.ts';
import { type ThemeName, themes } from './themes.ts';

const origin = 'https://catalog.test';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** What the page is made of, by file name, bundled as for the product. */
export async function bundleCatalog(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
    entryPoints: { catalog: 'media/catalog/main.ts', codicon: 'media/codicon.css' },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf('/') + 1), contents]));
}

/** A message that the page has sent. */
export interface Sent {
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface CatalogWindow {
  readonly page: Page;
  sent(method?: string): Promise<readonly Sent[]>;
  show(state: CatalogState): Promise<void>;
  kept(): Promise<unknown>;
  readonly complaints: readonly string[];
}

export interface CatalogWindowOptions {
  readonly state: CatalogState;
  /** How many rows match, whatever is asked; those whose text is `none` find nothing. */
  readonly total?: number;
  /** Put over every row. */
  readonly row?: Partial<CatalogRow>;
  /** What the publisher's facet, suggestions and problems say. */
  readonly label?: string;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
}

/** The page in a plain browser under the product's own policy, with a host that has as many rows as one likes. */
export async function openCatalogWindow(
  browser: Browser,
  bundle: ReadonlyMap<string, Uint8Array>,
  { state, total = 200_000, row = {}, label, theme = 'dark', width = 1200, height = 700 }: CatalogWindowOptions,
): Promise<CatalogWindow> {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce', locale: 'en-US' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const html = pageHtml({
    title: 'Public Images',
    language: 'en',
    translations: {},
    cspSource: origin,
    nonce: 'r4nd0m',
    script: `${origin}/catalog.js`,
    styleSheets: [`${origin}/codicon.css`, `${origin}/catalog.css`],
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const file = bundle.get(path);
    if (path === '') return route.fulfill({ contentType: 'text/html', body: html });
    return file
      ? route.fulfill({ contentType: types[extname(path)] ?? '', body: Buffer.from(file) })
      : route.fulfill({ status: 404 });
  });
  await page.addInitScript(playHost, { state, total, row, label, theme: themes[theme] });
  await page.goto(origin);
  await page.locator('main').waitFor();
  return {
    page,
    complaints,
    sent: async (method) => {
      const sent: readonly Sent[] = await page.evaluate(() => JSON.parse(sessionStorage.getItem('sent') ?? '[]'));
      return method === undefined ? sent : sent.filter((message) => message.method === method);
    },
    kept: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('kept') ?? 'null')),
    show: async (next) => {
      await page.evaluate((shown) => {
        window.postMessage({ kind: 'notification', method: 'state', params: shown });
      }, next);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    },
  };
}

/** Runs in the page, before its own script. */
function playHost({
  state,
  total,
  row,
  label,
  theme,
}: {
  readonly state: unknown;
  readonly total: number;
  readonly row: Readonly<Record<string, unknown>>;
  readonly label: string | undefined;
  readonly theme: { readonly bodyClass: string; readonly variables: Readonly<Record<string, string>> };
}): void {
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.classList.add(...theme.bodyClass.split(' '));
  });
  let first = 0;
  const rowAt = (at: number, place = first + at) => ({
    id: `ami-${String(place).padStart(17, '0')}`,
    name: `image number ${place}`,
    description: `what ${place} is`,
    ownerId: '123456789012',
    ownerAlias: '',
    publisher: place % 2 === 0 ? { name: 'Canonical (Ubuntu)', verified: true } : undefined,
    family: 'image number',
    architecture: 'arm64',
    platform: 'Linux/UNIX',
    rootDeviceType: 'ebs',
    size: 8 + place,
    virtualizationType: 'hvm',
    bootMode: 'uefi',
    created: Date.UTC(2026, 0, 1) - place * 3_600_000,
    deprecated: place === 3 ? Date.UTC(2020, 0, 1) : undefined,
    lastSeen: Date.UTC(2026, 0, 1),
    ...row,
  });
  const rowsFrom = (start: number, count: number, matches: number) =>
    Array.from({ length: Math.max(0, Math.min(count, matches - start)) }, (_, index) => rowAt(start + index));
  const answer = (
    method: string,
    params: { query: { text: string; facets: object }; text: string; start: number; count: number },
  ): unknown => {
    if (method === 'query') {
      const { query, start, count } = params as {
        query: { text: string; facets: object };
        start: number;
        count: number;
      };
      const matches = query.text === 'none' ? 0 : query.text === '' ? total : Math.floor(total / 2);
      // What is found by these words is nothing of what is found without.
      first = query.text.endsWith('others') ? 1_000_000 : 0;
      return {
        total,
        matches,
        start,
        rows: rowsFrom(start, count, matches),
        problems: query.text === 'size:1' || label ? [{ start: 0, end: 6, message: label ?? 'No such field.' }] : [],
        facets: [
          {
            id: 'publisher',
            values: [{ key: 'canonical', label: label ?? 'Canonical (Ubuntu)', count: 1000, verified: true }],
            more: 12,
          },
          {
            id: 'architecture',
            values: [
              { key: 'arm64', label: 'arm64', count: 7 },
              { key: '', label: '', count: 1 },
            ],
            more: 0,
          },
          { id: 'deprecated', values: [{ key: 'never', label: 'never', count: 7 }], more: 0 },
        ],
      };
    }
    if (method === 'rows') {
      const { start, count } = params;
      return { start, rows: rowsFrom(start, count, total) };
    }
    if (method === 'suggest') {
      const items = /^ow( |$)/.test(params.text)
        ? [{ insert: 'owner:', label: label ?? 'owner:', detail: label ?? '' }]
        : [];
      return { start: 0, end: 2, items };
    }
    return undefined;
  };
  const receive = (message: { id: number; method: string; params: Parameters<typeof answer>[1] }) => {
    const sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]');
    sessionStorage.setItem(
      'sent',
      JSON.stringify([...sent, { method: message.method, params: message.params ?? null }]),
    );
    if (message.method === 'ready') window.postMessage({ kind: 'notification', method: 'state', params: state });
    const text = message.method === 'query' ? message.params.query.text : '';
    // One question is slow, so that others overtake it unless the page waits.
    const wait = text.startsWith('slow') ? 300 : 0;
    setTimeout(
      () =>
        window.postMessage(
          text === 'fail' || message.method === 'pinImages'
            ? { kind: 'answer', id: message.id, ok: false, message: `Not possible: ${message.method}` }
            : { kind: 'answer', id: message.id, ok: true, result: answer(message.method, message.params) },
        ),
      wait,
    );
  };
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: receive,
      getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
      setState: (kept: unknown) => sessionStorage.setItem('kept', JSON.stringify(kept)),
    }),
  });
}
