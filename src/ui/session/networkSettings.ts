import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { NetworkSettings } from '../../ec2/port.ts';

/** How long (ms) the editor may think about which proxy to use: it asks the operating system, or runs a script. */
const patience = 5_000;

/** The settings by which the way to AWS is found. */
export const networkSettingNames: readonly string[] = [
  'http.proxySupport',
  'http.proxy',
  'http.noProxy',
  'http.proxyAuthorization',
  'http.proxyStrictSSL',
  'http.systemCertificates',
];

export function networkSettings(): NetworkSettings {
  const settings = vscode.workspace.getConfiguration('http');
  const text = (name: string): string | undefined => {
    const value: unknown = settings.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const exceptions: unknown = settings.get('noProxy');
  return {
    proxySupport: text('proxySupport') ?? 'override',
    proxy: text('proxy'),
    noProxy: Array.isArray(exceptions) ? exceptions.filter((item) => typeof item === 'string') : [],
    proxyAuthorization: text('proxyAuthorization'),
    proxyStrictSSL: settings.get('proxyStrictSSL') !== false,
    systemCertificates: settings.get('systemCertificates') !== false,
    proxyOf,
  };
}

/**
 * The proxy that the editor would use: it knows the operating system's, too. Undefined where it does not tell. No API tells;
 * the module by which the editor patches `https` does, in its own place (`resolveProxyURL` of @vscode/proxy-agent).
 */
async function proxyOf(url: string): Promise<{ readonly proxy: string | undefined } | undefined> {
  const resolve = editorsResolver();
  if (!resolve) {
    return undefined;
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patience);
  });
  try {
    return await Promise.race([resolve(url).then((proxy) => ({ proxy: proxy || undefined })), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function editorsResolver(): ((url: string) => Promise<string | undefined>) | undefined {
  const load = createRequire(join(vscode.env.appRoot, 'package.json'));
  for (const place of ['./node_modules.asar/@vscode/proxy-agent', './node_modules/@vscode/proxy-agent']) {
    try {
      const resolve: unknown = Reflect.get(Object(load(place)), 'resolveProxyURL');
      if (typeof resolve === 'function') {
        return async (url) => {
          const proxy: unknown = await resolve(url);
          return typeof proxy === 'string' ? proxy : undefined;
        };
      }
    } catch {
      // The editor is built in another way.
    }
  }
  return undefined;
}
