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
  // The server itself does not close connections that have become tunnels.
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

/** Starts an endpoint with TLS and a certificate of `endpoint-ca.pem` that forwards requests to the server `behind`. */
export function startTlsEndpoint(behind: string | (() => string)): Promise<TestServer> {
  return listening(createTlsServer(tlsOf('endpoint'), forward(behind)));
}

export interface TestProxy extends TestServer {
  /** The requests: `CONNECT host:port`, or the URL. */
  readonly asked: string[];
  /** The Proxy-Authorization headers of the requests; undefined for none. */
  readonly authorizations: (string | undefined)[];
}

export interface TestProxyOptions {
  /** Whether the proxy itself uses TLS, with a certificate of `proxy-ca.pem`. */
  readonly tls?: boolean;
  /** The required `user:password`. */
  readonly credentials?: string;
  /** Where all tunnels end, whatever host they name. */
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

/** Forwards requests to the server `behind`. */
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
