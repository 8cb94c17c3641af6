import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A test's environment: this process's without variables of AWS, VS Code and proxies, and with empty AWS configuration
 * files. No test can reach a developer's account.
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

/** Variables for a local endpoint with invented keys. */
export function localEndpoint(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_REGION: 'us-east-1',
  };
}
