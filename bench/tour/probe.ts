import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ExtensionContext } from 'vscode';

/** What the extension host costs at this moment, after a garbage collection. */
export interface HostCost {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** The longest time (ms) since the last question in which nothing else could run. */
  readonly longestBlock: number;
}

/** An extension of its own beside the measured one, in the same process; it answers over HTTP. */
export function activate(context: ExtensionContext): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const server = createServer((_, response) => {
    // Read before the collection, which is a block as well.
    const longestBlock = delay.max / 1e6;
    // What the first one frees holds on to more.
    collect();
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const cost: HostCost = { rss, heapUsed, longestBlock };
    // Once the monitor has seen that block it can be forgotten.
    setTimeout(() => {
      delay.reset();
      response.end(JSON.stringify(cost));
    }, 50);
  });
  server.listen(Number(process.env['AMI_EXPLORER_PROBE_PORT']), '127.0.0.1');
  context.subscriptions.push({ dispose: () => server.close() });
}
