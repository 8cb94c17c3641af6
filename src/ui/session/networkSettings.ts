import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { listOf, read } from '../../core/schemas.ts';
import type { NetworkSettings } from '../../ec2/port.ts';

/** Timeout (ms) for the editor's choice of a proxy, for which it asks the operating system or runs a script. */
const proxyTimeout = 5_000;

/** The settings that decide how AWS is reached. */
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
 * The proxy that the editor would use, the operating system's among them; undefined where that cannot be found out.
 * There is no API for it: `resolveProxyURL` of @vscode/proxy-agent is the editor's own module.
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
      // This build of the editor has no such module there.
    }
  }
  return undefined;
}
