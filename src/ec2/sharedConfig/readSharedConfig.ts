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
 * Reads the shared config and credentials files afresh, and has the SDK read the same: whatever of it asks for these files
 * (sources of credentials, SSO sessions, clients) gets them as they are now, in a form that its reader takes right.
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

/** The paths by which the SDK asks for a file: some of it puts the home folder in the place of `~`, some does not. */
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
      return { path, fault: 'a folder, not a file.' };
    }
    // Not of a device or a pipe, which may never end.
    return stats.isFile() ? { path, content: await readFile(path, 'utf8') } : { path };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { path } : { path, fault: `cannot be read (${String(code)}).` };
  }
}
