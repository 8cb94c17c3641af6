import type { Section, SharedConfig } from './sharedConfig.ts';

/**
 * The config file as the SDK's own reader reads it right: both files in one, names of sections written so that it takes
 * any, and neither keys nor commands.
 */
export function sdkConfigText(config: SharedConfig): string {
  const section = (header: string, values: Section) => [`[${header}]`, ...lines(values), ''];
  return [
    ...[...config.services].flatMap(([name, { values }]) => section(`services.${name}`, values)),
    ...[...config.ssoSessions].flatMap(([name, { values }]) => section(`sso-session.${name}`, values)),
    ...[...config.profiles].flatMap(([name, { values }]) => section(`profile.${sdkProfileName(name)}`, values)),
  ].join('\n');
}

/** The SDK's reader takes part of such a name for a comment, or refuses it. */
export function sdkProfileName(name: string): string {
  return name.replace(/(?<=^|\s)[#;]|^_(?=_proto__$)/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** Nothing of the SDK that reads the files needs these: it is given credentials. */
const keptFromSdk = /^(?:aws_(?:access_key_id|secret_access_key|session_token|security_token)|credential_process)$/;

function lines(values: Section): readonly string[] {
  let parent = '';
  return Object.entries(values).flatMap(([path, value]) => {
    const [, outer = '', name] = /^(?:([\w-]+)\.)?([\w-]+)$/.exec(path) ?? [];
    if (!value || !name || keptFromSdk.test(name)) {
      return [];
    }
    const opened = outer !== parent && outer !== '' ? [`${outer} =`] : [];
    parent = outer;
    return [...opened, `${outer ? '  ' : ''}${name} = ${value}`];
  });
}
