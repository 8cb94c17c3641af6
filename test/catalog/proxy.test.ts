import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { startProxy, startTlsEndpoint, type TestProxy, type TestServer, tlsText } from '../ec2/networkServers.ts';
import { storedRows, undisturbedRows } from './storedRows.ts';

const images = 3_000;

let folder: string;
let server: SampleServer;
let endpoint: TestServer;
let proxy: TestProxy;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-proxy-'));
  server = await startSampleServer({ images });
  endpoint = await startTlsEndpoint(server.url);
  proxy = await startProxy({ tls: true, credentials: 'user:pass', tunnelsTo: endpoint });
});
afterEach(async () => {
  await Promise.all([proxy.close(), endpoint.close()]);
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it('the thread that downloads goes the way that the host tells it: proxy and certificates', async () => {
  const worker = new Worker(new URL('../../src/catalogDownload.ts', import.meta.url));
  const post = (message: unknown) => worker.postMessage(message);
  const requests = new Requests<DownloadRequests>(post);
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
  const answer = serve<DownloadQuestions>({ credentials }, post, String);
  worker.on('message', (message: unknown) => {
    requests.receive(message);
    void answer(message);
  });
  const file = join(folder, 'aws.sqlite');
  const outcome = await requests.send('download', {
    file,
    region: 'us-east-1',
    owner: 'this window',
    whole: true,
    includeDeprecated: false,
    maxSize: 1e9,
    network: {
      ...noNetwork,
      proxy: `https://user:pass@localhost:${proxy.port}`,
      trusted: [tlsText('endpoint-ca.pem'), tlsText('proxy-ca.pem')],
    },
    // A host that only the proxy can reach.
    access: { kind: 'aws', endpoint: 'https://ec2.example.invalid', variants: noVariants, profile: undefined },
  });
  await worker.terminate();
  expect(outcome).toEqual({ kind: 'done' });
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT ec2.example.invalid:443']));
  expect(storedRows(file)).toEqual(await undisturbedRows(images));
});
