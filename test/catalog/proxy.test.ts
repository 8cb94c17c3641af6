import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { startProxy, startTlsEndpoint, type TestProxy, type TestServer } from '../ec2/networkServers.ts';
import { proxiedDownload } from './proxiedDownload.ts';
import { storedRows, undisturbedRows } from './storedRows.ts';

const images = 3_000;

let folder: string;
let server: SampleServer;
let endpoint: TestServer;
let proxy: TestProxy;
let proxyUrl: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-proxy-'));
  server = await startSampleServer({ images });
  endpoint = await startTlsEndpoint(server.url);
  proxy = await startProxy({ tls: true, credentials: 'user:pass', tunnelsTo: endpoint });
  proxyUrl = `https://user:pass@localhost:${proxy.port}`;
});
afterEach(async () => {
  await Promise.all([proxy.close(), endpoint.close()]);
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it('the thread that downloads goes the way that the host tells it: proxy and certificates', async () => {
  const file = join(folder, 'aws.sqlite');
  expect(await proxiedDownload(file, proxyUrl)).toEqual({ kind: 'done' });
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT ec2.example.invalid:443']));
  expect(storedRows(file)).toEqual(await undisturbedRows(images));
});

it('a thread that ends with connections through a proxy with TLS leaves the process as it is', async () => {
  // Each thread on its own ended the process about every other time.
  const files = Array.from({ length: 10 }, (_, number) => join(folder, `${number}.sqlite`));
  const script = fileURLToPath(new URL('proxiedDownloads.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, proxyUrl, ...files]);
  expect(stdout.trim().split('\n')).toEqual(files.map(() => '{"kind":"done"}'));
});
