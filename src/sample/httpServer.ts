import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createSampleAccount, type SampleAccount } from './account.ts';
import { type Controlled, controlAnswer } from './controlDoor.ts';
import type { Spread } from './data/syntheticCatalog.ts';
import { answerWith } from './faultAnswers.ts';
import { Faults } from './faults.ts';
import { type RecordedRequest, recordRequest } from './recordedRequests.ts';
import { sendAnswer } from './sendAnswer.ts';
import { requestTarget } from './wire/request.ts';

export interface SampleServerOptions {
  /** A free one where it is left out or 0. */
  readonly port?: number | undefined;
  /** Synthetic public images added to every region. */
  readonly images?: number | undefined;
  /** How they spread over ids and dates; `even` unless given. */
  readonly spread?: Spread | undefined;
  /** Whether every region has images that readers may stumble over, also hostile ones. */
  readonly oddImages?: boolean | undefined;
  /** Milliseconds from a request's arrival to its answer, for any number of requests side by side. */
  readonly latency?: number | undefined;
  /** Whether EC2's request limits apply. */
  readonly throttle?: boolean | undefined;
  /** How long a new image is pending. */
  readonly pendingSeconds?: number | undefined;
  /** New images with this text in their names fail; `this-image-fails` where left out. */
  readonly failingName?: string | undefined;
  readonly now?: (() => Date) | undefined;
}

export interface SampleServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly account: SampleAccount;
  readonly faults: Faults;
  /** Oldest first; emptied by assigning 0 to its length. */
  readonly requests: RecordedRequest[];
  /** Ends all connections, also those under way. */
  close(): Promise<void>;
}

const MAX_BODY = 4_000_000;
/** ms that a connection may be idle. */
const keepAlive = 120_000;

/**
 * The sample account over HTTP, on the loopback address only. Beside EC2, STS and SSM it answers, for tests in other
 * processes: `POST /_sample/faults` (a fault as JSON) and `DELETE`, `GET /_sample/requests` and `DELETE`,
 * `GET /_sample/reboots`, `POST /_sample/reset`; `GET /_sample/public-images?region=R` (the ids that a listing of all
 * public images would give now, as an array) and `POST` of `{region, add: count}` or `{region, remove: [ids]}`, which
 * answers the ids of the images that came or went.
 *
 * @throws Error with the code of the system where the port cannot be had
 */
export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const { port = 0, images, latency = 0, ...rest } = options;
  const account = createSampleAccount({ extraImages: images, ...rest });
  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const parts = { account, faults, requests, latency };
  const server = createServer((request, response) => {
    serve(parts, request, response).catch(() => response.destroy());
  });
  // Whoever asks in the same process, and holds it up for a while, would find all its connections ended.
  server.keepAliveTimeout = keepAlive;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no port.');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    account,
    faults,
    requests,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface ServerParts extends Controlled {
  readonly latency: number;
}

async function serve(parts: ServerParts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const [path = '/', ...rest] = (incoming.url ?? '/').split('?');
  // A question mark within the query belongs to it: a wildcard, for one.
  const query = rest.join('?');
  const body = await readBody(incoming);
  if (path.startsWith('/_sample/')) {
    const { status, value } = await controlAnswer(parts, incoming.method ?? 'GET', { path, query, body });
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`);
    return;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const request = { method: incoming.method ?? 'GET', headers, path, query, body };
  const target = requestTarget(request);
  const fault = parts.faults.take(target.action, target.region, target.params.get('NextToken') !== undefined);
  recordRequest(parts.requests, target, fault);
  if (fault?.kind === 'hang') {
    return;
  }
  const extra = fault?.kind === 'delay' ? (fault.milliseconds ?? 0) : 0;
  // Carried out, and counted against the request limits, on arrival: the answer's making is part of the latency.
  const [response] = await Promise.all([
    answerWith(parts.account, request, target, fault),
    delay(parts.latency + extra, undefined, { ref: false }),
    fault?.kind === 'hold' ? parts.faults.cleared() : undefined,
  ]);
  sendAnswer(outgoing, response, fault);
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_BODY) {
      throw new Error('The request is too long.');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
