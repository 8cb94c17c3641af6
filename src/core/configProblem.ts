import type { L10n } from './l10n.ts';
import { choiceText, listText } from './listText.ts';

/** What AWS tools refuse in a shared config or credentials file. Values of settings that may be secret are left out. */
export type ConfigProblemReason =
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'outside-section' }
  | { readonly kind: 'open-header' }
  | { readonly kind: 'malformed-line' }
  | { readonly kind: 'malformed-nested' }
  | { readonly kind: 'unnamed-setting' }
  | { readonly kind: 'repeated-section'; readonly line: number }
  | { readonly kind: 'repeated-setting'; readonly line: number }
  | { readonly kind: 'unquoted-profile' }
  | { readonly kind: 'space-in-header' }
  | { readonly kind: 'missing-settings'; readonly settings: readonly string[] }
  /** `section`: its header without the brackets. */
  | { readonly kind: 'missing-section'; readonly setting: string; readonly section: string }
  | { readonly kind: 'other-in-section'; readonly setting: string; readonly section: string }
  | { readonly kind: 'missing-file'; readonly setting: string; readonly path: string }
  | { readonly kind: 'missing-program'; readonly program: string }
  | { readonly kind: 'open-quote'; readonly setting: string }
  | { readonly kind: 'either-setting'; readonly settings: readonly [string, string] }
  | { readonly kind: 'unknown-value'; readonly setting: string; readonly known: readonly string[] }
  | { readonly kind: 'role-without-source' }
  | { readonly kind: 'missing-source'; readonly profile: string }
  | { readonly kind: 'empty-source'; readonly profile: string }
  /** `profiles` begin and end with the same one. */
  | { readonly kind: 'source-circle'; readonly profiles: readonly string[] }
  | { readonly kind: 'long-chain'; readonly most: number }
  | { readonly kind: 'of-source'; readonly profile: string; readonly reason: ConfigProblemReason }
  | { readonly kind: 'region-name' };

/** A problem at its place: a file as the user knows it (`~/.aws/config`) or an environment variable. */
export interface PlacedProblem {
  readonly place: string;
  /** From 1; undefined for the whole. */
  readonly line: number | undefined;
  readonly reason: ConfigProblemReason;
}

export function placedProblemText({ place, line, reason }: PlacedProblem, l10n: L10n): string {
  const said = configProblemText(reason, l10n);
  return line === undefined ? l10n.t('{0}: {1}', place, said) : l10n.t('{0}, line {1}: {2}', place, line, said);
}

function configProblemText(reason: ConfigProblemReason, l10n: L10n): string {
  switch (reason.kind) {
    case 'folder':
      return l10n.t('This is a folder, not a file.');
    case 'unreadable':
      return l10n.t('The file cannot be read ({0}).', reason.code);
    case 'not-utf8':
      return l10n.t('The text is not UTF-8.');
    case 'outside-section':
      return l10n.t('The setting is outside of any [section].');
    case 'open-header':
      return l10n.t('The section header has no closing bracket.');
    case 'malformed-line':
      return l10n.t('The line is neither a [section] nor a “name = value” setting.');
    case 'malformed-nested':
      return l10n.t('Not all indented lines below are “name = value” settings.');
    case 'unnamed-setting':
      return l10n.t('The setting has no name.');
    case 'repeated-section':
      return l10n.t('The section already exists in line {0}.', reason.line);
    case 'repeated-setting':
      return l10n.t('The setting already exists in line {0}.', reason.line);
    case 'unquoted-profile':
      return l10n.t('A profile name with spaces must be in quotes: [profile "NAME"].');
    case 'space-in-header':
      return l10n.t('The section header must not begin with a space.');
    case 'missing-settings':
      return reason.settings.length === 1
        ? l10n.t('{0} is missing.', reason.settings[0] ?? '')
        : l10n.t('{0} are missing.', listText(reason.settings, l10n.language));
    case 'missing-section':
      return l10n.t('{0} names the section [{1}], which does not exist.', reason.setting, reason.section);
    case 'other-in-section':
      return l10n.t('{0} has another value in [{1}].', reason.setting, reason.section);
    case 'missing-file':
      return l10n.t('{0} names the file {1}, which does not exist.', reason.setting, reason.path);
    case 'missing-program':
      return l10n.t('The program {0} was not found.', reason.program);
    case 'open-quote':
      return l10n.t('{0} has a quote that is not closed.', reason.setting);
    case 'either-setting':
      return l10n.t('{0} and {1} cannot be used together.', ...reason.settings);
    case 'unknown-value':
      return l10n.t('{0} must be {1}.', reason.setting, choiceText(reason.known, l10n.language));
    case 'role-without-source':
      return l10n.t('role_arn requires source_profile or credential_source.');
    case 'missing-source':
      return l10n.t('The source profile “{0}” does not exist.', reason.profile);
    case 'empty-source':
      return l10n.t('The source profile “{0}” has no credentials.', reason.profile);
    case 'source-circle':
      return l10n.t('The source profiles lead back to where they began: {0}.', reason.profiles.join(' → '));
    case 'long-chain':
      return l10n.t('More than {0} profiles lead to the credentials.', reason.most);
    case 'of-source':
      return l10n.t('Source profile “{0}”: {1}', reason.profile, configProblemText(reason.reason, l10n));
    case 'region-name':
      return l10n.t('This is not the name of a region.');
  }
}
