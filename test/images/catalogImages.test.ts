import { describe, expect, it } from 'vitest';
import type { CatalogPort } from '../../src/catalog/port.ts';
import { backingOf, type ImageSummary } from '../../src/core/image.ts';
import { renderSnippet } from '../../src/core/snippets.ts';
import { catalogImages } from '../../src/images/catalogImages.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { anImage } from '../core/anImage.ts';

function row(rootDeviceType: string): CatalogRow {
  return {
    id: 'ami-000001',
    name: 'web-42',
    description: '',
    ownerId: '000000000000',
    ownerAlias: '',
    publisher: undefined,
    family: 'web',
    architecture: 'x86_64',
    platform: 'Linux/UNIX',
    rootDeviceType,
    size: undefined,
    virtualizationType: 'hvm',
    bootMode: '',
    created: undefined,
    deprecated: undefined,
    lastSeen: 0,
  };
}

async function imageOf(kept: CatalogRow): Promise<ImageSummary> {
  async function* pages() {
    yield [kept];
  }
  const catalog: Pick<CatalogPort, 'list'> = { list: async () => ({ pages: pages(), includesDeprecated: true }) };
  const listing = await catalogImages(catalog, 'us-east-1', { kind: 'text', text: 'web', publishers: [] });
  for await (const [image] of listing?.pages ?? []) {
    if (image) return image;
  }
  throw new Error('The catalog has no image.');
}

describe('an image from the catalog', () => {
  it.each([
    ['ebs', 'ebs', true],
    ['instance-store', 'instance-store', true],
    // EC2-compatible endpoints may have another value, or none. Such images count as EBS, but no filter finds them by
    // it.
    ['standard', 'ebs', false],
    ['', 'ebs', false],
  ])('of the root device type %j is found by it where EC2 names it', async (said, type, named) => {
    const image = await imageOf(row(said));
    expect([image.rootDeviceType !== undefined, backingOf(image)]).toEqual([named, type]);
    const code = renderSnippet('terraform-data-source', [anImage({ ...image, state: 'available', productCodes: [] })], {
      account: undefined,
      now: 0,
    });
    expect(code).toContain('"web-*"');
    expect(code.includes('root-device-type')).toBe(named);
  });
});
