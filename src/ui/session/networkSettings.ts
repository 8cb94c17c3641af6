import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { listOf, read } from '../../core/schemas.ts';
import type { NetworkSettings } from '../../ec2/port.ts';

/** How long (ms) the editor may think about which proxy to use: it asks the operating system, or runs a script. */
const proxyTimeout = 5_000;

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
  const text = (name: string) => read(v.pipe(v.string(), v.trim(), v.nonEmpty()), settings.get(name));
  return {
    proxySupport: text('proxySupport') ?? 'override',
    proxy: text('proxy'),
    noProxy: read(listOf(v.string()), settings.get('noProxy')) ?? [],
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
    timer = setTimeout(() => done(undefined), proxyTimeout);
  });
  try {
    return await Promise.race([resolve(url).then((proxy) => ({ proxy: proxy || undefined })), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

const proxyAgent = v.object({ resolveProxyURL: v.function() });

function editorsResolver(): ((url: string) => Promise<string | undefined>) | undefined {
  const load = createRequire(join(vscode.env.appRoot, 'package.json'));
  for (const place of ['./node_modules.asar/@vscode/proxy-agent', './node_modules/@vscode/proxy-agent']) {
    try {
      const { resolveProxyURL } = v.parse(proxyAgent, load(place));
      return async (url) => read(v.string(), await resolveProxyURL(url));
    } catch {
      // The editor is built in another way.
    }
  }
  return undefined;
}
