/** What stands in the place of a secret. */
export const masked = '***';

/** Between a name and its value: as headers, JSON (escaped once more, too), maps, pairs, query strings and markup have it. */
const between = String.raw`(?:\\*["']|&quot;|&#3[49];|%22)?(?:\s*(?:=>|[:=]|%3[ad]|&#58;|&#61;)|(?<=["'])\s*(?:,(?=\s*\\*["'])|value=))\s*[[{(]?\s*(?:\\*["']|&quot;|&#3[49];|%22)?`;

const names = [
  '(?:aws[_-]?)?secret[_-]?(?:access[_-]?)?key',
  '(?:aws[_-]?)?access[_-]?key(?:[_-]?id)?',
  '[a-z_-]{0,40}(?:session|security|access|refresh|bearer|auth|authorization|identity|metadata|id|oauth2?|sso)[_-]?token',
  String.raw`x-amz-(?!date\b|request-id\b|id-2\b|bucket-region\b)[\w-]+`,
  '(?:client|device|token)[_-]?(?:secret|code)',
  'saml[_-]?assertion',
  'code[_-]?verifier',
  'passw(?:or)?d',
  'pass(?:phrase|wd)',
  'api[_-]?key',
  'signature',
  'token',
  'secret',
].join('|');

const value = String.raw`(?:[^\s"'<>,;&\\)\]}]|\\(?!["'nr]))+`;

/** In each, the groups are what stays. */
const patterns: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?=-----END|$)/g,
  // The header that signs a request, however its parts are separated.
  /(AWS4-[\w-]{1,40})[\s+]+Credential(?:=|%3D)[^\s"'<>]+(?:[,\s]+(?:SignedHeaders|Signature)(?:=|%3D)[^\s"'<>,\])}]+)*/gi,
  new RegExp(String.raw`(\b(?:proxy-)?authorization${between})(?:[a-z][\w-]*\s+)?${value}`, 'gi'),
  new RegExp(String.raw`(\b(?:set-)?cookie${between})[^\n"'<>\\]+`, 'gi'),
  /(\b(?:Bearer|Basic|Negotiate|NTLM)\s+)[\w+/=.~:-]{8,}/g,
  new RegExp(String.raw`((?:(?<![a-z0-9])|(?<=%22))(?:${names})${between})(?!\*\*\*)${value}`, 'gi'),
  new RegExp(String.raw`((?:<|&lt;)(?:[\w-]+:)?(?:${names})(?:\s[^<>]*)?(?:>|&gt;)\s*)[^<&\s]+`, 'gi'),
  // Options of commands: `--vault-passphrase hunter2`.
  /((?<![\w-])--?(?:[\w-]{0,40}(?:pass|secret|token|api-?key|credential))[\w-]{0,40}(?:\s+|=))(?:"[^"]*"|'[^']*'|[^\s"']+)/gi,
  // Access key ids of users and of sessions; other ids of IAM are no credentials.
  /((?:AKIA|ASIA|ABIA|ACCA))[A-Z0-9]{8,}/g,
  // Session tokens begin alike; the last one is IAM Identity Center's.
  /((?:FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AQoDYXdz|IQoJb3JpZ2lu|aoaAAAA))[\w+/=%:-]{8,}/g,
  /(\beyJ)[\w-]{8,}\.[\w-]*(?:\.[\w-]*)*/g,
  // The user and the password of an address.
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'<>]+@/gi,
];

/** A secret access key: 40 characters of base64, which nothing of EC2's own is. */
const secretKey = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g;

/**
 * A text from outside without what looks like credentials: keys, tokens, signatures, passwords and the headers, fields
 * and options that carry them. Endpoints, proxies and programs quote what they were sent.
 */
export function maskSecrets(text: string): string {
  let result = text;
  for (const pattern of patterns) {
    result = result.replace(pattern, `$1${masked}`);
  }
  return result.replace(secretKey, (run) => (isRandom(run) ? masked : run));
}

/** Not a digest in hexadecimal, nor a path: capitals, small letters and digits, all mixed. */
function isRandom(run: string): boolean {
  return /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run) && run.split('/').length < 6;
}
