import { createSecureContext, getCACertificates } from 'node:tls';
import type { NetworkAccess, NetworkSettings } from '../port.ts';
import type { ProxyAgentsOptions } from './proxyAgents.ts';
import { proxyByRules } from './proxyRules.ts';

/** For connections that need no network. */
export const noNetwork: NetworkAccess = {
  proxy: undefined,
  proxyAuthorization: undefined,
  proxyStrictSSL: true,
  systemCertificates: false,
  trusted: undefined,
};

/** The timeouts (ms) of connecting to an endpoint and of its answer. */
const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** The proxy for a URL, with its credentials: the one that the editor uses, or else the one that the rules give. */
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
    // The editor replaces the agent of every request with its own, which takes the certificates from these options.
    return { ...timeouts, httpsAgent: tls };
  }
  // With other settings, the editor leaves requests with an agent of their own alone.
  const agents = await proxyAgents({ ...settings, proxyFor: (url) => proxyFor(url, settings), tls, maxSockets: 50 });
  return { ...timeouts, ...agents };
}

/** The `requestHandler` for a thread, whose requests the editor does not touch. */
export async function threadRequestHandler(network: NetworkAccess, maxSockets: number) {
  const { proxy, trusted, systemCertificates } = network;
  const ca =
    trusted ?? (systemCertificates ? [...getCACertificates('default'), ...getCACertificates('system')] : undefined);
  // Made once: reading some hundred certificates takes longer than connecting.
  const tls = ca ? { secureContext: createSecureContext({ ca: [...ca] }) } : {};
  const agents = proxy
    ? await proxyAgents({ ...network, proxyFor: async () => proxy, tls, maxSockets })
    : { httpAgent: { maxSockets }, httpsAgent: { maxSockets, ...tls } };
  return { ...timeouts, ...agents };
}

async function proxyAgents(options: ProxyAgentsOptions) {
  const { ProxyAgent } = await import('./proxyAgents.ts');
  return { httpAgent: new ProxyAgent(options), httpsAgent: new ProxyAgent(options) };
}
