import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Editor, type EditorOptions, openEditor } from '../../test/e2e/editor.ts';
import { installedExtensions } from '../../test/e2e/globalSetup.ts';
import { root } from '../../test/vscode/install.ts';
import { localEndpoint } from '../../test/vscode/isolation.ts';
import { freePort } from '../../test/vscode/serve.ts';
import type { HostCost } from './probe.ts';

export interface ProbedEditor {
  readonly editor: Editor;
  hostCost(): Promise<HostCost>;
  close(): Promise<void>;
}

/** In ms, until the extension host must have started. */
const startTimeout = 90_000;

/** An editor with the probe beside the packaged extension, or alone. */
export async function openProbedEditor(options: EditorOptions & { readonly alone?: boolean }): Promise<ProbedEditor> {
  const extensionsFolder = await mkdtemp(join(tmpdir(), 'ami-explorer-bench-extensions-'));
  const remove = () => rm(extensionsFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  try {
    if (!options.alone) {
      await cp(installedExtensions, extensionsFolder, { recursive: true });
      // Without this file the editor scans the folder.
      await rm(join(extensionsFolder, 'extensions.json'), { force: true });
    }
    await installProbe(join(extensionsFolder, 'ami-explorer-bench.probe-0.0.1'));
    const port = String(await freePort());
    const env = { ...localEndpoint('SERVER'), AMI_EXPLORER_PROBE_PORT: port };
    const editor = await openEditor({ ...options, env, extensionsFolder });
    return {
      editor,
      hostCost: () => ask(`http://127.0.0.1:${port}`),
      close: async () => {
        await editor.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function installProbe(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'bench', 'tour', 'probe.ts')],
    outfile: join(folder, 'probe.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  });
  const manifest = {
    name: 'probe',
    publisher: 'ami-explorer-bench',
    version: '0.0.1',
    engines: { vscode: '^1.110.0' },
    activationEvents: ['onStartupFinished'],
    main: './probe.cjs',
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
}

/** Retries, since the probe listens only once the extension host has started. */
async function ask(url: string): Promise<HostCost> {
  const end = Date.now() + startTimeout;
  for (;;) {
    try {
      const answer = await fetch(url);
      return (await answer.json()) as HostCost;
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
