import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { DetailsState } from '../../src/protocol/details.ts';
import { pageHtml } from '../../src/ui/panels/pageHtml.ts';
import { type ThemeName, themes } from './themes.ts';

const origin = 'https://details.test';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** What the page is made of, by file name, bundled as for the product. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

export async function bundleDetails(): Promise<Bundle> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { details: 'media/details/main.ts', codicon: 'media/codicon.css' },
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

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly translations?: Readonly<Record<string, string>>;
  readonly reducedMotion?: boolean;
}

/** A message that the page has sent to the host. */
export interface Sent {
  readonly kind: string;
  readonly method: string;
  readonly params: unknown;
}

export interface DetailsWindow {
  readonly page: Page;
  /** What the page has asked of the host, without its first `ready`. */
  sent(): Promise<readonly Sent[]>;
  /** Sends a state as the host does. */
  show(state: DetailsState): Promise<void>;
  /** What `setState` holds. */
  kept(): Promise<unknown>;
  /** Violations of the page's policy and errors of its scripts, so far. */
  readonly complaints: string[];
}

/**
 * The page in a plain browser, under the product's own policy, with VS Code's side of the boundary played: state that
 * outlives a reload, and requests that are answered (those of the method that `sessionStorage` has as `refuse` with a failure).
 */
export async function openDetails(
  browser: Browser,
  bundle: Bundle,
  state: DetailsState,
  options: OpenOptions = {},
): Promise<DetailsWindow> {
  const { theme = 'dark', width = 1000, height = 800, translations = {}, reducedMotion = true } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const html = pageHtml({
    title: 'Image Details',
    language: 'en',
    translations,
    cspSource: origin,
    nonce: 'r4nd0m',
    script: `${origin}/details.js`,
    styleSheets: [`${origin}/codicon.css`, `${origin}/details.css`],
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const file = bundle.get(path);
    if (path === '') return route.fulfill({ contentType: 'text/html', body: html });
    return file
      ? route.fulfill({ contentType: types[extname(path)] ?? '', body: Buffer.from(file) })
      : route.fulfill({ status: 404 });
  });
  await page.addInitScript(playHost, { state, theme: themes[theme] });
  await page.goto(origin);
  await page.locator('h1').waitFor();
  return {
    page,
    complaints,
    sent: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('sent') ?? '[]')),
    kept: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('kept') ?? 'null')),
    show: async (next) => {
      await page.evaluate((shown) => {
        sessionStorage.setItem('state', JSON.stringify(shown));
        window.postMessage({ kind: 'notification', method: 'state', params: shown });
      }, next);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    },
  };
}

/** Runs in the page, before its own script. */
function playHost({
  state,
  theme,
}: {
  readonly state: unknown;
  readonly theme: { readonly bodyClass: string; readonly variables: Readonly<Record<string, string>> };
}): void {
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.classList.add(...theme.bodyClass.split(' '));
  });
  if (sessionStorage.getItem('state') === null) sessionStorage.setItem('state', JSON.stringify(state));
  const receive = (message: { id: number; method: string }) => {
    if (message.method === 'ready') {
      const params: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null');
      window.postMessage({ kind: 'notification', method: 'state', params });
    } else {
      const sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]');
      sessionStorage.setItem('sent', JSON.stringify([...sent, message]));
    }
    const refused = sessionStorage.getItem('refuse') === message.method;
    window.postMessage(
      refused
        ? { kind: 'answer', id: message.id, ok: false, message: 'The clipboard is locked.' }
        : { kind: 'answer', id: message.id, ok: true, result: undefined },
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
