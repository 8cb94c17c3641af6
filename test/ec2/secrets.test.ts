import { describe, expect, it } from 'vitest';
import { Secrets } from '../../src/ec2/credentials/secrets.ts';

const secret = 'vF3+kQ/9zTqLw0Hc/5R+mN8bXyA1dJsU2pE7oGiK';
// Tokens of other endpoints do not have the form of AWS's.
const token = 'local-session/token+with=signs~0123456789';

function masked(text: string): string {
  const secrets = new Secrets();
  secrets.take({ accessKeyId: 'LOCALKEYID123456', secretAccessKey: secret, sessionToken: token });
  return secrets.mask(text);
}

describe('credentials in use', () => {
  it.each([
    ['as they are', `signed with ${secret} and ${token}.`],
    ['as part of a URL', `?t=${encodeURIComponent(token)}&s=${encodeURIComponent(secret)}`],
    ['encoded twice', encodeURIComponent(encodeURIComponent(`${secret} ${token}`))],
    ['with small letters in their escapes', encodeURIComponent(token).replace(/%../g, (code) => code.toLowerCase())],
    ['in JSON with escaped slashes', secret.replaceAll('/', '\\/')],
    ['in markup', secret.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;')],
    ['in base64', Buffer.from(token).toString('base64')],
    ['in base64 behind a user', Buffer.from(`u:${token}`).toString('base64')],
    ['in base64 for URLs, between others', Buffer.from(`me=${secret};you`).toString('base64url')],
    ['in base64 of base64', Buffer.from(Buffer.from(token).toString('base64')).toString('base64')],
    ['as numbers of markup, each of them', [...secret].map((sign) => `&#${sign.charCodeAt(0)};`).join('')],
    ['by their names in markup', secret.replaceAll('+', '&plus;').replaceAll('/', '&sol;')],
    ['as escapes of a script', [...secret].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join('')],
    ['as bytes of a URL, each of them', [...secret].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('')],
    ['encoded three times', encodeURIComponent(encodeURIComponent(encodeURIComponent(token)))],
    ['encoded seven times', Array.from({ length: 7 }).reduce<string>((text) => encodeURIComponent(text), token)],
    ['in markup in markup in markup', [...secret].map((sign) => `&amp;amp;amp;amp;#${sign.charCodeAt(0)};`).join('')],
    ['in JSON in JSON in markup', JSON.stringify(JSON.stringify(`${secret} ${token}`)).replaceAll('"', '&quot;')],
    ['in hexadecimal of capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['parted by what nobody sees', secret.replace(/(.{6})/g, '$1\u200b')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['over several lines', secret.replace(/(.{12})/g, '$1\n  ')],
    ['cut off', `…${token.slice(0, 22)}`],
    ['from the middle', token.slice(9, 30)],
    ['more than once', `${secret}${secret} ${token}`],
  ])('are masked %s', (_name, text) => {
    const result = masked(text);
    expect(result).toContain('***');
    for (const whole of [secret, token]) {
      for (const form of [
        whole,
        [...whole].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
        [...whole].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
        Buffer.from(Buffer.from(whole).toString('base64')).toString('base64'),
        encodeURIComponent(whole),
        Buffer.from(whole).toString('base64'),
        Buffer.from(whole).toString('hex'),
      ]) {
        for (let at = 0; at + 12 <= form.length; at += 1) {
          expect(result.replace(/[\s\u200b]/g, '')).not.toContain(form.slice(at, at + 12));
        }
      }
    }
  });

  it('leave the rest of the text as it is', () => {
    expect(masked(`The key LOCALKEYID123456 is not known (${secret}), says ec2.`)).toBe(
      'The key *** is not known (***), says ec2.',
    );
    expect(masked('local sessions are tokens, too')).toBe('local sessions are tokens, too');
  });

  it('of local endpoints, which are words, are not looked for', () => {
    const secrets = new Secrets();
    secrets.take({ accessKeyId: 'test', secretAccessKey: 'testing' });
    expect(secrets.mask('The profile test is for testing.')).toBe('The profile test is for testing.');
  });

  it('are not shown where masking makes room for what is not looked at', () => {
    expect(masked(`${secret.repeat(600)} ${secret}`)).not.toContain(secret.slice(0, 12));
  });

  it('are found in little time, in a text that is encoded again and again', () => {
    const secrets = new Secrets();
    for (let at = 0; at < 30; at += 1) {
      secrets.add(Buffer.alloc(1_200, `${at} a+/=`).toString('base64'));
    }
    const start = performance.now();
    secrets.mask('%252525252541'.repeat(1_200));
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('are found in little time, many of them in a long text', () => {
    const secrets = new Secrets();
    for (let at = 0; at < 30; at += 1) {
      secrets.add(Buffer.alloc(1_200, `${at} a+/=`).toString('base64'));
    }
    const text = 'a+/= AAAA '.repeat(1_600);
    const start = performance.now();
    secrets.mask(text);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
