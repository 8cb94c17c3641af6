import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { AmiError } from '../../core/errors.ts';
import type { NetworkAccess } from '../port.ts';

export interface ProxyAgentsOptions extends Pick<NetworkAccess, 'proxyAuthorization' | 'proxyStrictSSL'> {
  /** The proxy for a URL; undefined where none is to be used. */
  readonly proxyFor: (url: string) => Promise<string | undefined>;
  /** Whom to trust, of endpoints as of proxies. */
  readonly tls: { readonly ca?: string[]; readonly secureContext?: SecureContext };
  /** For each endpoint. */
  readonly maxSockets: number;
}

/** Finds a request's proxy, and leaves it to the agent for that proxy, or for none. */
export class ProxyAgent extends Agent {
  readonly #options: ProxyAgentsOptions;
  readonly #agents = new Map<string, HttpAgent>();

  constructor(options: ProxyAgentsOptions) {
    super();
    // What stands here is given to the connection with the endpoint, be there a proxy or not.
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
      throw new AmiError(`A ${new URL(proxy).protocol.slice(0, -1).toUpperCase()} proxy cannot be used here.`, {
        kind: 'config-invalid',
        operation: 'Connect',
      });
    }
    const options = {
      ...sockets,
      ...tls,
      rejectUnauthorized: proxyStrictSSL,
      ...(proxyAuthorization ? { headers: { 'Proxy-Authorization': proxyAuthorization } } : {}),
    };
    // The agent for plain HTTP writes its header anew for each connection, and for those that it has kept it does not.
    return secureEndpoint
      ? new HttpsProxyAgent(proxy, options)
      : new HttpProxyAgent(proxy, { ...options, keepAlive: false });
  }

  override destroy(): void {
    for (const agent of this.#agents.values()) {
      agent.destroy();
    }
    super.destroy();
  }
}
