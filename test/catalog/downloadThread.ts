import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { DownloadQuestions, DownloadRequests } from '../../src/catalog/threads/contracts.ts';
import { Requests, serve } from '../../src/protocol/rpc.ts';

export interface DownloadThread {
  readonly worker: Worker;
  readonly requests: Requests<DownloadRequests>;
}

/** Starts the thread that downloads, and gives it credentials. */
export function startDownloadThread(file: string | URL, resourceLimits: ResourceLimits = {}): DownloadThread {
  const worker = new Worker(file, { resourceLimits });
  const post = (message: unknown) => worker.postMessage(message);
  const requests = new Requests<DownloadRequests>(post);
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
  const answer = serve<DownloadQuestions>({ credentials }, post, String);
  worker.on('message', (message: unknown) => {
    requests.receive(message);
    void answer(message);
  });
  return { worker, requests };
}
