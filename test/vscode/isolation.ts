import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The environment of a test: this process's without anything of AWS's, with files of its own, so that no test can touch
 * the account of whoever runs it.
 */
export async function isolatedEnvironment(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<NodeJS.ProcessEnv> {
  const home = join(folder, 'home');
  await mkdir(join(home, '.aws'), { recursive: true });
  const config = join(home, '.aws', 'config');
  const credentials = join(home, '.aws', 'credentials');
  await writeFile(config, '');
  await writeFile(credentials, '');
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS|AMAZON)_|^(VSCODE|ELECTRON|NODE_OPTIONS)/.test(name) && !/_proxy$/i.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

/** The variables of somebody who works against a local endpoint with made-up keys. */
export function localEndpoint(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_REGION: 'us-east-1',
  };
}
