import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../../src/sample/httpServer.ts';
import { launchChromium } from '../vscode/chromium.ts';
import { installVsCode, root } from '../vscode/install.ts';
import { isolatedEnvironment, localEndpoint } from '../vscode/isolation.ts';
import { quietSettings, type ServedVsCode, serveVsCode } from '../vscode/serve.ts';
import { installedExtensions } from './globalSetup.ts';
import { Workbench } from './workbench.ts';

export interface EditorOptions {
  /** Settings beside the quiet ones, of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user: in the browser those of the machine have no say in some of the editor's own. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /**
   * Variables of the editor; `SERVER` in a value is the sample server's URL. Those of a local endpoint with keys where
   * left out.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's shared AWS files; `SERVER` as above. */
  readonly awsFiles?: { readonly config?: string; readonly credentials?: string };
  /** Where its extensions are; the packaged one alone where left out. */
  readonly extensionsFolder?: string;
  readonly sample?: SampleServerOptions;
  /** Opens the folder as one that the user does not trust. */
  readonly workspaceTrust?: boolean;
  /** Shows the tooltips of rows and buttons as usual. Without it the pointer may rest on a row that others stand below. */
  readonly tooltips?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The language of the window, as VS Code names it; no language pack is there, so that VS Code's own texts are English. */
  readonly language?: string;
  /** Opens a workspace of two folders: the usual one, and an empty one of this name beside it. */
  readonly otherFolder?: string;
}

/** One editor with the packaged extension on a sample server of its own, as after a fresh installation. */
export interface Editor {
  readonly workbench: Workbench;
  readonly server: SampleServer;
  /** The folder that is open. */
  readonly folder: string;
  /** What the editor keeps. */
  readonly dataFolder: string;
  /** Another window of the same editor, on the same folder, with an extension host of its own. */
  newWindow(): Promise<Workbench>;
  /** Ends the whole editor at once, with all its processes, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on what it has kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Without the dialog that asks for trust. */
const untrusted = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };

export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const temporary = await mkdtemp(join(tmpdir(), 'ami-explorer-e2e-'));
  const folder = join(temporary, 'workspace');
  await cp(join(root, 'test', 'fixtures', 'workspace'), folder, { recursive: true });
  const server = await startSampleServer({ pendingSeconds: 4, ...options.sample });
  let served: ServedVsCode | undefined;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await served?.close();
    await server.close();
    await rm(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const named = (values: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.replaceAll('SERVER', server.url)]));
    const env = await isolatedEnvironment(temporary, named(options.env ?? localEndpoint(server.url)));
    await mkdir(join(temporary, 'home', '.aws'), { recursive: true });
    const { config = '', credentials = '' } = named({ ...options.awsFiles });
    await writeFile(join(temporary, 'home', '.aws', 'config'), config);
    await writeFile(join(temporary, 'home', '.aws', 'credentials'), credentials);
    const dataFolder = join(temporary, 'data');
    const userFolder = join(dataFolder, 'data', 'User');
    await mkdir(userFolder, { recursive: true });
    const userSettings = { ...(options.workspaceTrust && untrusted), ...options.userSettings };
    await writeFile(join(userFolder, 'settings.json'), JSON.stringify(userSettings));
    const serveOptions = {
      vscode: await installVsCode('newest'),
      dataFolder,
      extensionsFolder: options.extensionsFolder ?? installedExtensions,
      // Rows that stick to the top of a tree stand there twice, and over others.
      settings: {
        ...quietSettings,
        'workbench.tree.enableStickyScroll': false,
        ...(!options.tooltips && { 'workbench.hover.delay': 3_600_000 }),
        ...(options.workspaceTrust && untrusted),
        ...options.settings,
      },
      workspaceTrust: options.workspaceTrust,
      env,
    };
    served = await serveVsCode(serveOptions);
    const port = Number(new URL(served.url).port);
    browser = await launchChromium();
    const context = await newContext(browser, served, options.viewport);
    if (options.language !== undefined) {
      // What the messages of a language pack set before the workbench starts.
      await context.addInitScript(
        (language) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language }),
        options.language,
      );
    }
    const page = await context.newPage();
    const workbench = new Workbench(page);
    const address = `${served.url}/?${await workspaceQuery(folder, options.otherFolder)}`;
    await page.goto(address);
    await page.locator('.activitybar').waitFor({ timeout: 90_000 });
    return {
      workbench,
      server,
      folder,
      dataFolder,
      newWindow: async () => {
        const other = await context.newPage();
        await other.goto(address);
        await other.locator('.activitybar').waitFor({ timeout: 90_000 });
        return new Workbench(other);
      },
      kill: async () => served?.close(),
      restart: async () => {
        served = await serveVsCode({ ...serveOptions, port });
        await page.goto(address);
        await page.locator('.activitybar').waitFor({ timeout: 90_000 });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What of an address says what is open. */
async function workspaceQuery(folder: string, otherFolder: string | undefined): Promise<string> {
  if (otherFolder === undefined) {
    return `folder=${encodeURIComponent(folder)}`;
  }
  const other = join(dirname(folder), otherFolder);
  await mkdir(other);
  const file = join(dirname(folder), 'two.code-workspace');
  await writeFile(file, JSON.stringify({ folders: [{ path: folder }, { path: other }] }));
  return `workspace=${encodeURIComponent(file)}`;
}

async function newContext(
  browser: Browser,
  served: ServedVsCode,
  viewport = { width: 1400, height: 1000 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url });
  return context;
}
