import { homedir } from 'node:os';
import { join } from 'node:path';

export interface ConfigPaths {
  readonly config: string;
  readonly credentials: string;
}

/** The paths of the shared files. As in the AWS CLI, `~` and variables in them are expanded. */
export function configPaths(env: NodeJS.ProcessEnv): ConfigPaths {
  return {
    config: expanded(env['AWS_CONFIG_FILE'], env) || join(homedir(), '.aws', 'config'),
    credentials: expanded(env['AWS_SHARED_CREDENTIALS_FILE'], env) || join(homedir(), '.aws', 'credentials'),
  };
}

function expanded(path: string | undefined, env: NodeJS.ProcessEnv): string {
  return (path ?? '')
    .replace(/\$(?:(\w+)|\{([^}]+)\})/g, (reference, name?: string, braced?: string) => {
      return env[name ?? braced ?? ''] ?? reference;
    })
    .replace(/^~(?=$|[/\\])/, () => homedir());
}
