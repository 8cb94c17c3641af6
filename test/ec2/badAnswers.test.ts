import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { AmiError } from '../../src/core/errors.ts';
import type { ImageActions } from '../../src/ec2/actionPort.ts';
import type { Ec2Port } from '../../src/ec2/port.ts';
import { impatient, openScripted, patient, type Script, type ScriptedEndpoint } from './scriptedEndpoint.ts';

const { signal } = new AbortController();
const region = 'us-east-1';
let endpoint: ScriptedEndpoint;

afterEach(() => endpoint.close());

async function open(script: Script, timeouts = impatient): Promise<Ec2Port & ImageActions> {
  endpoint = await openScripted(script, timeouts);
  return endpoint.ec2;
}

/** The items that arrived, and the error that ended the listing. */
async function all<T>(
  pages: AsyncIterable<readonly T[]>,
): Promise<{ readonly came: readonly T[]; readonly error?: AmiError }> {
  const came: T[] = [];
  try {
    for await (const page of pages) {
      came.push(...page);
    }
    return { came };
  } catch (error) {
    if (error instanceof AmiError) {
      return { came, error };
    }
    throw error;
  }
}

const request = {
  region,
  instanceId: 'i-0123456789abcdef0',
  name: 'web',
  description: '',
  reboot: false,
  imageTags: [],
  snapshotTags: [],
  deviceChanges: [],
};

/** Every operation that the extension calls. */
const questions: readonly (readonly [operation: string, ask: (ec2: Ec2Port & ImageActions) => Promise<unknown>])[] = [
  ['DescribeImages', (ec2) => ec2.describeImages(region, ['ami-0123456789abcdef0'], signal)],
  ['DescribeInstances', (ec2) => ec2.describeInstances(region, ['i-0123456789abcdef0'], signal)],
  ['DescribeSnapshots', (ec2) => ec2.describeSnapshots(region, ['snap-0123456789abcdef0'], signal)],
  ['DescribeVolumes', (ec2) => ec2.describeVolumes(region, ['vol-0123456789abcdef0'], signal)],
  ['DescribeImageAttribute', (ec2) => ec2.describeLaunchPermissions(region, 'ami-0123456789abcdef0', signal)],
  ['DescribeRegions', (ec2) => ec2.listRegions(signal)],
  ['GetCallerIdentity', (ec2) => ec2.identity(signal)],
  ['CreateImage', (ec2) => ec2.dryRunCreateImage(request, signal)],
  [
    'GetParametersByPath',
    async (ec2) => {
      for await (const page of ec2.listLatest(region, '/aws/service/x', signal)) {
        expect(page).toEqual([]);
      }
    },
  ],
];

const noAnswers: readonly (readonly [what: string, answer: (operation: string) => ReturnType<Script>])[] = [
  ['an empty body', () => ''],
  ['white space', () => '\n\n  '],
  ['no content', () => (response: ServerResponse) => response.writeHead(204).end()],
  ['a web page', () => '<!doctype html><html><head><title>Sign in</title></head><body><p>Wi-Fi<br></body></html>'],
  ['XHTML', () => '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'],
  ['the beginning of an XML document', () => '<?xml version="1.0" encoding="UTF-8"?>'],
  ['an answer without what it is about', (operation) => `<${operation}Response/>`],
  ['an answer of another operation', () => '<DescribeKeyPairsResponse><keySet/></DescribeKeyPairsResponse>'],
  ['an answer that ends in the middle', (operation) => `<${operation}Response><imagesSet><item><imageId>ami-01`],
  ['JSON of something else', () => '{"message":"Forbidden"}'],
  ['a list in JSON', () => '[]'],
  ['bytes that are no text', () => gzipSync('<DescribeImagesResponse><imagesSet/></DescribeImagesResponse>')],
  ['plain text', () => 'OK'],
];

describe.each(questions)('%s', (operation, ask) => {
  it.each(noAnswers)('takes %s with status 200 for no answer', async (_, answer) => {
    const ec2 = await open(() => answer(operation));
    await expect(ask(ec2)).rejects.toMatchObject({ kind: 'bad-answer', operation, region });
  });

  it('times out where the answer begins and stops', async () => {
    const ec2 = await open(() => (response) => response.writeHead(200).write(`<${operation}Response>`));
    await expect(ask(ec2)).rejects.toMatchObject({ kind: 'timeout', operation, region });
  });

  it('times out where no answer comes', async () => {
    const ec2 = await open(() => () => {}, { ...impatient, call: 800 });
    await expect(ask(ec2)).rejects.toMatchObject({ kind: 'timeout', operation, region });
  });
});

describe('an error', () => {
  it('is known in time also where its body stops', async () => {
    const ec2 = await open(() => (response) => response.writeHead(400).write('<Response><Errors>'));
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it.each([
    [429, '86400', 'throttled'],
    [503, '86400', 'unavailable'],
    [503, 'Fri, 31 Dec 9999 23:59:59 GMT', 'unavailable'],
    [503, 'later', 'unavailable'],
  ])('is told within seconds, however long a server (%s) asks to wait: %s', async (status, wait, kind) => {
    const answer = (response: ServerResponse) =>
      response.writeHead(status, { 'retry-after': wait, 'content-type': 'text/plain' }).end();
    const ec2 = await open(() => answer, patient);
    const start = performance.now();
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(endpoint.requests.length).toBeGreaterThan(1);
  });

  it.each(['SSH-2.0-OpenSSH_9.6\r\n', '\x15\x03\x01\0\x02\x02\x16', '* OK IMAP4rev1 ready\r\n'])(
    'of what is no HTTP at all says so: %j',
    async (text) => {
      const ec2 = await open(() => (response) => response.socket?.end(text));
      await expect(ec2.listRegions(signal)).rejects.toMatchObject({
        kind: 'bad-answer',
        message: 'The response is not HTTP.',
      });
    },
  );

  const page = '<html><head><title>Bad Gateway</title></head><body><center>nginx<br></center><hr></body></html>';

  it.each([
    [502, 'text/html', page, 'unavailable'],
    [503, 'text/plain', 'no healthy upstream', 'unavailable'],
    [504, 'application/json', '{"message":"Endpoint request timed out"}', 'unavailable'],
    [500, 'text/html', '', 'unavailable'],
    [503, 'text/html', page.repeat(5_000), 'unavailable'],
    [429, 'text/html', page, 'throttled'],
    [404, 'text/html', page, 'bad-answer'],
    [400, 'text/xml', `<Response>${'<a>1</a>'.repeat(50_000)}</Response>`, 'unknown'],
  ])('in the words of a proxy (%s, %s) is known by its status', async (status, type, body, kind) => {
    const ec2 = await open(() => (response) => response.writeHead(status, { 'content-type': type }).end(body), patient);
    const code = `HTTP ${status}`;
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind, code });
    await expect(all(ec2.listLatest(region, '/aws/service/x', signal))).resolves.toMatchObject({
      error: { kind, code },
    });
  });

  it("is the SDK's to read", async () => {
    const body =
      '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>No.</Message></Error></Errors></Response>';
    const ec2 = await open(() => (response) => response.writeHead(403).end(body));
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'access-denied', message: 'No.' });
  });
});

describe('an answer', () => {
  const drip = (text: string, interval: number) => (response: ServerResponse) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(text), interval);
    response.once('close', () => clearInterval(timer));
  };

  it('times out where it only drips, in less time than all attempts could take', async () => {
    const ec2 = await open(() => drip(' ', 10), { ...impatient, call: 10_000 });
    const start = performance.now();
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  it('times out where it never ends', async () => {
    const ec2 = await open(() => drip('<a/>'.repeat(1_000), 5), { ...impatient, call: 500 });
    await expect(ec2.describeImages(region, ['ami-0123456789abcdef0'], signal)).rejects.toMatchObject({
      kind: expect.stringMatching(/timeout|bad-answer/),
    });
  });

  it('is refused where it is larger than anything that EC2 has to say', async () => {
    const timeouts = { ...patient, answer: { ...patient.answer, mostBytes: 100_000 } };
    const ec2 = await open(() => `<DescribeImagesResponse><imagesSet>${'<item/>'.repeat(20_000)}`, timeouts);
    await expect(all(ec2.listImages(region, {}, signal))).resolves.toMatchObject({ error: { kind: 'bad-answer' } });
  });

  it.each([
    ['items', '<item><imageId>ami-00000000000000001</imageId></item>', 110_000],
    ['elements beside them', '<a/>', 220_000],
    ['elements in one of them', '<a/>', 220_000],
  ])('is refused where it has too many %s', async (where, part, count) => {
    const [start, end] = where === 'elements in one of them' ? ['<item>', '</item>'] : ['', ''];
    const ec2 = await open(
      () =>
        `<DescribeImagesResponse><imagesSet>${start}${part.repeat(count)}${end}</imagesSet></DescribeImagesResponse>`,
      patient,
    );
    await expect(all(ec2.listImages(region, {}, signal))).resolves.toMatchObject({
      error: { kind: 'bad-answer', message: 'The response contains more than can be read.' },
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('may be compressed, though nobody has asked for it: %s', async (encoding, compress) => {
    const body =
      '<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>';
    const compressed = compress(body);
    const answer = (bytes: Uint8Array) => (response: ServerResponse) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    const answers = [compressed, compressed.subarray(0, 20), Buffer.from(body), Buffer.alloc(0)];
    const ec2 = await open(({ number }) => answer(answers[number] ?? compressed));
    expect(await ec2.listRegions(signal)).toMatchObject([{ name: 'eu-west-1' }]);
    for (const _ of answers.slice(1)) {
      const asked = ec2.describeImages(region, ['ami-00000000000000001'], signal);
      await expect(asked).rejects.toMatchObject({
        kind: 'bad-answer',
        message: 'The response cannot be decompressed.',
      });
    }
  });

  it('is longer than it says', async () => {
    const ec2 = await open(() => (response) => {
      response.writeHead(200, { 'content-length': 60 });
      response.write('<DescribeRegionsResponse><regionInfo>');
      response.socket?.end('</regionInfo></DescribeRegionsResponse> and more than there should be');
    });
    await expect(ec2.listRegions(signal)).rejects.toMatchObject({ kind: expect.stringMatching(/bad-answer|network/) });
  });
});

const image = (id: string) => `<item><imageId>ami-${id.padStart(17, '0')}</imageId></item>`;
const imagesPage = (ids: readonly string[], token?: string) =>
  `<DescribeImagesResponse><imagesSet>${ids.map(image).join('')}</imagesSet>` +
  `${token ? `<nextToken>${token}</nextToken>` : ''}</DescribeImagesResponse>`;

describe('pages', () => {
  const list = async (script: Script) => all((await open(script)).listImages(region, {}, signal));

  it('may be empty now and then, and bring what another one brought', async () => {
    const pages = [
      imagesPage(['1'], 'a'),
      imagesPage([], 'b'),
      imagesPage([], 'c'),
      imagesPage(['1', '2'], 'd'),
      imagesPage([]),
    ];
    const { came, error } = await list(({ number }) => pages[number] ?? '');
    expect(error).toBeUndefined();
    expect(came.map(({ id }) => id.slice(-1))).toEqual(['1', '1', '2']);
  });

  it('end with an error where the same token comes again, and keep what came', async () => {
    const { came, error } = await list(() => imagesPage(['1', '2'], 'again'));
    expect(error).toMatchObject({ kind: 'listing-broken', operation: 'DescribeImages', region });
    expect(new Set(came.map(({ id }) => id)).size).toBe(2);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('end with an error where tokens go in a circle', async () => {
    const next = new Map([
      [undefined, 'a'],
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ]);
    const { came, error } = await list(({ token }) =>
      imagesPage([String(next.get(token)?.charCodeAt(0))], next.get(token)),
    );
    expect(error?.kind).toBe('listing-broken');
    expect(came.length).toBeGreaterThanOrEqual(3);
    expect(endpoint.requests).toHaveLength(4);
  });

  it('end with an error where new tokens bring nothing for ever', async () => {
    const { came, error } = await list(({ number }) => imagesPage(number === 0 ? ['1'] : [], `t${number}`));
    expect(error?.kind).toBe('listing-broken');
    expect(came).toHaveLength(1);
  });

  it('of instances end likewise', async () => {
    const ec2 = await open(
      ({ number }) =>
        `<DescribeInstancesResponse><reservationSet/><nextToken>${number % 2}</nextToken></DescribeInstancesResponse>`,
    );
    expect((await all(ec2.listInstances(region, signal))).error?.kind).toBe('listing-broken');
    expect(endpoint.requests).toHaveLength(3);
  });

  it('of parameters end likewise, whatever the parameters are about', async () => {
    const ec2 = await open(() =>
      JSON.stringify({ Parameters: [{ Name: '/aws/service/x/notes', Value: 'none' }], NextToken: 'again' }),
    );
    expect((await all(ec2.listLatest(region, '/aws/service/x', signal))).error?.kind).toBe('listing-broken');
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe('what is asked for by ids', () => {
  const wanted = ['1', '2'].map((id) => `x-${id}`);
  const item = (name: string) => (id: string) => `<item><${name}>${id}</${name}></item>`;
  const cases: readonly (readonly [
    string,
    (ids: readonly string[]) => string,
    (ec2: Ec2Port) => Promise<readonly object[]>,
  ])[] = [
    [
      'DescribeImages',
      (ids) => `<imagesSet>${ids.map(item('imageId')).join('')}</imagesSet>`,
      (ec2) => ec2.describeImages(region, wanted, signal),
    ],
    [
      'DescribeInstances',
      (ids) =>
        `<reservationSet><item><instancesSet>${ids.map(item('instanceId')).join('')}</instancesSet></item></reservationSet>`,
      (ec2) => ec2.describeInstances(region, wanted, signal),
    ],
    [
      'DescribeSnapshots',
      (ids) => `<snapshotSet>${ids.map(item('snapshotId')).join('')}</snapshotSet>`,
      (ec2) => ec2.describeSnapshots(region, wanted, signal),
    ],
    [
      'DescribeVolumes',
      (ids) => `<volumeSet>${ids.map(item('volumeId')).join('')}</volumeSet>`,
      (ec2) => ec2.describeVolumes(region, wanted, signal),
    ],
  ];

  it.each(cases)(
    '%s: comes whole where the answer is divided, each once, and nothing else with it',
    async (operation, items, ask) => {
      const pages = [['x-9', 'x-1'], [], ['x-1', 'x-2', 'x-8']];
      const ec2 = await open(({ number }) => {
        const token = number < pages.length - 1 ? `<nextToken>t${number}</nextToken>` : '';
        return `<${operation}Response>${items(pages[number] ?? [])}${token}</${operation}Response>`;
      });
      expect(
        (await ask(ec2)).flatMap((found) => Object.values(found).filter((value) => /^x-/.test(String(value)))),
      ).toEqual(wanted);
      expect(endpoint.requests).toHaveLength(3);
    },
  );

  it('is there once all of it has come, whatever pages an endpoint promises', async () => {
    const ec2 = await open(() => imagesPage(['1', '2'], 'again'));
    const ids = ['ami-00000000000000001', 'ami-00000000000000002'];
    expect((await ec2.describeImages(region, ids, signal)).map(({ id }) => id)).toEqual(ids);
    expect(endpoint.requests).toHaveLength(1);
    await expect(ec2.describeImages(region, [...ids, 'ami-00000000000000003'], signal)).rejects.toMatchObject({
      kind: 'listing-broken',
    });
  });

  it('is not the image that an endpoint answers in its place', async () => {
    const ec2 = await open(() => imagesPage(['5', '6']));
    expect(await ec2.describeImages(region, ['ami-00000000000000001'], signal)).toEqual([]);
  });
});

describe('one bad item or field', () => {
  it('costs an image only that: what has no id is left out', async () => {
    const ec2 = await open(
      () =>
        `<DescribeImagesResponse><imagesSet><item/><item><name>nobody</name></item><item><imageId/></item>
      <item><imageId>ami-00000000000000001</imageId><name>a &#27;[31m &nbsp; &amp; b</name><creationDate>yesterday</creationDate>
        <isPublic>maybe</isPublic><enaSupport>1</enaSupport><deprecationTime>never</deprecationTime>
        <blockDeviceMapping><item><deviceName>/dev/sda1</deviceName><ebs><volumeSize>many</volumeSize><iops>-1</iops>
        <throughput>1e99</throughput><encrypted>yes</encrypted></ebs></item><item/></blockDeviceMapping>
        <tagSet><item><key>a</key></item></tagSet></item>
      ${image('2')}</imagesSet></DescribeImagesResponse>`,
    );
    const { came, error } = await all(ec2.listImages(region, {}, signal));
    expect(error).toBeUndefined();
    expect(came).toMatchObject([
      {
        id: 'ami-00000000000000001',
        name: 'a \u{FFFD}[31m &nbsp; & b',
        creationDate: 'yesterday',
        public: false,
        enaSupport: false,
        blockDevices: [
          { kind: 'ebs', volumeSize: undefined, iops: undefined, throughput: undefined, encrypted: false },
          { kind: 'suppressed', deviceName: '' },
        ],
        tags: [{ key: 'a', value: '' }],
      },
      { id: 'ami-00000000000000002' },
    ]);
  });

  it.each(['yesterday', '', '2026-13-45T99:99:99Z', '0000-00-00', '99999999999999999999'])(
    'costs an instance its launch time: %j',
    async (launchTime) => {
      const instance = (id: string, time: string) =>
        `<item><instancesSet><item><instanceId>${id}</instanceId><launchTime>${time}</launchTime></item></instancesSet></item>`;
      const ec2 = await open(
        () =>
          `<DescribeInstancesResponse><reservationSet>${instance('i-1', launchTime)}${instance('', launchTime)}` +
          `${instance('i-2', '2026-01-02T03:04:05.000Z')}<item/></reservationSet></DescribeInstancesResponse>`,
      );
      expect((await all(ec2.listInstances(region, signal))).came).toMatchObject([
        { id: 'i-1', launchTime: undefined },
        { id: 'i-2', launchTime: '2026-01-02T03:04:05.000Z' },
      ]);
    },
  );

  it('costs a snapshot its progress, and a volume its size', async () => {
    const ec2 = await open(({ action }) =>
      action === 'DescribeSnapshots'
        ? `<DescribeSnapshotsResponse><snapshotSet><item><snapshotId>snap-1</snapshotId><progress>soon</progress></item>
           <item><snapshotId>snap-2</snapshotId><progress>250%</progress><startTime>x</startTime></item><item/>
           <item><snapshotId>snap-3</snapshotId><status>completed</status></item></snapshotSet></DescribeSnapshotsResponse>`
        : `<DescribeVolumesResponse><volumeSet><item><volumeId>vol-1</volumeId><size>big</size><createTime>x</createTime></item>
           <item/><item><volumeId>vol-2</volumeId><size>8</size><encrypted>true</encrypted></item></volumeSet></DescribeVolumesResponse>`,
    );
    expect(await ec2.describeSnapshots(region, ['snap-1', 'snap-2', 'snap-3'], signal)).toEqual([
      { snapshotId: 'snap-1', state: 'pending', progress: 0 },
      { snapshotId: 'snap-2', state: 'pending', progress: 100 },
      { snapshotId: 'snap-3', state: 'completed', progress: 100 },
    ]);
    expect(await ec2.describeVolumes(region, ['vol-1', 'vol-2'], signal)).toEqual([
      { volumeId: 'vol-1', size: undefined, type: undefined, encrypted: false },
      { volumeId: 'vol-2', size: 8, type: undefined, encrypted: true },
    ]);
  });

  it.each([
    ['a section', '<DescribeImagesResponse><imagesSet><item><description><![CDATA[<b>]]></description></item>'],
    ['a comment', '<!-- 12 ms --><DescribeImagesResponse><imagesSet>'],
    [
      'a document type',
      '<!DOCTYPE l [<!ENTITY a "bomb"><!ENTITY nbsp SYSTEM "file:///etc/passwd">]><DescribeImagesResponse><imagesSet>',
    ],
  ])('costs an image its references only, where there is %s as well', async (_, beginning) => {
    const text = 'a &#27;[31m &nbsp; &a; &amp; b ]]> c';
    const ec2 = await open(
      () =>
        `${beginning}<item><imageId>ami-00000000000000001</imageId><name>${text}</name></item>${image('2')}</imagesSet></DescribeImagesResponse>`,
    );
    const { came, error } = await all(ec2.listImages(region, {}, signal));
    expect(error).toBeUndefined();
    expect(came).toMatchObject([{ name: 'a &#27;[31m &nbsp; &a; & b ]]> c' }, { id: 'ami-00000000000000002' }]);
  });

  it('costs a list of regions nothing else, and none is there twice', async () => {
    const names = ['us-east-1', '', '../us-east-1', '__proto__', 'us-east-1', 'eu-west-1'];
    const items = names.map((name) => `<item><regionName>${name}</regionName></item>`).join('');
    const ec2 = await open(
      () => `<DescribeRegionsResponse><regionInfo>${items}<item/></regionInfo></DescribeRegionsResponse>`,
    );
    expect((await ec2.listRegions(signal)).map(({ name }) => name)).toEqual(['us-east-1', 'eu-west-1']);
  });

  it('costs a list of parameters nothing else', async () => {
    const good = { Name: '/aws/service/x/latest', Value: 'ami-00000000000000001' };
    const ec2 = await open(() => JSON.stringify({ Parameters: [null, 1, { Name: 5 }, { Name: 'x' }, good] }));
    const { came, error } = await all(ec2.listLatest(region, '/aws/service/x', signal));
    expect(error).toBeUndefined();
    expect(came.map(({ imageId }) => imageId)).toEqual(['ami-00000000000000001']);
  });
});

describe('parameters', () => {
  const parameters = (count: number) =>
    JSON.stringify({
      Parameters: Array.from({ length: count }, (_, index) => ({
        Name: `/aws/service/x/${index}/latest`,
        Value: 'ami-00000000000000001',
        ARN: 'y'.repeat(1_000),
      })),
    });

  it('may come with a mark of their encoding, and all at once', async () => {
    const ec2 = await open(() => `\uFEFF${parameters(2_000)}`);
    expect((await all(ec2.listLatest(region, '/aws/service/x', signal))).came).toHaveLength(2_000);
  });

  it('are refused where they would hold the thread', async () => {
    const ec2 = await open(() => parameters(10_000));
    await expect(all(ec2.listLatest(region, '/aws/service/x', signal))).resolves.toMatchObject({
      error: { kind: 'bad-answer', message: 'The response is larger than 4000000 bytes.' },
    });
  });
});

it('an empty list is an answer', async () => {
  const ec2 = await open(() => '<DescribeImagesResponse><imagesSet/></DescribeImagesResponse>');
  expect(await ec2.describeImages(region, ['ami-00000000000000001'], signal)).toEqual([]);
});
