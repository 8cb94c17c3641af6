import type { SampleAccount } from './account.ts';

/** An HTTP request as the AWS SDK passes it to its request handler. */
interface HandlerRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface HandlerOptions {
  /** The SDK's own signals have only a part of the DOM's interface. */
  readonly abortSignal?: SignalLike | undefined;
}

interface SignalLike {
  readonly aborted: boolean;
  onabort?: unknown;
}

interface HandlerResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

/** The part of `requestHandler` that the SDK calls. */
export interface SampleRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HandlerRequest, options?: HandlerOptions): Promise<HandlerResponse>;
  destroy(): void;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
}

export interface RequestHandlerOptions {
  /** Milliseconds before each answer; by default those of a near region. */
  readonly latency?: number | undefined;
}

const DEFAULT_LATENCY = 40;

/**
 * Connects the AWS SDK to the sample account without a port: pass it as `requestHandler`. Answers are delayed as over a
 * network, so that loading states show with the sample account too.
 */
export function sampleRequestHandler(
  account: SampleAccount,
  { latency = DEFAULT_LATENCY }: RequestHandlerOptions = {},
): SampleRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal } = {}) {
      throwIfAborted(abortSignal);
      await delay(latency, abortSignal);
      const { status, headers, body } = await account.handle({
        method: request.method,
        headers: { host: request.hostname, ...request.headers },
        path: request.path,
        query: encodeQuery(request.query),
        body: textOf(request.body),
      });
      throwIfAborted(abortSignal);
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      return { response: { statusCode: status, headers: { ...headers }, body: bytes } };
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** The SDK recognises cancellation by this name. */
function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

function throwIfAborted(signal: SignalLike | undefined): void {
  if (signal?.aborted) {
    throw abortError();
  }
}

function delay(milliseconds: number, signal: SignalLike | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const target = signal instanceof EventTarget ? signal : undefined;
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortError());
    };
    const timer = setTimeout(() => {
      target?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    target?.addEventListener('abort', onAbort, { once: true });
  });
}

function encodeQuery(query: HandlerRequest['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((item): [string, string] => [key, String(item)]),
  );
  return new URLSearchParams(pairs).toString();
}

function textOf(body: unknown): string {
  if (typeof body === 'string') {
    return body;
  }
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}
