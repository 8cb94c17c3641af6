import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { DownloadOutcome, DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';
import { region } from './sampleCatalog.ts';

/**
 * Downloads a catalog in the extension's thread: `node downloadThreadProcess.ts FILE ENDPOINT [MS]`. With a time, it
 * ends the thread that many ms after its first message. Writes the outcome, or `ended`.
 */
const [, , file = '', endpoint = '', time] = process.argv;
const worker = new Worker(new URL('../../src/catalogDownload.ts', import.meta.url));
const requests = new Requests<DownloadRequests>((message) => worker.postMessage(message));
const answer = serve<DownloadQuestions>(
  { credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }) },
  (message) => worker.postMessage(message),
  String,
);
const progressed = new Promise<void>((resolve) => {
  worker.on('message', (message: unknown) => {
    requests.receive(message);
    void answer(message);
    resolve();
  });
});
const outcome: Promise<DownloadOutcome> = requests.send('download', {
  file,
  region,
  owner: 'this window',
  whole: true,
  includeDeprecated: false,
  maxSize: 1e9,
  network: noNetwork,
  access: { kind: 'aws', endpoint, variants: noVariants, profile: undefined },
});
const ended = time === undefined ? outcome : progressed.then(() => delay(Number(time))).then(() => undefined);
const first = await Promise.race([outcome, ended]);
console.log(JSON.stringify(first ?? { kind: 'ended' }));
await worker.terminate();
