import { setTimeout as delay } from 'node:timers/promises';
import type { DownloadOutcome } from '../../src/catalog/threads/contracts.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { catalogThreads } from './catalogThreads.ts';
import { startDownloadThread } from './downloadThread.ts';
import { region } from './sampleCatalog.ts';

/**
 * Downloads a catalog in the extension's thread: `node downloadThreadProcess.ts FILE ENDPOINT [MS]`. With a time, it
 * ends the thread that many ms after its first message. Writes the outcome, or `ended`.
 */
const [, , file = '', endpoint = '', time] = process.argv;
const { worker, requests } = startDownloadThread(catalogThreads.download);
const progressed = new Promise<void>((resolve) => worker.once('message', () => resolve()));
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
