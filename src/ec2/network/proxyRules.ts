import { BlockList, isIP } from 'node:net';

export interface ProxyRules {
  /** The proxy for every request; undefined: the one of the environment. */
  readonly proxy: string | undefined;
  /** The hosts that need no proxy; empty: those of the environment. */
  readonly noProxy: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** The proxy for a URL, with its credentials; undefined for none. Reads the same variables as curl and the AWS CLI. */
export function proxyByRules(url: string, { proxy, noProxy, env }: ProxyRules): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  const exceptions = noProxy.length > 0 ? noProxy : variable(env, 'no_proxy').split(/[\s,]+/);
  if (isLoopback(host) || exceptions.some((exception) => excepts(exception, host, port || defaultPort(protocol)))) {
    return undefined;
  }
  const scheme = protocol.slice(0, -1);
  return toUrl(proxy ?? (variable(env, `${scheme}_proxy`) || variable(env, 'all_proxy')));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || loopback.check(host, family(host));
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

/** `corp` and `.corp` match a host and all below it, `*.corp` those below, `10.0.0.0/8` addresses, `:443` one port. */
function excepts(exception: string, host: string, port: string): boolean {
  const [, name = '', only] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception.trim().toLowerCase()) ?? [];
  const pattern = name.replace(/^\[|\]$/g, '');
  if (pattern === '' || (only !== undefined && only !== port)) {
    return false;
  }
  const [network = '', prefix] = pattern.split('/');
  if (isIP(network) > 0) {
    return prefix === undefined ? network === host : inSubnet(network, Number(prefix), host);
  }
  if (pattern.includes('*')) {
    return pattern === '*' || wildcard(pattern).test(host);
  }
  const suffix = pattern.replace(/^\./, '');
  return host === suffix || host.endsWith(`.${suffix}`);
}

function inSubnet(network: string, prefix: number, host: string): boolean {
  if (isIP(host) !== isIP(network) || !Number.isInteger(prefix) || prefix > (isIP(network) === 4 ? 32 : 128)) {
    return false;
  }
  const subnet = new BlockList();
  subnet.addSubnet(network, prefix, family(network));
  return subnet.check(host, family(host));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function variable(env: NodeJS.ProcessEnv, name: string): string {
  return (env[name] ?? env[name.toUpperCase()] ?? '').trim();
}

/** A proxy without a scheme speaks HTTP. A text that is no URL is ignored, as the editor does. */
function toUrl(proxy: string): string | undefined {
  const url = proxy === '' || proxy.includes('://') ? proxy : `http://${proxy}`;
  return URL.canParse(url) ? url : undefined;
}
