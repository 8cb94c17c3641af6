import type { ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect, TLSSocket } from 'node:tls';
import type { AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';

/**
 * Tunnels through a proxy that is reached over TLS itself. Node runs TLS directly on the handle of another TLS socket,
 * which crashes the process when a thread ends with such a connection open: here a stream stands between the two.
 */
export class TlsProxyAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    const tunnel = await super.connect(request, { ...options, secureEndpoint: false });
    // What a proxy refuses comes as another kind of socket, with the proxy's answer to the request.
    if (!options.secureEndpoint || !(tunnel instanceof TLSSocket)) {
      return tunnel;
    }
    const { host = '', path: _path, port: _port, ...rest } = options;
    const name = rest.servername || (isIP(host) ? undefined : host);
    return connect({ ...rest, ...(name ? { servername: name } : {}), socket: new SocketStream(tunnel) });
  }
}

/** A socket as a stream without a handle. */
class SocketStream extends Duplex {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk) => {
      if (!this.push(chunk)) {
        socket.pause();
      }
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: (error?: Error | null) => void): void {
    this.#socket.write(chunk, written);
  }

  override _final(ended: () => void): void {
    this.#socket.end(ended);
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#socket.destroy();
    destroyed(error);
  }
}
