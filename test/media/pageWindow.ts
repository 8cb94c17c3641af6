import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../src/ui/panels/pageHtml.ts';
import { type ThemeName, themes } from './themes.ts';

const origin = 'https://page.test';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** The files of a page by name, bundled as for the product. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

export async function bundlePage(entry: string): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
    entryPoints: { [entry]: `media/${entry}/main.ts`, codicon: 'media/codicon.css' },
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

export interface WindowOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly translations?: Readonly<Record<string, string>>;
  readonly reducedMotion?: boolean;
}

/** A message that the page has sent to the host. */
export interface Sent {
  readonly method: string;
  /** Empty without parameters. */
  readonly params: Readonly<Record<string, unknown>>;
}

export interface PageWindow<State> {
  readonly page: Page;
  /** The requests of the page to the host, without `ready`. */
  sent(method?: string): Promise<readonly Sent[]>;
  /** Sends a state as the host does. Resolves once it is drawn. */
  show(state: State): Promise<void>;
  /** Resolves once the page has received all messages so far, and the answers to what it has asked then. */
  settle(): Promise<void>;
  /** The state that the page has saved. */
  saved(): Promise<unknown>;
  /** Violations of the page's policy and errors of its scripts. */
  readonly complaints: string[];
}

/** The host's answer to a request: a result, or the message of a failure. */
export interface HostAnswer {
  readonly result?: unknown;
  readonly failure?: string | undefined;
  /** Sent once the page gets the event `release`, and at once otherwise. */
  readonly isHeld?: boolean;
}

export interface PageContent<State, Data> {
  /** The page's folder in `media`. */
  readonly entry: string;
  readonly title: string;
  readonly bundle: Bundle;
  readonly state: State;
  /** The selector of an element that exists once the page is drawn. */
  readonly drawn: string;
  /** Runs in the page before its own script, and sets the global `answerAsHost`. */
  readonly playHost: (data: Data) => void;
  readonly data: Data;
}

declare global {
  /** The host's answers, within a page. */
  var answerAsHost: (message: { readonly method: string; readonly params: never }) => HostAnswer;
}

/**
 * Opens a page in a plain browser under the product's own policy, and plays VS Code's side: state that outlives a
 * reload, and answers to requests.
 */
export async function openPageWindow<State, Data>(
  browser: Browser,
  { entry, title, bundle, state, drawn, playHost, data }: PageContent<State, Data>,
  { theme = 'dark', width = 1000, height = 800, translations = {}, reducedMotion = true }: WindowOptions,
): Promise<PageWindow<State>> {
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
    title,
    language: 'en',
    translations,
    cspSource: origin,
    nonce: 'r4nd0m',
    script: `${origin}/${entry}.js`,
    styleSheets: [`${origin}/codicon.css`, `${origin}/${entry}.css`],
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const file = bundle.get(path);
    if (path === '') return route.fulfill({ contentType: 'text/html', body: html });
    return file
      ? route.fulfill({ contentType: types[extname(path)] ?? '', body: Buffer.from(file) })
      : route.fulfill({ status: 404 });
  });
  await page.addInitScript<unknown>(playHost as (data: unknown) => void, data);
  await page.addInitScript(playEditor, { state, theme: themes[theme] });
  await page.goto(origin);
  await page.locator(drawn).waitFor();
  const settle = async () => {
    for (let round = 0; round < 2; round += 1) {
      // Messages arrive in their order.
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const receive = ({ data }: MessageEvent<unknown>) => {
              if (data !== 'last') return;
              window.removeEventListener('message', receive);
              requestAnimationFrame(() => resolve());
            };
            window.addEventListener('message', receive);
            window.postMessage('last');
          }),
      );
    }
  };
  return {
    page,
    complaints,
    sent: async (method) => {
      const sent: readonly Sent[] = await page.evaluate(() => JSON.parse(sessionStorage.getItem('sent') ?? '[]'));
      return method === undefined ? sent : sent.filter((message) => message.method === method);
    },
    saved: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('saved') ?? 'null')),
    show: async (next) => {
      await page.evaluate((shown) => {
        sessionStorage.setItem('state', JSON.stringify(shown));
        window.postMessage({ kind: 'notification', method: 'state', params: shown });
      }, next);
      await settle();
    },
    settle,
  };
}

/** Runs in the page, before its own script. */
function playEditor({
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
  const receive = ({ id, method, params }: { id: number; method: string; params: never }) => {
    if (method === 'ready') {
      const shown: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null');
      window.postMessage({ kind: 'notification', method: 'state', params: shown });
    } else {
      const sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]');
      sessionStorage.setItem('sent', JSON.stringify([...sent, { method, params: params ?? {} }]));
    }
    const { result, failure, isHeld } = globalThis.answerAsHost({ method, params });
    const answer =
      failure === undefined
        ? { kind: 'answer', id, ok: true, result }
        : { kind: 'answer', id, ok: false, message: failure };
    if (isHeld) window.addEventListener('release', () => window.postMessage(answer), { once: true });
    else window.postMessage(answer);
  };
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: receive,
      getState: () => JSON.parse(sessionStorage.getItem('saved') ?? 'null') ?? undefined,
      setState: (saved: unknown) => sessionStorage.setItem('saved', JSON.stringify(saved)),
    }),
  });
}
