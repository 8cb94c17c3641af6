import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The path of a file of test/fixtures/tls. */
export function tlsFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

export function tlsText(name: string): string {
  return readFileSync(tlsFile(name), 'utf8');
}

const tlsOf = (name: string) => ({ cert: tlsText(`${name}.pem`), key: tlsText(`${name}.key`) });

export interface TestServer {
  readonly port: number;
  close(): Promise<void>;
}

async function listening(server: Server): Promise<TestServer> {
  // The server itself forgets those that have become tunnels.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

/** An endpoint over TLS, whose certificate `endpoint-ca.pem` has signed; what it is asked another server answers. */
export function startTlsEndpoint(behind: string | (() => string)): Promise<TestServer> {
  return listening(createTlsServer(tlsOf('endpoint'), forward(behind)));
}

export interface TestProxy extends TestServer {
  /** What it was asked for: `CONNECT host:port`, or the URL. */
  readonly asked: string[];
  /** The values of Proxy-Authorization; undefined where there was none. */
  readonly authorizations: (string | undefined)[];
}

export interface TestProxyOptions {
  /** Whether it speaks TLS itself, with a certificate that `proxy-ca.pem` has signed. */
  readonly tls?: boolean;
  /** `user:password`; who has others is refused. */
  readonly credentials?: string;
  /** Where tunnels end, whatever they are asked for. */
  readonly tunnelsTo?: TestServer;
  /** Where plain requests end. */
  readonly behind?: string;
}

export async function startProxy({ tls, credentials, tunnelsTo, behind }: TestProxyOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const mayPass = ({ headers }: IncomingMessage) => {
    const given = headers['proxy-authorization'];
    authorizations.push(given);
    return !credentials || given === `Basic ${Buffer.from(credentials).toString('base64')}`;
  };
  const onward = forward(behind ?? '');
  const listener: RequestListener = (incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    if (mayPass(incoming)) {
      onward(incoming, outgoing);
    } else {
      outgoing.writeHead(407, { 'proxy-authenticate': 'Basic realm="test"' }).end('No.');
    }
  };
  const server = tls ? createTlsServer(tlsOf('proxy'), listener) : createServer(listener);
  server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    asked.push(`CONNECT ${incoming.url}`);
    socket.on('error', () => socket.destroy());
    if (!mayPass(incoming)) {
      socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 3\r\n\r\nNo.');
      return;
    }
    const other = connect(tunnelsTo?.port ?? 0, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      other.write(head);
      other.pipe(socket).pipe(other);
    });
    other.on('error', () => socket.destroy());
    socket.on('close', () => other.destroy());
  });
  return { ...(await listening(server)), asked, authorizations };
}

/** Asks the server `behind` the same, by the path of the question. */
function forward(behind: string | (() => string)): RequestListener {
  return (incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://endpoint');
    const { method, headers } = incoming;
    const onward = request(
      new URL(pathname + search, typeof behind === 'string' ? behind : behind()),
      { method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
}
