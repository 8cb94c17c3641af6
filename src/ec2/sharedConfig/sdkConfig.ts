import { profileKind, settingsOfKind } from './profileKind.ts';
import type { Section, SharedConfig } from './sharedConfig.ts';
import { shellWords } from './shellWords.ts';

/**
 * The config file as the SDK's own reader reads it right: both files in one, names of sections written so that it takes
 * any, of each profile the source of credentials that counts, and nothing that it would take for a comment.
 *
 * @param platform of `process`: commands are quoted as its shell wants them
 */
export function sdkConfigText(config: SharedConfig, platform: NodeJS.Platform): string {
  const section = (header: string, values: Section) => [`[${header}]`, ...lines(values), ''];
  return [
    ...[...config.services].flatMap(([name, { values }]) => section(`services.${name}`, values)),
    ...[...config.ssoSessions].flatMap(([name, { values }]) => section(`sso-session.${name}`, values)),
    ...[...config.profiles].flatMap(([name, { values }]) =>
      section(`profile.${sdkProfileName(name)}`, sdkProfile(values, platform)),
    ),
  ].join('\n');
}

/** The SDK's reader takes part of such a name for a comment, or refuses it. */
export function sdkProfileName(name: string): string {
  return name.replace(/(?<=^|\s)[#;]|^_(?=_proto__$)/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

const credentialSettings = new Set(Object.values(settingsOfKind).flat());

function sdkProfile(values: Section, platform: NodeJS.Platform): Section {
  const counting = settingsOfKind[profileKind(values)];
  const command = values['credential_process'];
  const source = values['source_profile'];
  return Object.fromEntries(
    Object.entries({
      ...values,
      ...(command ? { credential_process: sdkCommand(command, platform) } : {}),
      ...(source ? { source_profile: sdkProfileName(source) } : {}),
    }).filter(([name]) => !credentialSettings.has(name) || counting.includes(name)),
  );
}

/** Only a shell runs these: the AWS CLI, which uses none, cannot. */
const needsShell = /^\s*(?:~\/|\$)|\s(?:\|\|?|&&|\d?>>?\S*)(?:\s|$)/;

/**
 * The SDK runs a command with a shell, the AWS CLI without one: words are quoted, so that they arrive as they are, and so
 * that no comment sign stands behind a space.
 */
function sdkCommand(command: string, platform: NodeJS.Platform): string {
  const words = platform === 'win32' || needsShell.test(command) ? undefined : shellWords(command);
  if (words) {
    return words.map(quoted).join(' ');
  }
  return platform === 'win32' ? command.replace(/(?<=\s)[#;]/g, '"$&"') : command;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`.replace(/(?<=\s)[#;]/g, `'"$&"'`);
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
