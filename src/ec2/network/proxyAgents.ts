import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { AmiError } from '../../core/errors.ts';
import type { NetworkAccess } from '../port.ts';
import { TlsProxyAgent } from './tlsProxyAgent.ts';

export interface ProxyAgentsOptions extends Pick<NetworkAccess, 'proxyAuthorization' | 'proxyStrictSSL'> {
  /** The proxy for a URL; undefined for none. */
  readonly proxyFor: (url: string) => Promise<string | undefined>;
  /** The certificates to trust, of endpoints and of proxies. */
  readonly tls: { readonly ca?: string[]; readonly secureContext?: SecureContext };
  /** The most connections to one endpoint. */
  readonly maxSockets: number;
}

/** Finds the proxy of each request, and passes the request to an agent for that proxy. */
export class ProxyAgent extends Agent {
  readonly #options: ProxyAgentsOptions;
  readonly #agents = new Map<string, HttpAgent>();

  constructor(options: ProxyAgentsOptions) {
    super();
    // These options go to the connection with the endpoint, through a proxy or not.
    this.options = { ...this.options, ...options.tls };
    this.#options = options;
  }

  override async connect(
    _request: ClientRequest,
    { secureEndpoint, host = '', port }: AgentConnectOpts,
  ): Promise<HttpAgent> {
    const name = host.includes(':') ? `[${host}]` : host;
    const proxy = await this.#options.proxyFor(`${secureEndpoint ? 'https' : 'http'}://${name}:${port}`);
    const key = `${secureEndpoint} ${proxy}`;
    const agent = this.#agents.get(key) ?? this.#agentOf(proxy, secureEndpoint);
    this.#agents.set(key, agent);
    return agent;
  }

  #agentOf(proxy: string | undefined, secureEndpoint: boolean): HttpAgent {
    const { maxSockets, tls, proxyStrictSSL, proxyAuthorization } = this.#options;
    const sockets = { keepAlive: true, maxSockets };
    if (proxy === undefined) {
      return secureEndpoint ? new HttpsAgent({ ...sockets, ...tls }) : new HttpAgent(sockets);
    }
    if (!/^https?:/.test(proxy)) {
      const protocol = new URL(proxy).protocol.slice(0, -1).toUpperCase();
      throw new AmiError({ kind: 'proxy-protocol', protocol }, { kind: 'config-invalid', operation: 'Connect' });
    }
    const options = {
      ...sockets,
      ...tls,
      rejectUnauthorized: proxyStrictSSL,
      ...(proxyAuthorization ? { headers: { 'Proxy-Authorization': proxyAuthorization } } : {}),
    };
    // HttpProxyAgent rewrites a request's header only when it opens a connection, so that none may be used again.
    return secureEndpoint
      ? new (proxy.startsWith('https:') ? TlsProxyAgent : HttpsProxyAgent)(proxy, options)
      : new HttpProxyAgent(proxy, { ...options, keepAlive: false });
  }

  override destroy(): void {
    for (const agent of this.#agents.values()) {
      agent.destroy();
    }
    super.destroy();
  }
}
