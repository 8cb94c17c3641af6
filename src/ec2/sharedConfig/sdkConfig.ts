import type { Section, SharedConfig } from './sharedConfig.ts';

/**
 * One config file with the settings of both files, for the SDK's own reader: section names are escaped, and keys and
 * commands left out.
 */
export function sdkConfigText(config: SharedConfig): string {
  const section = (header: string, values: Section) => [`[${header}]`, ...lines(values), ''];
  return [
    ...[...config.services].flatMap(([name, { values }]) => section(`services.${name}`, values)),
    ...[...config.ssoSessions].flatMap(([name, { values }]) => section(`sso-session.${name}`, values)),
    ...[...config.profiles].flatMap(([name, { values }]) => section(`profile.${sdkProfileName(name)}`, values)),
  ].join('\n');
}

/** Escapes a profile's name where the SDK's reader would take a part of it for a comment, or refuse it. */
export function sdkProfileName(name: string): string {
  return name.replace(/(?<=^|\s)[#;]|^_(?=_proto__$)/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** The settings that the SDK must not see: it gets its credentials from the extension. */
const hiddenFromSdk = /^(?:aws_(?:access_key_id|secret_access_key|session_token|security_token)|credential_process)$/;

function lines(values: Section): readonly string[] {
  let parent = '';
  return Object.entries(values).flatMap(([path, value]) => {
    const [, outer = '', name] = /^(?:([\w-]+)\.)?([\w-]+)$/.exec(path) ?? [];
    if (!value || !name || hiddenFromSdk.test(name)) {
      return [];
    }
    const opened = outer !== parent && outer !== '' ? [`${outer} =`] : [];
    parent = outer;
    return [...opened, `${outer ? '  ' : ''}${name} = ${value}`];
  });
}
