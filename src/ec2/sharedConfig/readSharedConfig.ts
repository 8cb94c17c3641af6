import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../core/errors.ts';
import type { Sdk } from '../loadSdk.ts';
import { configPaths } from './configPaths.ts';
import { isFile } from './machine.ts';
import { sdkConfigText } from './sdkConfig.ts';
import { type SharedConfig, type SharedFile, sharedConfig } from './sharedConfig.ts';

/**
 * Reads the shared config and credentials files, and gives their current content to all of the SDK that reads them
 * (credential providers, SSO sessions, clients), in a form that its own reader understands.
 */
export async function readSharedConfig(sdk: Sdk, env: NodeJS.ProcessEnv): Promise<SharedConfig> {
  const paths = configPaths(env);
  const config = sharedConfig(await read(paths.config), await read(paths.credentials), { has: isFile });
  const give = (path: string, text: string) => sdk.externalDataInterceptor.interceptFile(path, text);
  for (const path of sdkPaths(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials', env)) {
    give(path, '');
  }
  const text = sdkConfigText(config);
  for (const path of sdkPaths(env['AWS_CONFIG_FILE'], 'config', env)) {
    give(path, text);
  }
  return config;
}

/** The paths by which the SDK may ask for a file: only some of its readers expand `~`. */
function sdkPaths(variable: string | undefined, name: string, env: NodeJS.ProcessEnv): readonly string[] {
  const homes = [env['HOME'] || homedir(), homedir()];
  if (!variable) {
    return homes.map((home) => join(home, '.aws', name));
  }
  return variable.startsWith('~/') ? [variable, ...homes.map((home) => join(home, variable.slice(2)))] : [variable];
}

async function read(path: string): Promise<SharedFile> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) {
      return { path, problem: { kind: 'folder' } };
    }
    // Does not read a device or a pipe, which may never end.
    return stats.isFile() ? { path, content: await readFile(path, 'utf8') } : { path };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { path }
      : { path, problem: { kind: 'unreadable', code: String(code) } };
  }
}
