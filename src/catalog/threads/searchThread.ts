import { parentPort } from 'node:worker_threads';
import { notify, serve } from '../../protocol/rpc.ts';
import type { SearchNotifications, SearchRequests } from './contracts.ts';
import { SearchService } from './searchService.ts';

/** The thread that searches. It has a connection to the store of its own, so that no keystroke waits for a download. */
const port = parentPort;
if (port) {
  const post = (message: unknown) => port.postMessage(message);
  const service = new SearchService({
    now: () => Date.now(),
    status: (reader, status) => notify<SearchNotifications, 'status'>(post, 'status', { reader, status }),
    failed: (reader, failure) => notify<SearchNotifications, 'failed'>(post, 'failed', { reader, failure }),
  });
  const receive = serve<SearchRequests>(service.handlers(), post, (error) =>
    error instanceof Error ? error.message : String(error),
  );
  port.on('message', (message: unknown) => void receive(message));
}
