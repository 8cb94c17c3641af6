import { parentPort } from 'node:worker_threads';
import { fromCatalogFailure } from './catalog/failure.ts';
import type { DownloadNotifications, DownloadQuestions, DownloadRequests } from './catalog/threads/contracts.ts';
import { DownloadService, type PageSource, type PageSourceOptions } from './catalog/threads/downloadService.ts';
import { noVariants } from './ec2/endpoint.ts';
import { ImagePages } from './ec2/imagePages.ts';
import { loadSdk } from './ec2/loadSdk.ts';
import { threadRequestHandler } from './ec2/network/network.ts';
import { readSharedConfig } from './ec2/sharedConfig/readSharedConfig.ts';
import { sdkProfileName } from './ec2/sharedConfig/sdkConfig.ts';
import { notify, Requests, serve } from './protocol/rpc.ts';
import { ignoreRejection } from './threads/startThread.ts';

/**
 * The thread that downloads catalogs: its composition root. It signs and reads by itself, so that nothing of a download
 * runs on the extension host's thread; credentials are asked of the host whenever they are needed, and kept nowhere.
 */
const port = parentPort;
if (port) {
  // Every download needs it, and the thread may start before the first one is asked for.
  ignoreRejection(loadSdk());
  const post = (message: unknown) => port.postMessage(message);
  const questions = new Requests<DownloadQuestions>(post);
  const service = new DownloadService({
    now: () => Date.now(),
    openPages,
    credentials: async (place, refused) => {
      const answer = await questions.send('credentials', { ...place, refused });
      if ('failure' in answer) {
        throw fromCatalogFailure(answer.failure);
      }
      return answer;
    },
    progress: (place, progress) => notify<DownloadNotifications, 'progress'>(post, 'progress', { ...place, progress }),
  });
  const receive = serve<DownloadRequests>(service.handlers(), post, (error) =>
    error instanceof Error ? error.message : String(error),
  );
  port.on('message', (message: unknown) => {
    questions.receive(message);
    void receive(message);
  });
}

/** A page takes a connection for as long as it streams in. */
const maxSockets = 32;

async function openPages({
  access,
  region,
  includeDeprecated,
  credentials,
  network,
}: PageSourceOptions): Promise<PageSource> {
  const sdk = await loadSdk();
  if (access.kind === 'sample') {
    const { openSampleAccount } = await import('./sample/inProcess.ts');
    return new ImagePages({
      sdk,
      region,
      includeDeprecated,
      credentials,
      config: { requestHandler: openSampleAccount().requestHandler },
    });
  }
  // A thread's SDK is another one than the host's: it has to be told of the user's files as well.
  await readSharedConfig(sdk, process.env);
  return new ImagePages({
    sdk,
    region,
    includeDeprecated,
    credentials,
    config: {
      requestHandler: await threadRequestHandler(network, maxSockets),
      ...(access.profile ? { profile: sdkProfileName(access.profile) } : {}),
      ...(access.endpoint ? { endpoint: access.endpoint, ...noVariants } : access.variants),
    },
  });
}
