import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root } from '../../test/vscode/install.ts';

export const region = 'us-east-1';

export interface Endpoint {
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  stop(): void;
}

/** Runs the endpoint in its own process, so that its work is not measured. `options`: those of scripts/sampleServer.ts. */
export async function startEndpoint(images: number, options: readonly string[]): Promise<Endpoint> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, 'scripts', 'sampleServer.ts'), '--images', String(images), ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error('The sample server has ended.')));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found) {
        resolve(found);
      }
    });
  });
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  // The endpoint's first, slow answer is not measured.
  await promisify(execFile)(process.execPath, [join(root, 'bench', 'catalog', 'warm.ts')], { env });
  return { url, env, stop: () => child.kill() };
}
