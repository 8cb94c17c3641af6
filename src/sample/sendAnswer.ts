import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import type { SampleResponse } from './wire/response.ts';

/** Sends an answer whole, or as far and as fast as a fault lets it. */
export function sendAnswer(
  outgoing: ServerResponse,
  { status, headers, body }: SampleResponse,
  fault: Fault | undefined,
): void {
  if (fault?.kind === 'drop-answer') {
    outgoing.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (fault?.kind === 'cut') {
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
    return;
  }
  if (fault?.kind === 'stall') {
    outgoing.write(bytes.subarray(0, bytes.length / 2));
    return;
  }
  if (fault?.kind === 'drip') {
    drip(outgoing, bytes, fault.milliseconds ?? 1_000);
    return;
  }
  outgoing.end(bytes);
}

function drip(outgoing: ServerResponse, bytes: Uint8Array, interval: number): void {
  let at = 0;
  const timer = setInterval(() => {
    outgoing.write(bytes.subarray(at, at + 1));
    at += 1;
    if (at === bytes.length) {
      outgoing.end();
    }
  }, interval);
  timer.unref();
  outgoing.once('close', () => clearInterval(timer));
}
