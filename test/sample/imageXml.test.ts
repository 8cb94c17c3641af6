import { expect, test } from 'vitest';
import { publicImages } from '../../src/sample/data/publicImages.ts';
import { syntheticCatalog } from '../../src/sample/data/syntheticCatalog.ts';
import type { SampleImage } from '../../src/sample/model.ts';
import { ImageWriter, imageXml } from '../../src/sample/operations/imageXml.ts';

const NONE: ReadonlyMap<string, string> = new Map();

function slowly(
  images: readonly SampleImage[],
  tags: (image: SampleImage) => ReadonlyMap<string, string> = () => NONE,
) {
  const items = images.map((image) => `<item>${imageXml(image, tags(image))}</item>`).join('');
  return Buffer.from(`<imagesSet>${items}</imagesSet>`).toString('utf8');
}

function quickly(
  images: readonly SampleImage[],
  tags: (image: SampleImage) => ReadonlyMap<string, string> = () => NONE,
) {
  return Buffer.from(new ImageWriter().write(images, tags).enclose('', '')).toString('utf8');
}

test('images written by kind are those written one by one, byte for byte', async () => {
  for (const region of ['us-east-1', 'eu-west-1']) {
    const images = await publicImages(region);
    expect(images.length).toBeGreaterThan(1000);
    expect(quickly(images)).toBe(slowly(images));
  }
  const catalog = await syntheticCatalog('us-east-1', { length: 4000, spread: 'even' });
  const images = Array.from({ length: catalog.length }, (_, place) => catalog.at(place));
  expect(quickly(images)).toBe(slowly(images));
});

test('so are images with tags, with texts to be escaped, with empty texts and without', async () => {
  const [some] = await publicImages('us-east-1');
  if (!some) {
    throw new Error('There is no image.');
  }
  const kind = {};
  const variants: Partial<SampleImage>[] = [
    { name: '<b>&"quoted"</b> \'s \r\n\t' },
    { name: 'naïve 日本 \u{1f600} \u202eright' },
    { name: '', description: '' },
    { name: undefined, description: undefined, creationDate: undefined, deprecationTime: undefined },
    { description: '\u0000\u001f\u007f\u0080\ufffe \ud800' },
    { creationDate: '', deprecationTime: '' },
  ];
  const images = variants.map((variant) => {
    const own = { kind, ...variant };
    return new Proxy(some, {
      get: (target, field) => (Object.hasOwn(own, field) ? Reflect.get(own, field) : Reflect.get(target, field)),
    });
  });
  expect(quickly(images)).toBe(slowly(images));
  const tags = ({ name }: SampleImage) => new Map(name ? [['Key', 'a<b']] : []);
  expect(quickly(images, tags)).toBe(slowly(images, tags));
  expect(quickly(images, tags)).toContain('<value>a&lt;b</value>');
  expect(quickly([])).toBe('<imagesSet/>');
});

test('what encloses them comes before and after, however long it is', async () => {
  const images = (await publicImages('us-east-1')).slice(0, 3);
  for (const start of ['<é>', `<${'a'.repeat(3000)}>`]) {
    const xml = new ImageWriter().write(images, () => NONE);
    expect(Buffer.from(xml.enclose(start, '</é>')).toString('utf8')).toBe(`${start}${slowly(images)}</é>`);
  }
});
