import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { saidText } from '../../src/core/errorReasonText.ts';
import { AmiError } from '../../src/core/errors.ts';
import { type L10n, plainL10n } from '../../src/core/l10n.ts';

const bundle: Record<string, string> = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8'));
const german: L10n = { t: (message, ...args) => plainL10n.t(bundle[message] ?? message, ...args), language: 'de' };

const missing = { kind: 'missing-settings', settings: ['sso_region', 'sso_start_url'] } as const;
const ofSource = {
  kind: 'profile-unusable',
  profile: 'work',
  problem: { place: '~/.aws/config', line: 7, reason: { kind: 'of-source', profile: 'base', reason: missing } },
} as const;

it('says a problem of a file in the language of the editor, to the last word', () => {
  const error = new AmiError(ofSource, { kind: 'config-invalid', operation: 'Connect' });
  expect(error.message).toBe(
    'The profile “work” cannot be used. ~/.aws/config, line 7: Source profile “base”: sso_region and sso_start_url are missing.',
  );
  expect(saidText(error.said, german)).toBe(
    'Das Profil „work“ kann nicht verwendet werden. ~/.aws/config, Zeile 7: Quellprofil „base“: sso_region und sso_start_url fehlen.',
  );
});

it('leaves the words of AWS as they are', () => {
  const said = { kind: 'role-refused', role: 'arn:aws:iam::1:role/R', said: 'Not authorized.' } as const;
  const error = new AmiError(said, { kind: 'credentials-failed', operation: 'Credentials' });
  expect(saidText(error.said, german)).toBe(
    'Die Rolle arn:aws:iam::1:role/R kann nicht übernommen werden: Not authorized.',
  );
});

it('has nothing in it that looks like credentials', () => {
  const value = 'https://AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY@host';
  const error = new AmiError(
    { kind: 'of-source', profile: 'p', said: { kind: 'no-url', source: 'AWS_ENDPOINT_URL', value } },
    { kind: 'config-invalid', operation: 'Connect' },
  );
  expect(error.message).toContain('AWS_ENDPOINT_URL: “https://');
  expect(JSON.stringify([error.message, error.said])).not.toContain('EXAMPLE');
});
