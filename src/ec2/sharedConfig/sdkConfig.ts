import { profileKind, settingsOfKind } from './profileKind.ts';
import type { Section, SharedConfig } from './sharedConfig.ts';

/**
 * The config file as the SDK's own reader reads it right: both files in one, names of sections written so that it takes
 * any, of each profile the source of credentials that counts, and nothing that it would take for a comment.
 */
export function sdkConfigText(config: SharedConfig): string {
  const section = (header: string, values: Section) => [`[${header}]`, ...lines(values), ''];
  return [
    ...[...config.services].flatMap(([name, { values }]) => section(`services.${name}`, values)),
    ...[...config.ssoSessions].flatMap(([name, { values }]) => section(`sso-session.${name}`, values)),
    ...[...config.profiles].flatMap(([name, { values }]) =>
      section(`profile.${sdkProfileName(name)}`, sdkProfile(values)),
    ),
  ].join('\n');
}

/** The SDK's reader takes part of such a name for a comment, or refuses it. */
export function sdkProfileName(name: string): string {
  return name.replace(/(?<=^|\s)[#;]|^_(?=_proto__$)/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

const credentialSettings = new Set(Object.values(settingsOfKind).flat());

function sdkProfile(values: Section): Section {
  const counting = settingsOfKind[profileKind(values)];
  const source = values['source_profile'];
  return Object.fromEntries(
    Object.entries({
      ...values,
      ...(source ? { source_profile: sdkProfileName(source) } : {}),
    }).filter(([name]) => !credentialSettings.has(name) || counting.includes(name)),
  );
}

function lines(values: Section): readonly string[] {
  let parent = '';
  return Object.entries(values).flatMap(([path, value]) => {
    const [, outer = '', name] = /^(?:([\w-]+)\.)?([\w-]+)$/.exec(path) ?? [];
    if (!value || !name) {
      return [];
    }
    const opened = outer !== parent && outer !== '' ? [`${outer} =`] : [];
    parent = outer;
    return [...opened, `${outer ? '  ' : ''}${name} = ${value}`];
  });
}
