import { Worker } from 'node:worker_threads';
import type { DownloadOutcome, DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';
import { tlsText } from '../ec2/networkServers.ts';
import { region } from './sampleCatalog.ts';

/** Downloads a catalog in the extension's thread through a proxy, and ends the thread with its connections open. */
export async function proxiedDownload(file: string, proxy: string): Promise<DownloadOutcome> {
  const worker = new Worker(new URL('../../src/catalogDownload.ts', import.meta.url));
  const post = (message: unknown) => worker.postMessage(message);
  const requests = new Requests<DownloadRequests>(post);
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
  const answer = serve<DownloadQuestions>({ credentials }, post, String);
  worker.on('message', (message: unknown) => {
    requests.receive(message);
    void answer(message);
  });
  const outcome = await requests.send('download', {
    file,
    region,
    owner: 'this window',
    whole: true,
    includeDeprecated: false,
    maxSize: 1e9,
    network: { ...noNetwork, proxy, trusted: [tlsText('endpoint-ca.pem'), tlsText('proxy-ca.pem')] },
    // A host that only the proxy can reach.
    access: { kind: 'aws', endpoint: 'https://ec2.example.invalid', variants: noVariants, profile: undefined },
  });
  await worker.terminate();
  return outcome;
}
