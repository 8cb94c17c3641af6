import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createSampleAccount, type SampleAccount } from './account.ts';
import type { Spread } from './data/syntheticCatalog.ts';
import { type Fault, Faults, parseFault } from './faults.ts';
import { SAMPLE_ACCOUNT_ID } from './model.ts';
import { unpaged, withSameToken } from './pagingFaults.ts';
import { inWordsOf, ServiceError } from './wire/errors.ts';
import { type RequestTarget, requestTarget, type SampleRequest } from './wire/request.ts';
import { errorResponse, type SampleResponse } from './wire/response.ts';
import type { SampleService } from './wire/service.ts';

export interface SampleServerOptions {
  /** A free one where it is left out or 0. */
  readonly port?: number | undefined;
  /** Synthetic public images added to every region. */
  readonly images?: number | undefined;
  /** How they spread over ids and dates; `even` unless given. */
  readonly spread?: Spread | undefined;
  /** Whether every region has public images that readers may stumble over. */
  readonly oddImages?: boolean | undefined;
  /** Milliseconds from a request's arrival to its answer, for any number of requests side by side. */
  readonly latency?: number | undefined;
  /** Whether EC2's request limits apply. */
  readonly throttle?: boolean | undefined;
  /** How long a new image is pending. */
  readonly pendingSeconds?: number | undefined;
  readonly now?: (() => Date) | undefined;
}

/** A request that the server has seen, whatever became of it. */
interface RecordedRequest {
  readonly service: SampleService;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
  /** The fault that it met. */
  readonly fault?: string | undefined;
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
const MAX_RECORDS = 10_000;
/** Images added at once are kept one by one. */
const MAX_ADDED = 100_000;

const HTML_PAGE =
  '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head>' +
  '<body><h1>Bad Gateway</h1><p>The proxy got no <b>valid</b> answer &mdash; sorry.<br></body></html>\n';

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

interface ServerParts extends Pick<SampleServer, 'account' | 'faults' | 'requests'> {
  readonly latency: number;
}

async function serve(parts: ServerParts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const [path = '/', ...rest] = (incoming.url ?? '/').split('?');
  // A question mark within the query belongs to it: a wildcard, for one.
  const query = rest.join('?');
  const body = await readBody(incoming);
  if (path.startsWith('/_sample/')) {
    const { status, value } = await control(parts, incoming.method ?? 'GET', { path, query, body });
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`);
    return;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const request = { method: incoming.method ?? 'GET', headers, path, query, body };
  const target = requestTarget(request);
  const fault = parts.faults.take(target.action, target.region, target.params.get('NextToken') !== undefined);
  record(parts.requests, target, fault);
  if (fault?.kind === 'hang') {
    return;
  }
  const extra = fault?.kind === 'delay' ? (fault.milliseconds ?? 0) : 0;
  // Carried out, and counted against the request limits, on arrival: the answer's making is part of the latency.
  const [response] = await Promise.all([
    respond(parts.account, request, target, fault),
    delay(parts.latency + extra, undefined, { ref: false }),
  ]);
  send(outgoing, response, fault);
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

function record(requests: RecordedRequest[], target: RequestTarget, fault: Fault | undefined): void {
  const { service, action, region, params } = target;
  requests.push({ service, action, region, params: Object.fromEntries(params.entries()), fault: fault?.kind });
  if (requests.length > MAX_RECORDS) {
    requests.shift();
  }
}

/** The answer that a fault gives instead of the account's, or the account's. */
async function respond(
  account: SampleAccount,
  request: SampleRequest,
  target: RequestTarget,
  fault: Fault | undefined,
): Promise<SampleResponse> {
  const error = fault && faultError(fault, target);
  if (error) {
    return errorResponse(target.service, error, randomUUID());
  }
  if (fault?.kind === 'html') {
    return { status: 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
  }
  if (fault?.kind === 'same-token') {
    return withSameToken(account, request, target);
  }
  if (fault?.kind === 'unpaged') {
    return unpaged(account, request, target);
  }
  const response = await account.handle(request);
  if (fault?.kind === 'empty-body') {
    return { ...response, body: '' };
  }
  if (fault?.kind === 'malformed-xml') {
    const text = Buffer.from(response.body).toString('utf8');
    return { ...response, body: `${text.slice(0, text.length / 2)}<&</wrong>` };
  }
  return response;
}

/** The error of a fault in the words of the service, which an `error` brings along. */
function faultError(fault: Fault, target: RequestTarget): ServiceError | undefined {
  if (fault.kind === 'error') {
    return new ServiceError(
      fault.code ?? 'InternalError',
      fault.message ?? 'A fault of the test.',
      fault.status ?? 400,
    );
  }
  const error = commonError(fault, target);
  return error && inWordsOf(target.service, error);
}

function commonError({ kind }: Fault, { service, action }: RequestTarget): ServiceError | undefined {
  switch (kind) {
    case 'throttled':
      return new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    case 'server-error':
      return new ServiceError('InternalError', 'An internal error has occurred', 500);
    case 'unavailable':
      return new ServiceError('Unavailable', 'The service is unavailable. Please try again shortly.', 503);
    case 'expired-credentials':
      return new ServiceError('RequestExpired', 'Request has expired.');
    case 'access-denied':
      return new ServiceError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. User: arn:aws:iam::${SAMPLE_ACCOUNT_ID}:user/sample is not ` +
          `authorized to perform: ${service}:${action} because no identity-based policy allows the ${service}:${action} ` +
          'action. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcdef_ABCDEF',
        403,
      );
    case 'invalid-token':
      return new ServiceError('InvalidPaginationToken', 'The pagination token is invalid or has expired.');
    case 'not-opted-in':
      return new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
    default:
      return undefined;
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: SampleResponse, fault: Fault | undefined): void {
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

interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

async function control(
  parts: ServerParts,
  method: string,
  { path, query, body }: Pick<SampleRequest, 'path' | 'query' | 'body'>,
): Promise<ControlAnswer> {
  const { account, faults, requests } = parts;
  switch (`${method} ${path}`) {
    case 'GET /_sample/faults':
      return { status: 200, value: faults.list() };
    case 'POST /_sample/faults':
      return answerOf(() => {
        faults.add(parseFault(JSON.parse(body)));
        return faults.list();
      });
    case 'DELETE /_sample/faults':
      faults.clear();
      return { status: 200, value: [] };
    case 'GET /_sample/requests':
      return { status: 200, value: requests };
    case 'DELETE /_sample/requests':
      requests.length = 0;
      return { status: 200, value: [] };
    case 'GET /_sample/reboots':
      return { status: 200, value: account.reboots };
    case 'GET /_sample/public-images':
      return answerOf(() => account.publicImages(new URLSearchParams(query).get('region') ?? '').ids());
    case 'POST /_sample/public-images':
      return answerOf(() => changePublicImages(account, JSON.parse(body)));
    case 'POST /_sample/reset':
      account.reset();
      faults.clear();
      requests.length = 0;
      return { status: 200, value: {} };
    default:
      return { status: 404, value: { error: `Nothing answers ${method} ${path}.` } };
  }
}

/** @throws Error whose message says what is wrong with the change */
async function changePublicImages(account: SampleAccount, change: unknown): Promise<string[]> {
  const { region, add, remove } = (change ?? {}) as Readonly<Record<string, unknown>>;
  const images = account.publicImages(String(region));
  if (typeof add === 'number' && Number.isInteger(add) && add >= 0 && add <= MAX_ADDED && remove === undefined) {
    return images.add(add);
  }
  if (Array.isArray(remove) && add === undefined) {
    return images.remove(remove.map(String));
  }
  throw new Error(
    `A change is {region, add} with a number up to ${MAX_ADDED}, or {region, remove} with an array of ids.`,
  );
}

async function answerOf(work: () => unknown): Promise<ControlAnswer> {
  try {
    return { status: 200, value: await work() };
  } catch (error) {
    return { status: 400, value: { error: error instanceof Error ? error.message : String(error) } };
  }
}
