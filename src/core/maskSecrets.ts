import { addPlaces, type DecodedText, decodingsOf, replacePlaces, withoutGaps } from './encodedText.ts';

/** Replaces a secret. */
export const masked = '***';

/** What stands between a name and its value in headers, JSON, maps, pairs, tables, query strings and markup. */
const between = [
  // `{"name": "X", "value": {"S": "…"}}`, `<input name="X" value="…">`
  String.raw`["']?[\s,;]+["']?value["']?\s*[:=](?:\s*\{\s*["']\w+["']\s*:)?`,
  // `"name": "value"`, `name => [value`, `| name | value |`
  String.raw`["']?\s*(?:=>|[:=|])`,
  // `('name', 'value')`
  String.raw`["']\s*,(?=\s*[ubr]?["'])`,
  // `<header name="X">…`
  String.raw`["']\s*>`,
].join('|');
const opening = String.raw`(?:${between})\s*[[{(]?\s*(?:[ubr](?=["']))?["']?`;

const names = [
  '(?:aws[_-]?)?secret[_-]?(?:access[_-]?)?key',
  '(?:aws[_-]?)?access[_-]?key(?:[_-]?id)?',
  '[a-z_-]{0,40}(?:session|security|access|refresh|bearer|auth|authorization|identity|metadata|id|oauth2?|sso)[_-]?token',
  String.raw`x-amz-(?!date\b|request-id\b|id-2\b|bucket-region\b)[\w-]{1,60}`,
  '(?:client|device|token)[_-]?(?:secret|code)',
  '(?:saml|client)[_-]?assertion',
  'private[_-]?key',
  'code[_-]?verifier',
  'passw(?:or)?d',
  '(?:pg)?pass(?:phrase|wd)?',
  'api[_-]?key',
  'signature',
  'token',
  'secret',
].join('|');

/** A quoted value goes up to its closing quote. */
const value = String.raw`(?:(?<=")[^"\n]+|(?<=')[^'\n]+|[^\s"'<>,;&\\)\]}]+)`;

/** The first group of each is not masked. */
const patterns: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(?=-----END|$)/g,
  // The header that signs a request, however its parts are separated.
  /(AWS4-[\w-]{1,40})[\s+]+Credential=[^\s"'<>]+(?:[,\s]+(?:SignedHeaders|Signature)=[^\s"'<>,\])}]+)*/gi,
  /(\bDigest\s+)(?:\w+=(?:"[^"\n]*"|[^\s,"]+)[,\s]*)+/gi,
  new RegExp(String.raw`(\b(?:proxy-)?authorization(?:${opening}))(?:[a-z][\w-]*\s+)?${value}`, 'gi'),
  new RegExp(String.raw`(\b(?:set-)?cookie(?:${opening}))[^\n"'<>]+`, 'gi'),
  /(\b(?:Bearer|Basic|Negotiate|NTLM)\s+)[\w+/=.~:-]{8,}/g,
  new RegExp(String.raw`((?<![a-z0-9])(?:${names})(?:${opening}))(?!\*\*\*)${value}`, 'gi'),
  new RegExp(
    String.raw`(<(?:[\w-]+:)?(?:${names}|(?:proxy-)?authorization|(?:set-)?cookie)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?)[^<&\]]+`,
    'gi',
  ),
  // Options of commands: `--vault-passphrase hunter2`.
  /((?<![\w-])--?(?:[\w-]{0,40}(?:pass|secret|token|api-?key|credential))[\w-]{0,40}(?:\s+|=))(?:"[^"]*"|'[^']*'|[^\s"']+)/gi,
  // Access key ids of users and of sessions; other ids of IAM are not secret.
  /((?:AKIA|ASIA|ABIA|ACCA))[A-Z0-9]{8,}/g,
  // Session tokens have a common beginning; the last one is IAM Identity Center's.
  /((?:FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AQoDYXdz|IQoJb3JpZ2lu|aoaAAAA))[\w+/=%:-]{8,}/g,
  /(\beyJ)[\w-]{8,}\.[\w-]*(?:\.[\w-]*)*/g,
  // The user and the password of an address, even where the password has unescaped characters.
  /((?:\b[a-z][a-z0-9+.-]{0,20}:)?\/\/)(?:[^\s/?#"'<>]{1,400}|[^\s/?#"'<>:@]{0,200}:(?!\d+(?:[/?#]|$))[^\s"'<>]{0,200})@/gi,
  // The same without a scheme, as in the names of proxies.
  /((?<![\w@/:.%+\\-]))[\w.%+\\-]{1,200}:[^\s@/"'<>]{1,200}@(?=[\w.-]+:\d{2,5}\b)/g,
];

/** The header that signs a request, after white space was removed. */
const wrappedHeader = /(AWS4-[\w-]{1,40}?)Credential=\S{1,600}?Signature=[0-9a-f]{64}/gi;

/** A secret access key: 40 characters of base64. None of EC2's own texts has this form. */
const secretKey = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g;

/**
 * Masks what looks like credentials in a text from outside: keys, tokens, signatures, passwords and the headers, fields
 * and options that carry them. Endpoints, proxies and programs quote requests, often encoded.
 */
export function maskSecrets(text: string): string {
  const hidden = new Set<number>();
  for (const reading of decodingsOf(text)) {
    for (const pattern of patterns) {
      addMatches(hidden, reading, pattern);
    }
    addMatches(hidden, withoutGaps(reading), wrappedHeader);
    for (const { 0: run, index } of reading.text.matchAll(secretKey)) {
      if (isRandom(run)) {
        addPlaces(hidden, reading, index, index + run.length);
      }
    }
  }
  return replacePlaces(text, hidden, masked);
}

function addMatches(hidden: Set<number>, reading: DecodedText, pattern: RegExp): void {
  for (const { 0: whole, 1: unmasked = '', index } of reading.text.matchAll(pattern)) {
    addPlaces(hidden, reading, index + unmasked.length, index + whole.length);
  }
}

/** Excludes hexadecimal digests and paths: capitals, small letters and digits must all occur. */
function isRandom(run: string): boolean {
  return /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run) && run.split('/').length < 6;
}
