import type { DownloadOutcome } from '../../src/catalog/threads/contracts.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { tlsText } from '../ec2/networkServers.ts';
import { catalogThreads } from './catalogThreads.ts';
import { startDownloadThread } from './downloadThread.ts';
import { region } from './sampleCatalog.ts';

/** Downloads a catalog in the extension's thread through a proxy, and ends the thread with its connections open. */
export async function proxiedDownload(file: string, proxy: string): Promise<DownloadOutcome> {
  const { worker, requests } = startDownloadThread(catalogThreads.download);
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
