import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { PlainItems } from '../../src/ec2/answers/plainItems.ts';
import { readImages } from '../../src/ec2/answers/readImages.ts';
import { usualAnswerLimits } from '../../src/ec2/answers/wholeAnswer.ts';

class Images {
  readonly list: PublicImage[] = [];

  add(image: PublicImage): void {
    this.list.push({ ...image });
  }
}

/** What an answer says, or why it cannot be read, and the images before that. */
async function outcome(pieces: readonly Uint8Array[], items?: PlainItems): Promise<unknown> {
  const images = new Images();
  try {
    const { nextToken } = await readImages(Readable.from(pieces), images, usualAnswerLimits, items);
    return { images: images.list, nextToken };
  } catch (error) {
    return { images: images.list, error: String(error) };
  }
}

/** mulberry32: the same numbers at each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes answers as endpoints do, with something strange in some of them. */
class RandomAnswers {
  readonly #random: () => number;
  readonly #strange: boolean;
  /** Where there are comments and the like, the parser is not saved from bad references in the same piece. */
  readonly #hasBadReferences: boolean;

  constructor(seed: number, strange: boolean) {
    this.#random = randomNumbers(seed);
    this.#strange = strange;
    this.#hasBadReferences = strange && this.below(2) === 0;
  }

  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  #sometimes(text: () => string): string {
    return this.below(3) > 0 ? text() : '';
  }

  #text(): string {
    return this.pick([
      'ubuntu/images/hvm-ssd/ubuntu-noble-24.04-amd64-server-20261101',
      'wörld',
      'Größe 🚀\u{10FFFF} \u2028',
      'a &amp; b &lt;c&gt; &#233;&#x1F680;',
      '',
      ' ',
      'two\nlines\tand\ta tab',
      ...(this.#hasBadReferences ? ['&', '&bogus; &#1; &#xffff; &a'] : []),
      ...(this.#strange ? ['a\r\nb\rc', '\0\u0001\u001f', '\u0085\u009f\ufffe\uffff', ']]>', '>', '\ufeff'] : []),
      String(this.below(1_000)),
    ]);
  }

  #element(name: string, text = this.#text()): string {
    if (text === '' && this.below(2) === 0) {
      return `<${name}/>`;
    }
    return this.#strange && this.below(40) === 0 ? this.#strangeElement(name, text) : `<${name}>${text}</${name}>`;
  }

  #strangeElement(name: string, text: string): string {
    return this.pick([
      `<${name} nil="true">${text}</${name}>`,
      `<${name} >${text}</${name} >`,
      `<${name}>${text}<b>inner</b>after</${name}>`,
      `<${name}><key>cut</key>${text}</${name}>`,
      `<ec2:${name}>${text}</ec2:${name}>`,
      `<${name}>one</${name}><${name}>${text}</${name}>`,
      `<${name}><item>${text}</item></${name}>`,
      `<${name}><volumeSize>7</volumeSize></${name}>`,
      `<${name}>${text}</${name}>text`,
      `<a.b-c>${text}</a.b-c>`,
    ]);
  }

  /** A list of elements, between which there is white space in some answers. */
  #inside(name: string, children: readonly string[], space: string): string {
    return `<${name}>${space}${children.map((child) => (child === '' ? '' : child + space)).join('')}</${name}>`;
  }

  #image(space: string): string {
    const one = (name: string, text?: string) => this.#sometimes(() => this.#element(name, text));
    const device = () =>
      this.#inside(
        'item',
        [
          this.#element('deviceName', this.pick(['/dev/sda1', '/dev/xvda', '&lt;volumeSize&gt;9'])),
          this.#sometimes(() =>
            this.#inside(
              'ebs',
              [one('snapshotId'), one('volumeSize', this.pick(['8', '', ' 20', '&#56;'])), one('iops')],
              space,
            ),
          ),
          one('noDevice', ''),
        ],
        space,
      );
    const devices = Array.from({ length: this.below(4) }, device);
    const children = [
      this.#element(
        'imageId',
        this.pick(['ami-0123456789abcdef0', 'ami-00000001', 'emi-3F2A1B0C', '&#97;mi-00000002', '']),
      ),
      one('imageLocation'),
      one('imageOwnerId', '123456789012'),
      one('creationDate', this.pick(['2026-11-27T10:00:00.000Z', 'yesterday', '2026-11-27'])),
      one('imageType', this.pick(['machine', 'kernel'])),
      one('platform', this.pick(['windows', 'Windows', 'other'])),
      one('name'),
      one('description'),
      devices.length > 0 ? this.#inside('blockDeviceMapping', devices, space) : one('blockDeviceMapping', ''),
      one('platformDetails', 'Linux/UNIX'),
      this.#sometimes(() => this.#inside('tagSet', [this.#inside('item', [one('key'), one('value')], space)], space)),
      one('bootMode', this.pick(['uefi', 'uefi', 'legacy-bios'])),
      one('deprecationTime', '2028-11-27T10:00:00.000Z'),
    ];
    if (this.#strange && this.below(20) === 0) {
      children.reverse();
    }
    return this.#inside('item', children, space);
  }

  #answer(): string {
    const space = this.pick(['', '', '\n    ', '\r\n']);
    const images = Array.from({ length: this.below(8) }, () => this.#image(space));
    const between = () =>
      this.#strange && !this.#hasBadReferences && this.below(20) === 0 ? this.#strangeMarkup() : '';
    return [
      this.pick(['<?xml version="1.0" encoding="UTF-8"?>\n', '', '\ufeff<?xml version="1.0"?>']),
      '<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">',
      '<requestId>59dbff89</requestId>',
      images.length === 0
        ? '<imagesSet/>'
        : `<imagesSet>${images.map((image) => between() + image + space).join('')}</imagesSet>`,
      this.pick(['', '<nextToken>to&#107;en</nextToken>', '<nextToken/>']),
      '</DescribeImagesResponse>',
    ].join('');
  }

  #strangeMarkup(): string {
    return this.pick([
      '<!-- a comment --><item/>',
      '<!-- </item><item><imageId>ami-11111111</imageId></item> -->',
      '<![CDATA[</item><item><imageId>ami-22222222</imageId></item>]]>',
      '<?instruction </item><item><imageId>ami-33333333</imageId></item>?>',
      '<item/>',
      '<item a="1"><imageId>ami-44444444</imageId></item>',
      '<other><item><imageId>ami-55555555</imageId></item></other>',
      '<item><item><imageId>ami-66666666</imageId></item></item>',
      'text',
    ]);
  }

  /** An answer, of which a part may be missing or changed. */
  text(): string {
    const answer = this.#answer();
    const at = this.below(answer.length);
    return this.#strange && this.below(2) === 0
      ? this.pick([
          answer.slice(0, at),
          answer.slice(0, at) + answer.slice(at + 1 + this.below(30)),
          answer.slice(0, at) +
            this.pick(['<', '>', this.#hasBadReferences ? '&' : ' ', '/', '</item>', '<item>', '"', '\0', '<name>']) +
            answer.slice(at),
          answer + answer,
        ])
      : answer;
  }

  /** Its bytes, cut anywhere. */
  pieces(text: string): readonly Uint8Array[] {
    const bytes = Buffer.from(text);
    const longest = this.pick([bytes.length, 1_000, 100, 5]);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + this.below(longest);
      pieces.push(bytes.subarray(at, at + length));
      at += length;
    }
    return pieces;
  }
}

describe('the items of an answer', () => {
  it.each([
    ['as endpoints write them', false],
    ['with something strange in them', true],
  ])('are what the parser makes of them, %s', async (_, strange) => {
    let items = new PlainItems();
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const answers = new RandomAnswers(seed, strange);
      items = answers.below(10) === 0 ? new PlainItems() : items;
      const text = answers.text();
      const pieces = answers.pieces(text);
      expect(await outcome(pieces, items), `${seed}: ${text}`).toEqual(await outcome(pieces));
    }
  });

  it.each([100, 70_000, 200_000])('are the same where one has %i characters', async (length) => {
    const item = (id: string, text: string) =>
      `<item><imageId>${id}</imageId><imageLocation>${text}</imageLocation><name>${id}</name></item>`;
    const answer = `<DescribeImagesResponse><imagesSet>${item('ami-00000001', 'short')}${item('ami-00000002', 'x'.repeat(length))}${item('ami-00000003', 'short')}</imagesSet></DescribeImagesResponse>`;
    const bytes = Buffer.from(answer);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, at) =>
      bytes.subarray(at * 999, (at + 1) * 999),
    );
    expect(await outcome(pieces, new PlainItems())).toMatchObject({
      images: [{ name: 'ami-00000001' }, { name: 'ami-00000002' }, { name: 'ami-00000003' }],
    });
  });

  it.each(['', '\n    '])('are all read without the parser, with %j between elements', (space) => {
    const list = (name: string, ...children: readonly string[]) =>
      `<${name}>${space}${children.join(space)}${space}</${name}>`;
    const device = (size: number) =>
      list('item', '<deviceName>/dev/sda1</deviceName>', list('ebs', `<volumeSize>${size}</volumeSize>`));
    const texts = [
      list(
        'item',
        '<imageId>ami-00000001</imageId>',
        '<name>R&amp;D &#233; &lt;&bogus;</name>',
        '<imageType>machine</imageType>',
      ),
      list('item', '<imageId>ami-00000002</imageId>', '<imageType>kernel</imageType>'),
      list(
        'item',
        '<imageId>ami-00000003</imageId>',
        '<isPublic>true</isPublic>',
        list('blockDeviceMapping', device(8), device(30)),
      ),
      list('item', '<imageId>ami-00000004</imageId>', '<name>wörld</name>', '<description/>', '<blockDeviceMapping/>'),
      list('item', '<imageId>ami-00000005</imageId>', '<name/>', list('blockDeviceMapping', device(1))),
    ];
    const text = texts.join(space);
    const images = new Images();
    expect(new PlainItems().read(`${text}</imagesSet>`, 0, images)).toEqual({ at: text.length, isCut: false });
    expect(images.list.map(({ id, name, size }) => [id, name, size])).toEqual([
      ['ami-00000001', 'R&D é <&bogus;', undefined],
      ['ami-00000003', '', 38],
      ['ami-00000004', 'wörld', undefined],
      ['ami-00000005', '', 1],
    ]);
  });
});
