import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type Contract, type Handlers, listen, Requests, serve } from '../../protocol/rpc.ts';

/** For what nobody waits for: that the thread has ended is told by its end. */
export function quietly(promise: Promise<unknown> | undefined): void {
  promise?.catch(() => undefined);
}

export interface Thread<R extends Contract<R>> {
  readonly worker: Worker;
  readonly requests: Requests<R>;
}

/** Told why a thread has ended, and whether it had ever answered: one that had not would hardly do better when started again. */
export type ThreadEnded = (message: string, hadAnswered: boolean) => void;

/** Every question to a thread that dies is answered: by its end. */
export function startThread<R extends Contract<R>, N extends Contract<N>, Q extends Contract<Q>>(
  file: string | URL,
  resourceLimits: ResourceLimits,
  notifications: Handlers<N>,
  questions: Handlers<Q>,
  ended: ThreadEnded,
): Thread<R> {
  const worker = new Worker(file, { stdout: false, stderr: false, resourceLimits });
  // The editor may end whatever its threads do: all that they write is written at once or not at all.
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
