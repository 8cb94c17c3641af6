import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ExtensionContext } from 'vscode';

/** The extension host's cost after a garbage collection. */
export interface HostCost {
  /** In bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** The longest time (ms) since the last measurement in which nothing else could run. */
  readonly longestBlock: number;
}

/** A second extension in the measured extension's process, which answers over HTTP. */
export function activate(context: ExtensionContext): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const server = createServer((_, response) => {
    // Read before the collection, which blocks too.
    const longestBlock = delay.max / 1e6;
    // The second collection frees objects that the first one released.
    collect();
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const cost: HostCost = { rss, heapUsed, longestBlock };
    // The monitor must see the collection's block before it is reset.
    setTimeout(() => {
      delay.reset();
      response.end(JSON.stringify(cost));
    }, 50);
  });
  server.listen(Number(process.env['AMI_EXPLORER_PROBE_PORT']), '127.0.0.1');
  context.subscriptions.push({ dispose: () => server.close() });
}
