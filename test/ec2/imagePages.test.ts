import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
    <imagesSet>
        <item>
            <imageId>ami-0abcdef1234567890</imageId>
            <imageLocation>123456789012/wörld &lt;name&gt;no&lt;/name&gt;</imageLocation>
            <isPublic>true</isPublic>
            <imageType>machine</imageType>
            <name>wörld &lt;b&gt; 🚀</name>
            <hypervisor>xen</hypervisor>
            <blockDeviceMapping>
                <item><deviceName>/dev/sda1</deviceName><ebs><snapshotId/><volumeSize>15</volumeSize><iops>3000</iops></ebs></item>
                <item><deviceName>/dev/sdb</deviceName><ebs><volumeSize>5</volumeSize></ebs></item>
            </blockDeviceMapping>
            <tagSet><item><key>name</key><value>not the image's</value></item></tagSet>
        </item>
    </imagesSet>
    <nextToken>more</nextToken>
</DescribeImagesResponse>`;

let server: Server;
/** The server's answer, and the length (bytes) of its pieces. */
let body: string;
let pieceLength: number;
let requests: number;
/** How many answers stop, after how many bytes, and at which interval (ms) single bytes follow. */
let stops: { count: number; after: number; drip?: number; status?: number };
let pages: ImagePages;

beforeEach(async () => {
  requests = 0;
  stops = { count: 0, after: 0 };
  body = answer;
  // Divides characters of several bytes.
  pieceLength = 1;
  server = createServer((_, response) => {
    requests += 1;
    response.writeHead((requests <= stops.count && stops.status) || 200, { 'content-type': 'text/xml;charset=UTF-8' });
    if (requests <= stops.count) {
      response.write(Buffer.from(answer).subarray(0, stops.after));
      const timer = setInterval(() => response.write(' '), stops.drip ?? 1_000_000);
      response.once('close', () => clearInterval(timer));
      return;
    }
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += pieceLength) {
      response.write(bytes.subarray(at, at + pieceLength));
    }
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  pages = new ImagePages({
    sdk: await loadSdk(),
    region: 'us-east-1',
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    config: { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    limits: { time: 10_000, stretch: 200, leastBytes: 100, mostBytes: 10_000_000 },
  });
});
afterEach(() => {
  pages.close();
  server.closeAllConnections();
  server.close();
});

class Images {
  readonly list: PublicImage[] = [];

  add(image: PublicImage): void {
    this.list.push({ ...image });
  }
}

const ask = async () => {
  const begin = () => new Images();
  const { images, nextToken } = await pages.page(
    { filters: [], token: undefined },
    new AbortController().signal,
    begin,
  );
  return { images: images.list, nextToken };
};

it.each([1, 7, 100_000])('reads an answer as EC2 writes it, in pieces of %i bytes', async (length) => {
  pieceLength = length;
  const { images, nextToken } = await ask();
  expect(images).toMatchObject([{ id: 'ami-0abcdef1234567890', name: 'wörld <b> 🚀', size: 20, description: '' }]);
  expect(nextToken).toBe('more');
});

it.each([1, 7, 100_000])('keeps what only looks like an element, in pieces of %i bytes', async (length) => {
  pieceLength = length;
  const section = '<![CDATA[a <key>b</key> c <hypervisor>d</hypervisor>]]>';
  body = answer.replace(
    '<imageType>',
    `<description>${section}</description><!-- <name> --><bootMode>uefi</bootMode><imageType>`,
  );
  expect((await ask()).images).toMatchObject([
    { name: 'wörld <b> 🚀', description: 'a <key>b</key> c <hypervisor>d</hypervisor>', bootMode: 'uefi', size: 20 },
  ]);
});

it.each([1, 7, 100_000])('reads a text around a comment, and the last token, in pieces of %i bytes', async (length) => {
  pieceLength = length;
  body = answer
    .replace('<imageType>', '<description>a<!-- b -->c<![CDATA[<d>]]></description><imageType>')
    .replace('<nextToken>more</nextToken>', '<nextToken>no</nextToken><nextToken>mo<!-- -->re</nextToken>');
  const { images, nextToken } = await ask();
  expect(images).toMatchObject([{ description: 'ac<d>', size: 20 }]);
  expect(nextToken).toBe('more');
});

it.each([
  ['<imageType>machine</hypervisor>', 'an element that another one closes'],
  ['<imageType>machine', 'an element that nothing closes'],
  ['<name>machine</imageType>', 'an element that is kept, and another one closes'],
])('takes %s for a bad answer: %s', async (part) => {
  pieceLength = 100_000;
  body = answer.replace('<imageType>machine</imageType>', part);
  await expect(ask()).rejects.toMatchObject({ kind: 'bad-answer', operation: 'DescribeImages', region: 'us-east-1' });
});

const texts: readonly (readonly [written: string, read: string])[] = [
  ['colours: &#27;[31m', 'colours: \u{FFFD}[31m'],
  ['&#x0;&#xD83D;&#xFFFE;&#1114112;', '\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}'],
  ['raw \u001B, \u0000 and \uFFFF', 'raw \u{FFFD}, \u{FFFD} and \u{FFFD}'],
  ['tab &#9; smile &#128512; &#x1F600;', 'tab \t smile 😀 😀'],
  ['AT&T & more &', 'AT&T & more &'],
  ['&nbsp;&copy; &AMP; &#X41; &#12', '&nbsp;&copy; &AMP; &#X41; &#12'],
  ['&amp;lt; &amp;#27;', '&lt; &#27;'],
  ['a ]]> b', 'a ]]> b'],
];

it.each(texts.flatMap(([written, read]) => [1, 3, 100_000].map((length) => [written, read, length] as const)))(
  'reads the text %j as %j, in pieces of %i bytes',
  async (written, read, length) => {
    pieceLength = length;
    body = answer.replace('<imageType>', `<description>${written}</description><bootMode>uefi</bootMode><imageType>`);
    expect((await ask()).images).toMatchObject([
      { name: 'wörld <b> 🚀', description: read, bootMode: 'uefi', size: 20 },
    ]);
  },
);

it('leaves out what has no id, and keeps the rest', async () => {
  pieceLength = 100_000;
  body = answer.replace('</imagesSet>', '<item><name>nobody</name></item><item/><item><imageId/></item></imagesSet>');
  expect((await ask()).images).toMatchObject([{ id: 'ami-0abcdef1234567890' }]);
});

it.each(['', '<?xml version="1.0"?>', '<DescribeImagesResponse/>', '<html><body>Sign in</body></html>', '{}'])(
  'takes %j for no answer of EC2',
  async (text) => {
    pieceLength = 100_000;
    body = text;
    await expect(ask()).rejects.toMatchObject({ kind: 'bad-answer' });
  },
);

it('asks again when an answer stops in the middle', async () => {
  stops = { count: 1, after: 300 };
  expect((await ask()).images).toHaveLength(1);
  expect(requests).toBe(2);
});

it.each([undefined, 20])(
  'says that the answer did not come in time when each stops, or drips each %s ms',
  async (drip) => {
    stops = { count: 99, after: 300, ...(drip ? { drip } : {}) };
    await expect(ask()).rejects.toMatchObject({ kind: 'timeout', operation: 'DescribeImages', region: 'us-east-1' });
  },
);

it('says so of an error, too, whose text stops in the middle', async () => {
  stops = { count: 99, after: 30, status: 503 };
  await expect(ask()).rejects.toMatchObject({ kind: 'timeout' });
});
