import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { storedRows, undisturbedRows } from './storedRows.ts';

const images = 3_000;

let folder: string;
let server: SampleServer;
let proxy: Server;
/** The hosts that the proxy was asked for. */
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-proxy-'));
  server = await startSampleServer({ images });
  asked = [];
  proxy = createServer((incoming, outgoing) => {
    const { host, pathname } = new URL(incoming.url ?? '');
    asked.push(host);
    const { method, headers } = incoming;
    const onward = request(new URL(pathname, server.url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it('the thread that downloads goes through the proxy that the editor names', async () => {
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
  const { port } = proxy.address() as AddressInfo;
  const outcome = await requests.send('download', {
    file,
    region: 'us-east-1',
    owner: 'this window',
    whole: true,
    includeDeprecated: false,
    maxSize: 1e9,
    proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${port}` },
    // Nobody but the proxy knows the way to it.
    access: { kind: 'aws', endpoint: 'http://ec2.example.invalid', profile: undefined },
  });
  await worker.terminate();
  expect(outcome).toEqual({ kind: 'done' });
  expect(new Set(asked)).toEqual(new Set(['ec2.example.invalid']));
  expect(storedRows(file)).toEqual(await undisturbedRows(images));
});
