import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import { clockOffset } from '../../src/ec2/calls/clockOffset.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { type Answering, type FakeAws, type FakeRequest, startFakeAws } from './fakeAws.ts';

const signal = new AbortController().signal;
const credentials = {
  accessKeyId: 'AKIAINUSE00000000001',
  secretAccessKey: 'kR8+secret/in/use/0123456789abcdefABCDEF',
  sessionToken: 'session-of-another-form/0123+456=789-abcdef',
};
let aws: FakeAws;
let connection: Connection;

beforeEach(async () => {
  aws = await startFakeAws({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: 'us-east-1',
  });
  connection = await aws.open();
});
afterEach(() => aws.close());

/** The calls of the tree, the account's identity, Latest and a catalog download, which all get the same answer. */
const askers: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['EC2', () => connection.ec2.describeInstances('us-east-1', ['i-00000001'], signal)],
  ['STS', () => connection.ec2.identity(signal)],
  [
    'SSM',
    async () => {
      for await (const _page of connection.ec2.listLatest('us-east-1', '/aws/service/x', signal)) {
        break;
      }
    },
  ],
  [
    'a download of the catalog',
    async () => {
      const pages = new ImagePages({
        sdk: await loadSdk(),
        region: 'us-east-1',
        credentials: async () => credentials,
        config: { endpoint: aws.url, maxAttempts: 1 },
      });
      return pages.page({ filters: [], token: undefined }, signal, () => ({ add() {} }));
    },
  ],
];

async function failure(ask: () => Promise<unknown>): Promise<AmiError> {
  const error = await ask().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AmiError);
  return error as AmiError;
}

function answerAll(answering: Answering): void {
  aws.answers.set('/', answering);
}

/** Answers with an error in the form of EC2, STS or SSM. */
function serviceError(code: string, message: string, headers: Readonly<Record<string, string>> = {}): Answering {
  return ({ headers: asked }: FakeRequest) =>
    asked['x-amz-target']
      ? {
          status: 400,
          headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
          body: JSON.stringify({ __type: code, message }),
        }
      : {
          status: 400,
          headers: { 'content-type': 'text/xml', ...headers },
          body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><Error><Code>${code}</Code><Message>${message}</Message></Error><RequestID>r</RequestID></Response>`,
        };
}

describe.each(askers)('%s', (_name, ask) => {
  it.each([
    [301, { location: 'https://ec2.eu-west-1.amazonaws.com/' }, '<html>Moved</html>', 'ec2.eu-west-1.amazonaws.com'],
    [307, { location: '//evil.example:8443/x?token=hunter2' }, '', 'evil.example:8443'],
    [308, { location: '/login?user=me' }, '<x/>', 'another path of the same host'],
    [302, { location: 'https://me:hunter2@portal.example/login' }, '{}', 'portal.example'],
    [303, {}, '', 'names no valid address'],
    [
      301,
      { location: 'https://ec2.eu-west-1.amazonaws.com/' },
      '<Response><Errors><Error><Code>AuthFailure</Code><Message>Go there.</Message></Error></Errors></Response>',
      'ec2.eu-west-1.amazonaws.com',
    ],
  ])('says where a %i goes, and does not go there', async (status, headers, body, host) => {
    answerAll(() => ({ status, headers, body }));
    const error = await failure(ask);
    expect(error).toMatchObject({
      kind: 'redirected',
      code: `HTTP ${status}`,
      message: expect.stringContaining(host),
    });
    expect(inspect(error)).not.toContain('hunter2');
    expect(aws.requests).toHaveLength(1);
  });

  it.each([
    [407, { 'content-type': 'text/html' }, '<html>Proxy Authentication Required</html>'],
    [403, { 'content-type': 'text/html; charset=utf-8' }, '<!DOCTYPE html><html><p>Blocked by ACME<br></html>'],
    [511, {}, 'login'],
  ])('tells a proxy, or a sign-in page, that answers with %i', async (status, headers, body) => {
    answerAll(() => ({ status, headers, body }));
    expect(await failure(ask)).toMatchObject({ kind: 'proxy', code: `HTTP ${status}` });
  });

  it('takes no page of success for an answer', async () => {
    answerAll(() => ({
      headers: { 'content-type': 'text/html' },
      body: '<!DOCTYPE html><html><h1>Free WiFi</h1><br></html>',
    }));
    expect(await failure(ask)).toMatchObject({ kind: 'bad-answer' });
  });

  it.each([
    ['RequestExpired', 3 * 3_600_000],
    ['SignatureDoesNotMatch', -26 * 3_600_000],
    ['AuthFailure', 20 * 60_000],
    ['RequestTimeTooSkewed', -6 * 60_000],
  ])('tells a clock that is off by the date of the answer: %s', async (code, offset) => {
    aws.answers.set('/', (request) =>
      serviceError(code, 'No.', { date: new Date(Date.now() + offset).toUTCString() })(request),
    );
    const error = await failure(ask);
    expect(error).toMatchObject({ kind: 'clock-wrong', code });
    expect(Math.abs((error.clockOffset ?? 0) - offset)).toBeLessThan(60_000);
  });

  it('does not blame a clock that is right', async () => {
    answerAll(serviceError('RequestExpired', 'Request has expired.'));
    expect(await failure(ask)).toMatchObject({ kind: 'credentials-expired', clockOffset: undefined });
    answerAll(serviceError('SignatureDoesNotMatch', 'The signature does not match.'));
    expect(await failure(ask)).toMatchObject({ kind: 'credentials-invalid', clockOffset: undefined });
  });

  it.each([
    [
      'its sentence',
      ({ headers, body }: FakeRequest) => ['Odd', `You sent ${JSON.stringify(headers)} ${body}`] as const,
    ],
    ['its code', ({ headers }: FakeRequest) => [String(headers['authorization']), 'No.'] as const],
    [
      'parts, and other forms',
      ({ headers }: FakeRequest) => {
        const token = String(headers['x-amz-security-token']);
        return [
          token.slice(0, 20),
          `${token.slice(5)} ${encodeURIComponent(token)} ${Buffer.from(token).toString('base64')}`,
        ] as const;
      },
    ],
  ])('shows nothing of the credentials that an endpoint repeats in %s', async (_where, said) => {
    aws.answers.set('/', (request) => {
      const [code, message] = said(request);
      const plain = (text: string) => (request.headers['x-amz-target'] ? text : text.replace(/[<&]/g, ' '));
      return serviceError(plain(code), plain(message))(request);
    });
    const error = await failure(ask);
    const shown = [inspect(error, { depth: 9, showHidden: true }), error.code, error.requestId, String(error.stack)];
    for (const part of [
      credentials.accessKeyId.slice(4),
      credentials.secretAccessKey.slice(0, 12),
      credentials.sessionToken.slice(5, 17),
      encodeURIComponent(credentials.sessionToken).slice(-16),
      Buffer.from(credentials.sessionToken).toString('base64').slice(0, 16),
      /Signature=[0-9a-f]{16}/,
    ]) {
      expect(shown.join('\n')).not.toMatch(part instanceof RegExp ? part : part.replace(/[+/]/g, '\\$&'));
    }
  });
});

describe('a clock', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');

  it.each([
    [
      'Signature expired: 20261126T100000Z is now earlier than 20261126T104500Z (20261126T110000Z - 15 min.)',
      3_600_000,
    ],
    [
      'Signature not yet current: 20261126T100000Z is still later than 20261126T093500Z (20261126T093000Z + 5 min.)',
      -1_800_000,
    ],
  ])('that is off is told by the sentence: %s', (sentence, offset) => {
    expect(clockOffset(sentence, undefined, now)).toBe(offset);
    // The message of the endpoint comes before the date of the answer.
    expect(clockOffset(sentence, new Date(now).toUTCString(), now)).toBe(offset);
  });

  it.each(['Thu, 26 Nov 2026 12:00:00 GMT', 'Thursday, 26-Nov-26 12:00:00 GMT', 'Thu Nov 26 12:00:00 2026'])(
    'that is off is told by a date in any form of HTTP: %s',
    (date) => {
      expect(clockOffset('Request has expired.', date, now)).toBe(2 * 3_600_000);
    },
  );

  it.each([
    undefined,
    '',
    'yesterday',
    new Date(now + 4 * 60_000).toUTCString(),
    new Date(now - 299_000).toUTCString(),
    // Dates in JavaScript, but not in HTTP.
    '12345',
    '2026-11-26',
    'Thu 1',
    // The endpoint's own clock is wrong.
    new Date(0).toUTCString(),
    'Fri, 31 Dec 9999 23:59:59 GMT',
  ])('that is right, or of which nothing is known: %s', (date) => {
    expect(clockOffset('Request has expired.', date, now)).toBeUndefined();
  });
});
