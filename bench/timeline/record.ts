import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Profiler, Session } from 'node:inspector';
import { join } from 'node:path';
import { BroadcastChannel, threadId } from 'node:worker_threads';

/** A request of a thread. Times are microseconds of the machine's monotonic clock. */
export interface RecordedRequest {
  readonly sent: number;
  /** When the head of the answer had arrived. */
  answered?: number;
  /** When all of the answer had been read. */
  ended?: number;
  status?: number;
}

/** What one thread has done. `profile` has the same clock as the requests. */
export interface ThreadRecord {
  readonly thread: number;
  readonly requests: readonly RecordedRequest[];
  readonly profile: Profiler.Profile;
}

/** Where each thread writes its record once a message comes on the channel. */
export const recordChannel = 'timeline';

/** How often (µs) it is looked what a thread does. */
const interval = 500;

/** Loaded with `--import` into each thread of a process: records its requests and what it does. */
const folder = process.env['TIMELINE_FOLDER'];
if (folder) {
  const requests: RecordedRequest[] = [];
  const byRequest = new WeakMap<ClientRequest, RecordedRequest>();
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    const recorded = { sent: now() };
    requests.push(recorded);
    byRequest.set(request, recorded);
  });
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    const recorded = byRequest.get(request);
    if (recorded) {
      recorded.answered = now();
      recorded.status = response.statusCode ?? 0;
      response.on('close', () => {
        recorded.ended = now();
      });
    }
  });
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval });
  session.post('Profiler.start');
  const channel = new BroadcastChannel(recordChannel);
  channel.unref();
  channel.onmessage = () =>
    session.post('Profiler.stop', (_error, { profile }) => {
      const record: ThreadRecord = { thread: threadId, requests, profile };
      writeFileSync(join(folder, `thread-${threadId}.json`), JSON.stringify(record));
    });
}

function now(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
