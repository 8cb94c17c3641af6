import { createSecureContext, getCACertificates } from 'node:tls';
import type { NetworkAccess, NetworkSettings } from '../port.ts';
import type { ProxyAgentsOptions } from './proxyAgents.ts';
import { proxyByRules } from './proxyRules.ts';

/** For what needs no network. */
export const noNetwork: NetworkAccess = {
  proxy: undefined,
  proxyAuthorization: undefined,
  proxyStrictSSL: true,
  systemCertificates: false,
  trusted: undefined,
};

/** An endpoint that does not answer is given up after a while (ms). */
const patience = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** The proxy for a URL, with its credentials: the editor's, if it tells, so that all go the same way. */
export async function proxyFor(url: string, settings: NetworkSettings): Promise<string | undefined> {
  if (settings.proxySupport === 'off') {
    return undefined;
  }
  const found = await settings.proxyOf(url);
  return found ? found.proxy : proxyByRules(url, { ...settings, env: process.env });
}

/** The SDK's `requestHandler` for the clients of the extension host, those of credential providers among them. */
export async function hostRequestHandler(settings: NetworkSettings, trusted: readonly string[] | undefined) {
  const tls = trusted ? { ca: [...trusted] } : {};
  if (settings.proxySupport === 'override' || settings.proxySupport === 'fallback') {
    // The editor sends what Node's `https` is asked on its way: it takes the certificates from the agent's options, and
    // puts its own agent in the place of this one.
    return { ...patience, httpsAgent: tls };
  }
  // What has an agent of its own it leaves alone otherwise.
  const agents = await proxyAgents({ ...settings, proxyFor: (url) => proxyFor(url, settings), tls, maxSockets: 50 });
  return { ...patience, ...agents };
}

/** The same for a thread, which the editor does not touch. */
export async function threadRequestHandler(network: NetworkAccess, maxSockets: number) {
  const { proxy, trusted, systemCertificates } = network;
  const ca =
    trusted ?? (systemCertificates ? [...getCACertificates('default'), ...getCACertificates('system')] : undefined);
  // Made once: to read some hundred certificates takes longer than to connect.
  const tls = ca ? { secureContext: createSecureContext({ ca: [...ca] }) } : {};
  const agents = proxy
    ? await proxyAgents({ ...network, proxyFor: async () => proxy, tls, maxSockets })
    : { httpAgent: { maxSockets }, httpsAgent: { maxSockets, ...tls } };
  return { ...patience, ...agents };
}

async function proxyAgents(options: ProxyAgentsOptions) {
  const { ProxyAgent } = await import('./proxyAgents.ts');
  return { httpAgent: new ProxyAgent(options), httpsAgent: new ProxyAgent(options) };
}
