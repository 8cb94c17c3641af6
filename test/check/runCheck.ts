import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildCheck } from '../../scripts/build.ts';

export interface CheckRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The bundled check, in a folder of its own. */
export interface Check {
  run(cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CheckRun>;
  remove(): Promise<void>;
}

export async function builtCheck(): Promise<Check> {
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-check-'));
  await buildCheck(folder);
  return {
    async run(cwd, args, env = {}) {
      // Nothing of the machine's own AWS.
      const { PATH = '' } = process.env;
      const own = { PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env };
      const child = spawn(process.execPath, [join(folder, 'check.cjs'), ...args], { cwd, env: own });
      const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      return { code: code === null ? null : Number(code), out, err };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A folder with these files, by their paths. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-checked-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
