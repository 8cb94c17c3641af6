import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type Contract, type Handlers, listen, Requests, serve } from '../protocol/rpc.ts';

/** Ignores the rejection of a request whose answer nobody needs: `ThreadEnded` reports the end of the thread. */
export function ignoreRejection(promise: Promise<unknown> | undefined): void {
  promise?.catch(() => undefined);
}

export interface Thread<R extends Contract<R>> {
  readonly worker: Worker;
  readonly requests: Requests<R>;
}

/** Called when a thread has ended. If it had not answered anything, starting it again would hardly help. */
export type ThreadEnded = (message: string, hadAnswered: boolean) => void;

/** Starts a thread. Requests that are open when it ends are rejected. */
export function startThread<R extends Contract<R>, N extends Contract<N>, Q extends Contract<Q>>(
  file: string | URL,
  resourceLimits: ResourceLimits,
  notifications: Handlers<N>,
  questions: Handlers<Q>,
  ended: ThreadEnded,
): Thread<R> {
  const worker = new Worker(file, { stdout: false, stderr: false, resourceLimits });
  // The editor may end at any time: the threads write in transactions alone.
  worker.unref();
  const post = (message: unknown) => worker.postMessage(message);
  const requests = new Requests<R>(post);
  const notified = listen<N>(notifications);
  const asked = serve<Q>(questions, post, (error) => (error instanceof Error ? error.message : String(error)));
  let hasAnswered = false;
  worker.on('message', (message: unknown) => {
    hasAnswered = true;
    requests.receive(message);
    notified(message);
    void asked(message);
  });
  let reason = 'The thread has ended.';
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', () => {
    requests.end(reason);
    ended(reason, hasAnswered);
  });
  return { worker, requests };
}
