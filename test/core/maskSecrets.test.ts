import { describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { maskSecrets } from '../../src/core/maskSecrets.ts';

const keyId = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const token = `IQoJb3JpZ2luX2VjE${'aB3/+='.repeat(40)}`;
const signature = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';
const header = `AWS4-HMAC-SHA256 Credential=${keyId}/20261126/us-east-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`;

/** Each quotes a request in another way; no secret may be left. */
const quotes: readonly (readonly [string, string])[] = [
  ['headers', `authorization: ${header}\nx-amz-security-token: ${token}\nhost: ec2.us-east-1.amazonaws.com`],
  ['headers in capitals', `AUTHORIZATION:${header}; X-AMZ-SECURITY-TOKEN:${token}`],
  ['JSON', JSON.stringify({ headers: { Authorization: header, 'X-Amz-Security-Token': [token] } })],
  ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ secretAccessKey: secret, sessionToken: token }) })],
  ['a map of Java', `{Authorization=[${header}], X-Amz-Security-Token=[${token}]}`],
  ['a map of Ruby', `"aws_secret_access_key"=>"${secret}", "aws_session_token"=>"${token}"`],
  [
    'a query',
    `/?Action=X&X-Amz-Credential=${keyId}%2F20261126&X-Amz-Security-Token=${encodeURIComponent(token)}&X-Amz-Signature=${signature}`,
  ],
  [
    'XML',
    `<Credentials><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken></Credentials>`,
  ],
  [
    'escaped XML',
    `&lt;SecretAccessKey&gt;${secret}&lt;/SecretAccessKey&gt; &quot;sessionToken&quot;: &quot;${token}&quot;`,
  ],
  ['variables', `AWS_ACCESS_KEY_ID=${keyId} AWS_SECRET_ACCESS_KEY="${secret}" AWS_SESSION_TOKEN='${token}'`],
  ['bare values', `The key ${keyId} with ${secret} and ${token} is unknown.`],
  ['a header over lines', header.replaceAll(', ', ',\n  ')],
  ['a header that is wrapped', header.replace(/(.{9})/g, '$1\n')],
];

describe('what looks like credentials', () => {
  it.each(quotes)('is masked in %s', (_name, text) => {
    const result = maskSecrets(text);
    for (const part of [
      keyId,
      keyId.slice(4),
      secret,
      secret.slice(0, 12),
      token.slice(0, 40),
      signature.slice(0, 16),
    ]) {
      expect(result).not.toContain(part);
      expect(result.replace(/\s/g, '')).not.toContain(part);
    }
    expect(result).toContain('***');
  });

  it.each([
    ['a bearer token', 'Authorization: Bearer abcDEF123456._~x', 'abcDEF'],
    ['basic credentials', 'Proxy-Authorization: Basic dXNlcjpodW50ZXIy', 'dXNlcjp'],
    ['the user and password of a URL', 'connect https://me:hunter2@proxy.example:3128/ failed', 'hunter2'],
    ['an option of a command', 'Command failed: vault --vault-passphrase hunter2 --json', 'hunter2'],
    ['an option with its value', "run: get --api-key='hunter2 x'", 'hunter2'],
    ['a web identity token', `token eyJhbGciOiJSUzI1NiJ9.${'a1B2'.repeat(9)}.sig-nature`, 'a1B2a1B2'],
    ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIB\n-----END EC PRIVATE KEY-----', 'MHcCAQ'],
    ['a cookie', 'Set-Cookie: session=hunter2; path=/', 'hunter2'],
    ['the code of an MFA device', 'Action=AssumeRole&TokenCode=481516', '481516'],
    ['an assertion', 'SAMLAssertion=PHNhbWxwOlJlc3BvbnNl&Version=1', 'PHNhbWxw'],
    ['a list of pairs', "[('accept', '*/*'), ('x-amz-security-token', 'hunter2')]", 'hunter2'],
    ['pairs in JSON', '[["X-Amz-Security-Token","hunter2"]]', 'hunter2'],
    ['a field of a form', '<input name="X-Amz-Security-Token" value="hunter2">', 'hunter2'],
    ['JSON in a query', '?error=%7B%22SessionToken%22%3A%22hunter2%22%7D', 'hunter2'],
    ['a name and a value in JSON', '{"name":"X-Amz-Security-Token","value":"hunter2"}', 'hunter2'],
    ['a value with its type', '{"Name":"SessionToken","Value":{"S":"hunter2"}}', 'hunter2'],
    ['the text of a named element', '<header name="Authorization">hunter2</header>', 'hunter2'],
    ['a section of an element', '<SessionToken><![CDATA[hunter2]]></SessionToken>', 'hunter2'],
    ['an element in a query', '?xml=%3CSessionToken%3Ehunter2%3C%2FSessionToken%3E', 'hunter2'],
    ['JSON with its quotes by number', String.raw`\u0022SessionToken\u0022:\u0022hunter2\u0022`, 'hunter2'],
    ['a colon by its name', 'x-amz-security-token&colon; hunter2', 'hunter2'],
    ['a row of a table', '| X-Amz-Security-Token | hunter2 |', 'hunter2'],
    ['a string of bytes', "{'SecretAccessKey': b'hunter2'}", 'hunter2'],
    ['what is quoted, to its end', '{"SecretAccessKey": "some, hunter2"}', 'hunter2'],
    ['an answer to a digest', 'Authorization: Digest username="joe", realm="r", response="hunter2"', 'hunter2'],
    ['a variable for a password', 'PGPASS=hunter2 DB_PASS=hunter2', 'hunter2'],
    ['a proxy with an @ in its password', 'connect http://me:hunt@er2@proxy.example:3128 failed', 'er2'],
    ['a proxy with a / in its password', 'connect http://me:pa/hunter2@proxy.example:3128 failed', 'hunter2'],
    ['a proxy without a scheme', 'connect corp\\me:hunter2@proxy.example:3128 failed', 'hunter2'],
    ['a proxy in escaped JSON', String.raw`{"proxy":"http:\/\/me:hunter2@proxy"}`, 'hunter2'],
    ['a proxy in a query', '?via=http%3A%2F%2Fme%3Ahunter2%40proxy', 'hunter2'],
    ['a token of IAM Identity Center', 'x-amz-sso_bearer_token: aoaAAAAAGhunter2', 'hunter2'],
  ])('is masked: %s', (_name, text, part) => {
    expect(maskSecrets(text)).not.toContain(part);
  });

  it.each([
    'You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abc',
    "The image id '[ami-0123456789abcdef0]' does not exist",
    'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ec2:DescribeImages',
    'The security token included in the request is expired',
    'Request 1b2c3d4e-1111-2222-3333-444455556666 of vpce-0a1b2c3d',
    'digest da39a3ee5e6b4b0d3255bfef95601890afd80709 of /usr/local/share/aws/cli/bundled/2/ab/cd',
    'Credential should be scoped to a valid region.',
    'The parameters token, secret and signature are unknown; a token, in a page',
    'The profile "token" is not in /home/me/.aws/config, line 2: a setting outside of any [section].',
  ])('is not seen in what is none: %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it.each(['-', 'a-', '=', 'AWS4-', 'token ', 'secret', '<secret ', '://', 'a:b@', ' ', '%3D', 'eyJ.', '--token'])(
    'is looked for in little time, however hostile the text: %s',
    (part) => {
      const start = performance.now();
      maskSecrets(part.repeat(16_000 / part.length));
      expect(performance.now() - start).toBeLessThan(1_000);
    },
  );
});

describe('AmiError', () => {
  it('carries no credentials: not in its sentence, its code, its id, nor in its causes', () => {
    const inner = Object.assign(new Error(`inner ${secret}`), { headers: { authorization: header } });
    const outer = Object.assign(new Error(`outer ${token}`, { cause: inner }), {
      name: keyId,
      cmd: 'x --pass hunter2',
    });
    const error = new AmiError(header, {
      kind: 'unknown',
      operation: 'DescribeImages',
      code: `Bad${keyId}`,
      requestId: secret,
      cause: outer,
    });
    const shown: string[] = [];
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      shown.push(at.message, at.name, String(at.stack), JSON.stringify(Object.entries(at)));
    }
    expect(shown).toHaveLength(12);
    for (const part of [keyId.slice(4), secret, token.slice(0, 30), signature, 'hunter2']) {
      expect(shown.join('\n')).not.toContain(part);
    }
  });

  it('is of bounded length, with causes that end', () => {
    const loop = new Error('x'.repeat(1_000_000));
    loop.cause = loop;
    const error = new AmiError('y '.repeat(1_000_000), {
      kind: 'unknown',
      operation: 'X',
      code: 'z'.repeat(9_999),
      cause: loop,
    });
    expect(error.message.length).toBeLessThanOrEqual(4_000);
    expect(error.code?.length).toBeLessThanOrEqual(120);
    let depth = 0;
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      depth += 1;
    }
    expect(depth).toBeLessThan(10);
  });
});
